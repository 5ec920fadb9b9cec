"""Draw on the image what one cell of a feature map sees of it."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from helpers.plotting.arithmetic.receptive_fields import Box, as_box, draw_receptive_field
from helpers.plotting.parts.checks import as_image
from helpers.plotting.parts.colours import PADDING
from helpers.plotting.parts.layout import picture_axes


def plot_receptive_field(
    image: ArrayLike,
    box: Box,
    *,
    ax: Axes | None = None,
    cell: tuple[int, int] | None = None,
    title: str | None = None,
    cmap: str = "gray",
) -> Axes:
    """Draw the image with a frame around the box, and a veil over what lies outside it.

    `image` is (H, W), (H, W, 1) or (H, W, 3). `box` is (top, left, height, width) in pixels, what
    one cell of a map sees; what of it lies beyond the image is drawn in the colour of padding.
    `cell` is the (row, column) of the cell and names it in the title unless `title` is given.
    Ticks count the image's rows and columns. Raises ValueError for other shapes and for a box that
    is not four numbers with a positive size.
    """
    image, box = as_image(image), as_box(box)
    if cell is not None and len(tuple(cell)) != 2:
        raise ValueError(f"cell must be (row, column), got {cell!r}")
    if title is None and cell is not None:
        title = f"cell ({cell[0]}, {cell[1]})"
    top, left, height, width = box
    if ax is None:
        rows = max(top + height, image.shape[0]) - min(top, 0)
        columns = max(left + width, image.shape[1]) - min(left, 0)
        ax = picture_axes(rows, columns)
    draw_receptive_field(ax, image, box, title=title, cmap=cmap)
    # Below the image, so that only what lies beyond the image shows.
    padding = Rectangle((left - 0.5, top - 0.5), width, height, color=PADDING, linewidth=0)
    padding.set_zorder(-1)
    ax.add_patch(padding)
    return ax
