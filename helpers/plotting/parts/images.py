"""Draw one image, or several side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_image, as_images
from helpers.plotting.parts.colours import image_limits
from helpers.plotting.parts.layout import cell_axes, image_grid, picture_axes

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
    `helpers.plotting.parts.colours.image_limits` unless `vmin`, `vmax` or `norm` is given.
    Raises ValueError for other shapes, for NaN, and for numbers on a colour image.
    """
    image = as_image(image)
    grey = image.ndim == 2
    if numbers and not grey:
        raise ValueError(f"numbers need one channel, got an image of shape {image.shape}")
    small = max(image.shape[:2]) <= NUMBERS_UP_TO
    numbers = (small and grey) if numbers is None else numbers
    if ax is None:
        size, bar = image.shape[:2], colorbar and grey
        if numbers:
            ax = cell_axes(*size, cells.number_texts(image, fmt), colorbar=bar)
        else:
            ax = picture_axes(*size, colorbar=bar)
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
    lines = 0 if titles is None else 1 + max(str(title).count("\n") for title in titles)
    below = 0.65 if colorbar is not False and shared_scale else 0.25
    fig, axes = image_grid(
        images, columns=columns, figsize=figsize, title_lines=lines, below=below
    )
    if numbers is None:
        width = fig.get_figwidth() / axes.shape[1]
        numbers = all(numbers_fit(image, width, fmt) for image in images)
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


def numbers_fit(image: np.ndarray, width: float, fmt: str | None) -> bool:
    """Tell whether the numbers of an image that is drawn `width` inches wide are readable."""
    if image.ndim != 2 or max(image.shape) > NUMBERS_UP_TO:
        return False
    texts = cells.number_texts(image, fmt)
    return cells.fitting_font(texts, width / image.shape[1]) == cells.font_size()


def _say_scale(fig: Figure, axes: Sequence[Axes], *, shared: bool, bar: bool) -> None:
    """Draw the colour scale, or name it when no bar is wanted."""
    pictures = [ax.images[0] for ax in axes]
    low, high = cells.number_texts(pictures[0].get_clim())
    alone = len(axes) == 1
    where = {"location": "bottom", "pad": 0.03}
    if bar and (shared or alone):
        label = "value" if alone else "value (one scale for all)"
        fig.colorbar(pictures[0], ax=axes, label=label, shrink=0.6, aspect=30, **where)
    elif bar:
        for ax, picture in zip(axes, pictures, strict=True):
            ends = picture.get_clim()
            scale = fig.colorbar(picture, ax=ax, label="own scale", aspect=15, **where)
            scale.set_ticks(ends, labels=cells.number_texts(ends))
    elif shared:
        text = f"scale {low} to {high}" if alone else f"one scale for all: {low} to {high}"
        fig.supxlabel(text, fontsize=cells.font_size())
    else:
        fig.supxlabel("each image has its own scale", fontsize=cells.font_size())
