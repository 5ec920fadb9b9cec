"""Draw the cells that padding puts around an image."""

from __future__ import annotations

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import is_pair, pair
from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_numbers, as_plane
from helpers.plotting.parts.colours import PADDING, PADDING_TEXT, image_limits
from helpers.plotting.parts.layout import cell_axes

Sides = tuple[tuple[int, int], tuple[int, int]]


def plot_padding(
    image: ArrayLike,
    padding: int | Sides,
    *,
    ax: Axes | None = None,
    value: float = 0,
    numbers: bool = True,
    title: str | None = None,
    cmap: str = "gray",
    fmt: str | None = None,
    **imshow_kwargs,
) -> Axes:
    """Draw an image inside its padding; added cells are tinted, the image has a black frame.

    `image` is (H, W) or (H, W, 1). `padding` is one number for all sides or
    ((top, bottom), (left, right)); `value` is what stands in the added cells.
    Raises ValueError for other shapes, for NaN and for a padding that is not whole or negative.
    """
    image = as_plane(image, "image")
    sides = padding_sides(padding)
    as_numbers([value], "value")
    if ax is None:
        rows, columns = (size + sum(side) for size, side in zip(image.shape, sides, strict=True))
        texts = np.append(cells.number_texts(image, fmt), cells.number_texts([value], fmt))
        ax = cell_axes(rows, columns, texts if numbers else None)
    draw_padded(
        ax, image, sides, value=value, numbers=numbers, cmap=cmap, fmt=fmt, **imshow_kwargs
    )
    if title is not None:
        ax.set_title(title)
    return ax


def padding_sides(padding: int | Sides) -> Sides:
    """Return padding as ((top, bottom), (left, right)); one number stands for all four."""
    if is_pair(padding) and len(padding) == 2 and all(is_pair(side) for side in padding):
        return tuple(pair(side, "padding of one axis", minimum=0) for side in padding)
    if is_pair(padding):
        raise ValueError(
            f"padding must be a whole number or ((top, bottom), (left, right)), got {padding!r}"
        )
    return (pair(padding, "padding", minimum=0),) * 2


def draw_padded(
    ax: Axes,
    image: np.ndarray,
    sides: Sides,
    *,
    value: float = 0,
    numbers: bool = True,
    cmap: str = "gray",
    fmt: str | None = None,
    halo: bool = True,
    **imshow_kwargs,
) -> AxesImage:
    """Draw an image with its padding so that cell (0, 0) of `ax` is the image's first pixel."""
    (top, bottom), (left, right) = sides
    height, width = image.shape
    padded = np.pad(image.astype(float), sides, constant_values=np.nan)
    if imshow_kwargs.get("norm") is None:
        low, high = image_limits(image, cmap=cmap)
        imshow_kwargs = {"vmin": low, "vmax": high} | imshow_kwargs
    extent = (-left - 0.5, width + right - 0.5, height + bottom - 0.5, -top - 0.5)
    colours = matplotlib.colormaps[cmap].with_extremes(bad=PADDING)
    picture = ax.imshow(
        np.ma.masked_invalid(padded), cmap=colours, extent=extent, **imshow_kwargs
    )
    cells.frame_picture(ax)
    cells.draw_cell_lines(ax, padded.shape, start=(-top, -left))
    if numbers:
        cells.write_numbers(ax, picture, padded, fmt=fmt, start=(-top, -left))
        added = np.where(np.isnan(padded), value, np.nan)
        cells.write_numbers(
            ax, picture, added, fmt=fmt, start=(-top, -left), color=PADDING_TEXT, style="italic"
        )
    if any(side for axis in sides for side in axis):
        cells.outline(ax, 0, 0, height, width, color="black", linewidth=2, zorder=4, halo=halo)
    return picture
