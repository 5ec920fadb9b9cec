"""An explorable as it stands still: for paper, for a page without scripts, for a stored notebook.

Each module has `still(settings, result)`, which returns a sheet with the drawing and its words.
"""
