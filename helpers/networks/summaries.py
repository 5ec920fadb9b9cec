"""The table that Keras prints for a model, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from IPython.utils.capture import capture_output

if TYPE_CHECKING:
    import keras


def summary_text(model: keras.Model, **options) -> str:
    """Return what `model.summary()` shows, without colours.

    In a notebook Keras writes the table as coloured HTML, which is too pale on a light page and
    sits in a white box on a dark one. `options` go to `model.summary`, for instance line_length.
    """
    lines: list[str] = []
    # Rich, which draws the table for Keras, also displays an empty output in a notebook.
    with capture_output():
        model.summary(print_fn=lambda text, **_: lines.append(text), **options)
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()).rstrip()
