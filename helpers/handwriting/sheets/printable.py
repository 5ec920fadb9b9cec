"""A sheet to print and fill in by hand: forty places for digits, and the truth known beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from helpers.handwriting.sheets.compose import EFFECTS, INKS, Sheet, photograph, write

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROWS, COLUMNS = 4, 10
A4 = (11.69, 8.27)  # inches, lying
DOTS = 100  # to an inch, of the sheet as a picture
PALE = "0.93"  # to be seen by the writer, and too faint to be taken for ink


def form_labels() -> np.ndarray:
    """Return the digits that belong on the sheet, (40,) int64 in reading order."""
    return np.tile(np.arange(COLUMNS), ROWS)


def draw_form() -> Figure:
    """Draw the sheet, an A4 page lying, with pale boxes: a column for each digit from 0 to 9.

    Save it with `draw_form().savefig("sheet.pdf")` and print it. What is printed is so pale that
    `find_digits` passes over it.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    figure = Figure(figsize=A4, dpi=DOTS)
    FigureCanvasAgg(figure)  # a notebook's own figures stay out of it, and so does their layout
    figure.set_layout_engine("none")
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


def fill_in_form(images: np.ndarray, labels: np.ndarray, *, seed: int) -> Sheet:
    """Fill the sheet in with MNIST digits (n, 28, 28) and look at it as a camera does.

    One writer's pen: the same ink and thickness throughout. The seed decides everything.
    Raises ValueError when a digit occurs less often than the sheet needs it.
    """
    random = np.random.default_rng(seed)
    figure = draw_form()
    figure.canvas.draw()
    page = np.asarray(figure.canvas.buffer_rgba())[..., :3].astype(np.float32)
    to_pixels = figure.axes[0].transData
    chosen = {digit: random.permutation(np.flatnonzero(labels == digit))[:ROWS]
              for digit in range(COLUMNS)}
    if scarce := [digit for digit, found in chosen.items() if len(found) < ROWS]:
        raise ValueError(f"the sheet needs each digit {ROWS} times; got fewer of {scarce}")
    ink, thickness = np.array(INKS[random.integers(len(INKS))]), random.uniform(0.06, 0.12)
    centres, sizes = [], []
    for row, column in np.ndindex(ROWS, COLUMNS):
        across, up = to_pixels.transform((column + 0.5, row + 0.5))
        centre = np.array([len(page) - up, across]) + random.uniform(-6, 6, 2)
        sizes.append(write(page, images[chosen[column][row]], centre, ink,
                           size=int(random.uniform(45, 68)), thickness=thickness))
        centres.append(centre)
    page, centres = photograph(page, np.array(centres), random, EFFECTS, cell=100)
    return Sheet(page, form_labels(), centres, np.array(sizes))
