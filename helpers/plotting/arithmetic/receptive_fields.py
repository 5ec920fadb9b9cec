"""Draw on the input what one cell of each layer sees of it."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_plane
from helpers.plotting.parts.colours import LINES
from helpers.plotting.parts.images import plot_image

VEIL = (0.5, 0.5, 0.5, 0.65)

# Black would be lost on a digit's background; white is seen on it.
FRAMES = (*LINES[:7], "#FFFFFF")
INSET = 0.3

# Where there is less room than this before the last tick, two labels would touch.
TICK_STEP, TICK_ROOM = 10, 5

Box = tuple[float, float, int, int]


def plot_receptive_fields(
    image: ArrayLike,
    boxes: Sequence[Box],
    *,
    titles: Sequence[str] | None = None,
    ax: Axes | None = None,
    cmap: str = "gray",
) -> Axes:
    """Draw the image once, with a frame for each box, the smaller ones inside the larger.

    `image` is (H, W) or (H, W, 1). A box is (top, left, height, width) in pixels and may reach
    over the border, as a receptive field does where there is padding; then the axes are widened.
    `titles` name the frames in a legend. Where edges fall together, the smaller frame is drawn a
    little further in, so that each shows. Ticks count the rows and columns of the image, every
    tenth and the last.
    Raises ValueError for other shapes, for no boxes, for more than eight, for a box that is not
    four numbers with a positive size, and when titles and boxes differ in number.
    """
    image = as_plane(image, "image")
    boxes = [as_box(box) for box in boxes]
    if not 1 <= len(boxes) <= len(FRAMES):
        raise ValueError(f"boxes must hold 1 to {len(FRAMES)} boxes, got {len(boxes) or 'none'}")
    if titles is not None and len(titles) != len(boxes):
        raise ValueError(f"expected {len(boxes)} titles, one for each box, got {len(titles)}")
    if ax is None:
        ax = plt.subplots(figsize=(4.7, 2.9), layout="constrained")[1]
    plot_image(image, ax=ax, cmap=cmap, numbers=False)
    from_largest = sorted(range(len(boxes)), key=lambda number: -boxes[number][2])
    for depth, number in enumerate(from_largest):
        top, left, height, width = boxes[number]
        inset = min(INSET * depth, 0.2 * height, 0.2 * width)
        cells.outline(ax, top + inset, left + inset, height - 2 * inset, width - 2 * inset,
                      color=FRAMES[number], linewidth=2, halo=False)
    _set_view(ax, image, boxes)
    if titles is not None:
        frames = [Patch(facecolor="none", edgecolor=colour, linewidth=2, label=title)
                  for colour, title in zip(FRAMES, titles, strict=False)]
        ax.legend(handles=frames, loc="center left", bbox_to_anchor=(1.02, 0.5), frameon=False,
                  handlelength=1, handleheight=1)
    return ax


def draw_receptive_field(
    ax: Axes, image: np.ndarray, box: Box, *, title: str | None, cmap: str
) -> None:
    """Draw the image, a veil over what lies outside the box, the box's frame, and ticks."""
    plot_image(image, ax=ax, cmap=cmap, numbers=False, title=title)
    ax.imshow(_veil(image.shape[:2], box))
    cells.outline(ax, *box, linewidth=2)
    _set_view(ax, image, [box])


def as_box(box: Box) -> Box:
    """Return the box as a tuple; ValueError unless it is four numbers with a positive size."""
    numbers = tuple(box)
    if len(numbers) != 4 or min(numbers[2:]) <= 0:
        raise ValueError(
            f"a box must be (top, left, height, width) with a positive size, got {box!r}"
        )
    return numbers


def _set_view(ax: Axes, image: np.ndarray, boxes: Sequence[Box]) -> None:
    """Show the whole image and all boxes, and count rows and columns."""
    ax.set_xticks(_ticks(image.shape[1]))
    ax.set_yticks(_ticks(image.shape[0]))
    tops, lefts, heights, widths = np.transpose(boxes)
    ax.set_xlim(min(*lefts, 0) - 0.5, max(*(lefts + widths), image.shape[1]) - 0.5)
    ax.set_ylim(max(*(tops + heights), image.shape[0]) - 0.5, min(*tops, 0) - 0.5)


def _ticks(length: int) -> list[int]:
    last = length - 1
    return [*range(0, max(last - TICK_ROOM + 1, min(last, 1)), TICK_STEP), last]


def _veil(shape: tuple[int, int], box: Box) -> np.ndarray:
    top, left, height, width = box
    veil = np.broadcast_to(VEIL, (*shape, 4)).copy()
    rows, columns = np.arange(shape[0]), np.arange(shape[1])
    inside_rows = (rows >= top) & (rows < top + height)
    inside_columns = (columns >= left) & (columns < left + width)
    veil[np.ix_(inside_rows, inside_columns)] = 0
    return veil
