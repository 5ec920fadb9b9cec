"""What an explorable shows for its settings, counted by the helpers that the chapters use.

Each module has `result(settings)`, with settings in one form, as `settings.in_one_form` makes them.
It returns what the element's `result` holds, and raises ValueError where Keras refuses.
"""
