"""An extension of IPython: each figure that a notebook shows is kept beside its picture.

A kept figure can be drawn anew in any language, with what the run has put into it.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path

FOLDER = "COURSE_FIGURES"  # the variable of the environment that names where figures are kept
KEY = "course_figure"  # and of a picture's metadata, the file of its figure


def load_ipython_extension(shell: object) -> None:
    """Keep, from now on, every figure that is shown."""
    import cloudpickle  # a figure may hold functions that the notebook defines
    from IPython.core import pylabtools

    folder, numbers, drawn = Path(os.environ[FOLDER]), itertools.count(), pylabtools.print_figure

    def print_figure(figure: object, *arguments: object, **options: object) -> object:
        picture = drawn(figure, *arguments, **options)
        if picture is None:
            return None
        name = f"{next(numbers):03}.pickle"
        (folder / name).write_bytes(cloudpickle.dumps(figure))
        return picture, {KEY: name}

    pylabtools.print_figure = print_figure
