"""Draw one image, or several side by side."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.plotting import cells
from helpers.plotting.checks import as_image, as_images
from helpers.plotting.colours import image_limits

NUMBERS_UP_TO = 10


def plot_image(
    image: ArrayLike,
    *,
    numbers: bool | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    cmap: str = "gray",
    colorbar: bool = False,
    fmt: str | None = None,
    **imshow_kwargs,
) -> Axes:
    """Draw one image, with the value in each cell when it is small.

    `image` is (H, W), (H, W, 1) or (H, W, 3). `numbers=None` writes them up to 10x10 pixels;
    `fmt` is a format specification such as ".2f". The colour scale is set by
    `helpers.plotting.colours.image_limits` unless `vmin`, `vmax` or `norm` is given.
    Raises ValueError for other shapes, for NaN, and for numbers on a colour image.
    """
    image = as_image(image)
    grey = image.ndim == 2
    if numbers and not grey:
        raise ValueError(f"numbers need one channel, got an image of shape {image.shape}")
    small = max(image.shape[:2]) <= NUMBERS_UP_TO
    numbers = (small and grey) if numbers is None else numbers
    if ax is None:
        ax = _new_axes(image, numbers=numbers, fmt=fmt, colorbar=colorbar and grey)
    if grey and imshow_kwargs.get("norm") is None:
        low, high = image_limits(image, cmap=cmap)
        imshow_kwargs = {"vmin": low, "vmax": high} | imshow_kwargs
    picture = ax.imshow(image, cmap=cmap if grey else None, **imshow_kwargs)
    cells.frame_picture(ax)
    if numbers:
        cells.draw_cell_lines(ax, image.shape)
        cells.write_numbers(ax, picture, image, fmt=fmt)
    if title is not None:
        ax.set_title(title)
    if colorbar and grey:
        ax.figure.colorbar(picture, ax=ax, label="value", shrink=0.9)
    return ax


def plot_images(
    images: ArrayLike | Sequence[ArrayLike],
    *,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    shared_scale: bool = True,
    cmap: str = "gray",
    figsize: tuple[float, float] | None = None,
    colorbar: bool | None = None,
    numbers: bool | None = None,
    fmt: str | None = None,
    **imshow_kwargs,
) -> tuple[Figure, np.ndarray]:
    """Draw several images in a grid and say whether they share one colour scale.

    `images` is a list or an array (N, H, W[, C]). With `shared_scale` equal values look equal in
    all images; without it each has its own scale. `colorbar=None` draws the scale when there is
    one to read (not for colour images); `colorbar=False` leaves a line of text instead.
    Returns the figure and an array of axes (rows, columns); spare axes are switched off.
    Raises ValueError when there are no images or when titles and images differ in number.
    """
    images = as_images(images)
    if titles is not None and len(titles) != len(images):
        raise ValueError(f"expected {len(images)} titles, one for each image, got {len(titles)}")
    fig, axes = image_grid(images, columns=columns, figsize=figsize)
    grey = [image for image in images if image.ndim == 2]
    limits = image_limits(*grey, cmap=cmap) if grey and shared_scale else None
    drawn = axes.ravel()[: len(images)]
    for index, (image, ax) in enumerate(zip(images, drawn, strict=True)):
        options = dict(imshow_kwargs)
        if limits and image.ndim == 2 and options.get("norm") is None:
            options = {"vmin": limits[0], "vmax": limits[1]} | options
        title = None if titles is None else titles[index]
        plot_image(image, ax=ax, cmap=cmap, title=title, numbers=numbers, fmt=fmt, **options)
    if grey:
        greys = [ax for ax, image in zip(drawn, images, strict=True) if image.ndim == 2]
        _say_scale(fig, greys, shared=shared_scale, bar=colorbar is not False)
    return fig, axes


def image_grid(
    images: Sequence[np.ndarray],
    *,
    columns: int | None = None,
    figsize: tuple[float, float] | None = None,
    width: float = 6.0,
) -> tuple[Figure, np.ndarray]:
    """Return a figure and a 2D array of axes with room for the images; spare axes are off."""
    columns = columns or min(len(images), 3)
    if columns < 1:
        raise ValueError(f"columns must be at least 1, got {columns}")
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    if figsize is None:
        each = min(width / columns, 3.6)
        tall = max(image.shape[0] / image.shape[1] for image in images)
        figsize = (each * columns, min(each * tall + 0.35, 5.0) * rows + 0.7)
    fig, axes = plt.subplots(rows, columns, figsize=figsize, squeeze=False, layout="constrained")
    for ax in axes.ravel()[len(images) :]:
        ax.axis("off")
    return fig, axes


def _say_scale(fig: Figure, axes: list[Axes], *, shared: bool, bar: bool) -> None:
    alone = len(axes) == 1
    pictures = [ax.images[0] for ax in axes]
    if bar and (shared or alone):
        label = "value" if alone else "value (one scale for all)"
        fig.colorbar(
            pictures[0], ax=axes, label=label, location="bottom", shrink=0.6, aspect=30, pad=0.03
        )
    elif bar:
        for ax, picture in zip(axes, pictures, strict=True):
            fig.colorbar(picture, ax=ax, label="own scale", location="bottom", aspect=15, pad=0.03)
    else:
        fig.supxlabel("one colour scale for all" if shared else "each its own colour scale")


def _new_axes(image: np.ndarray, *, numbers: bool, fmt: str | None, colorbar: bool) -> Axes:
    rows, columns = image.shape[:2]
    if numbers:
        cell = min(cells.cell_inches(cells.number_texts(image, fmt)), 6.0 / columns)
        width, height = cell * columns, cell * rows
    else:
        width = 4.5 * min(1.0, columns / rows)
        height = width * rows / columns
    size = (max(width, 1.4) + 0.2 + 0.9 * colorbar, max(height, 0.6) + 0.5)
    return plt.subplots(figsize=size, layout="constrained")[1]
