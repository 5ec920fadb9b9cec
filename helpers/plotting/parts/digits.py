"""Draw a grid of digits with what they are and what a network answered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import whole_number
from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_images, as_plane
from helpers.plotting.parts.colours import WINDOW, image_limits
from helpers.plotting.parts.layout import image_grid

WRONG = "\N{BALLOT X}"
MOST_COLUMNS_FOR_ONE_LINE = 5


def plot_digits(
    images: ArrayLike,
    labels: Sequence[int] | None = None,
    predictions: Sequence[int] | None = None,
    *,
    columns: int | None = None,
    figsize: tuple[float, float] | None = None,
    cmap: str = "gray_r",
) -> tuple[Figure, np.ndarray]:
    """Draw digits in a grid; a wrong answer has a cross, a thick frame and both classes.

    `images` is (N, H, W) or (N, H, W, 1); all share one colour scale. Titles read "7" for the
    label or for a right answer, "answer 1" without labels, and "7, not 1" when the digit is a 7
    and the network answered 1. Returns the figure and an array of axes; spare axes are off.
    Raises ValueError when images, labels and predictions differ in number.
    """
    images = [as_plane(image, "each digit") for image in as_images(images)]
    labels = _as_classes(labels, "labels", len(images))
    predictions = _as_classes(predictions, "predictions", len(images))
    columns = min(len(images), 5) if columns is None else whole_number(columns, "columns")
    wrong = labels is not None and predictions is not None and bool((labels != predictions).any())
    short = columns > MOST_COLUMNS_FOR_ONE_LINE
    lines = 0 if labels is None and predictions is None else 1 + (wrong and short)
    fig, axes = image_grid(
        images, columns=columns, figsize=figsize, largest=1.7, title_lines=lines,
        below=0.3 + 0.2 * wrong,
    )
    low, high = image_limits(*images)
    for index, (image, ax) in enumerate(zip(images, axes.ravel(), strict=False)):
        ax.imshow(image, cmap=cmap, vmin=low, vmax=high)
        cells.frame_picture(ax)
        label = None if labels is None else labels[index]
        answer = None if predictions is None else predictions[index]
        _write_title(ax, label, answer, gap="\n" if short else " ")
    ends = cells.number_texts([low, high])
    note = f"one scale for all: {ends[0]} to {ends[1]}"
    if wrong:
        note = f"{WRONG} 7, not 1: a 7 that the network takes for a 1\n{note}"
    fig.supxlabel(note, fontsize=cells.font_size())
    return fig, axes


def _write_title(ax: Axes, label: int | None, answer: int | None, *, gap: str) -> None:
    if label is None and answer is None:
        return
    if answer is None or answer == label:
        ax.set_title(str(label))
    elif label is None:
        ax.set_title(f"answer {answer}")
    else:
        ax.set_title(f"{WRONG} {label},{gap}not {answer}", color=WINDOW, fontweight="bold")
        for spine in ax.spines.values():
            spine.set_color(WINDOW)
            spine.set_linewidth(3)


def _as_classes(classes: Sequence[int] | None, name: str, expected: int) -> np.ndarray | None:
    if classes is None:
        return None
    array = np.asarray(classes)
    if array.shape != (expected,):
        raise ValueError(
            f"{name} must have shape ({expected},), one class for each image, got {array.shape}"
        )
    return array
