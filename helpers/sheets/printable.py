"""A sheet to print and fill in by hand: forty places for digits, and the truth known beforehand."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

ROWS, COLUMNS = 4, 10
A4 = (11.69, 8.27)  # inches, lying
PALE = "0.93"  # to be seen by the writer, and too faint to be taken for ink


def form_labels() -> np.ndarray:
    """Return the digits that belong on the sheet, (40,) int64 in reading order."""
    return np.tile(np.arange(COLUMNS), ROWS)


def draw_form() -> Figure:
    """Draw the sheet, an A4 page lying, with pale boxes: a column for each digit from 0 to 9.

    Save it with `draw_form().savefig("sheet.pdf")` and print it. What is printed is so pale that
    `find_digits` passes over it.
    """
    figure = Figure(figsize=A4)
    axes = figure.add_axes((0.05, 0.05, 0.9, 0.9))
    axes.set(xlim=(-0.1, COLUMNS + 0.1), ylim=(ROWS + 0.1, -0.6), aspect="equal")
    axes.axis("off")
    for column in range(COLUMNS):
        axes.text(column + 0.5, -0.3, str(column), ha="center", va="center", color=PALE,
                  fontsize=40)
        for row in range(ROWS):
            axes.add_patch(Rectangle((column + 0.08, row + 0.08), 0.84, 0.84, fill=False,
                                     edgecolor=PALE, linewidth=2))
    return figure
