"""Draw on the input what one cell of each layer sees of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_plane
from helpers.plotting.parts.images import image_grid, plot_image

VEIL = (0.5, 0.5, 0.5, 0.65)

# Where there is less room than this before the last tick, two labels would touch.
TICK_STEP, TICK_ROOM = 10, 5

Box = tuple[float, float, int, int]


def plot_receptive_fields(
    image: ArrayLike,
    boxes: Sequence[Box],
    *,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    figsize: tuple[float, float] | None = None,
    cmap: str = "gray",
) -> tuple[Figure, np.ndarray]:
    """Draw the image once for each box; the box is framed and what lies outside is veiled.

    `image` is (H, W) or (H, W, 1). A box is (top, left, height, width) in pixels and may reach
    over the border, as a receptive field does where there is padding; then the axes are widened.
    Ticks count the rows and columns of the image, every tenth and the last.
    Returns the figure and an array of axes (rows, columns); spare axes are switched off.
    Raises ValueError for other shapes, for no boxes, for a box that is not four numbers with a
    positive size, and when titles and boxes differ in number.
    """
    image = as_plane(image, "image")
    boxes = [as_box(box) for box in boxes]
    if not boxes:
        raise ValueError("boxes must hold at least one box, got none")
    if titles is not None and len(titles) != len(boxes):
        raise ValueError(f"expected {len(boxes)} titles, one for each box, got {len(titles)}")
    fig, axes = image_grid([image] * len(boxes), columns=columns, figsize=figsize)
    for index, (box, ax) in enumerate(zip(boxes, axes.ravel(), strict=False)):
        draw_receptive_field(ax, image, box, cmap=cmap,
                             title=None if titles is None else titles[index])
    return fig, axes


def draw_receptive_field(
    ax: Axes, image: np.ndarray, box: Box, *, title: str | None, cmap: str
) -> None:
    """Draw the image, a veil over what lies outside the box, the box's frame, and ticks."""
    plot_image(image, ax=ax, cmap=cmap, numbers=False, title=title)
    ax.imshow(_veil(image.shape[:2], box))
    cells.outline(ax, *box, linewidth=2)
    ax.set_xticks(_ticks(image.shape[1]))
    ax.set_yticks(_ticks(image.shape[0]))
    top, left, height, width = box
    ax.set_xlim(min(left, 0) - 0.5, max(left + width, image.shape[1]) - 0.5)
    ax.set_ylim(max(top + height, image.shape[0]) - 0.5, min(top, 0) - 0.5)


def as_box(box: Box) -> Box:
    """Return the box as a tuple; ValueError unless it is four numbers with a positive size."""
    numbers = tuple(box)
    if len(numbers) != 4 or min(numbers[2:]) <= 0:
        raise ValueError(
            f"a box must be (top, left, height, width) with a positive size, got {box!r}"
        )
    return numbers


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
