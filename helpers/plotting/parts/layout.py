"""Sizes of figures: at most 6.4 inches wide, cells wide enough for the numbers in them."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.arithmetic.arguments import whole_number
from helpers.plotting.parts import cells

WIDEST = 6.4
ON_A_PHONE = 4.8  # inches that a screen of 390 pixels shows with letters of 10 pixels or more


def cell_axes(
    rows: int, columns: int, texts: np.ndarray | None = None, *, colorbar: bool = False
) -> Axes:
    """Return the axes of a new figure for a grid of cells that hold `texts`."""
    beside = 0.2 + 0.95 * colorbar
    cell = min(cells.cell_inches([""] if texts is None else texts), (WIDEST - beside) / columns)
    size = (max(cell * columns, 1.2) + beside, max(cell * rows, 1.5 * colorbar, 0.6) + 0.4)
    return plt.subplots(figsize=size, layout="constrained")[1]


def picture_axes(rows: int, columns: int, *, colorbar: bool = False) -> Axes:
    """Return the axes of a new figure for a picture without numbers."""
    width = max(4.5 * min(1.0, columns / rows), 0.8)
    height = max(width * rows / columns, 0.3)
    size = (width + 0.2 + 0.95 * colorbar, height + 0.4)
    return plt.subplots(figsize=size, layout="constrained")[1]


def image_grid(
    images: Sequence[np.ndarray],
    *,
    columns: int | None = None,
    figsize: tuple[float, float] | None = None,
    largest: float = 3.4,
    title_lines: int = 1,
    below: float = 0.0,
) -> tuple[Figure, np.ndarray]:
    """Return a figure and a 2D array of axes with room for the images; spare axes are off.

    Unless `figsize` is given the whole is narrow enough for a phone; `largest` limits the width of
    an image in inches, `below` is what stands under the grid.
    `columns=None` means up to three. Raises ValueError when there is less than one column.
    """
    columns = 3 if columns is None else whole_number(columns, "columns")
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    if figsize is None:
        each = min(ON_A_PHONE / columns, largest)
        tall = max(image.shape[0] / image.shape[1] for image in images)
        row = min((each - 0.06) * tall, 5.0) + 0.08 + 0.21 * title_lines
        figsize = (each * columns, row * rows + below)
    fig, axes = plt.subplots(rows, columns, figsize=figsize, squeeze=False, layout="constrained")
    for ax in axes.ravel()[len(images) :]:
        ax.axis("off")
    return fig, axes
