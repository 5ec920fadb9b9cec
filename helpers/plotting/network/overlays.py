"""Draw a heat map over the image that it speaks of."""

from __future__ import annotations

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from numpy.typing import ArrayLike

from helpers.plotting.network.feature_maps import map_colours
from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_image, as_plane
from helpers.plotting.parts.colours import image_limits

BLACK_DRAWN_AS = 0.45
GREY = (0.299, 0.587, 0.114)  # the luma of ITU-R BT.601


def plot_overlay(
    image: ArrayLike,
    heat: ArrayLike,
    *,
    alpha: float = 0.6,
    cmap: str | None = None,
    ax: Axes | None = None,
    label: str = "heat",
    title: str | None = None,
    colorbar: bool = True,
    interpolation: str = "nearest",
    image_cmap: str = "gray",
    **imshow_kwargs,
) -> Axes:
    """Draw a heat map, `alpha` opaque, over an image in light grey, with its labelled scale.

    `image` is (H, W), (H, W, 1) or (H, W, 3); colour is drawn in grey, so that colour means heat.
    The image is drawn in mid-grey to white, because heat over black would look like another heat;
    `image_cmap="gray_r"` draws large values dark.
    `heat` is (h, w) or (h, w, 1). A heat map of another size is stretched over the whole image and
    its cells stay visible, so that the picture claims no detail that was not computed;
    `interpolation="bilinear"` smooths them. `cmap=None` means viridis from zero, or red above
    and blue below zero when there are negative values. `vmin` and `vmax` set other limits.
    Raises ValueError for other shapes, NaN, and an `alpha` outside 0 to 1.
    """
    image, heat = as_image(image), as_plane(heat, "heat")
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha must lie in [0, 1], got {alpha}")
    if image.ndim == 3:
        top = 1 if image.dtype.kind == "f" else 255
        image = image.astype(float) @ np.array(GREY) / top
    cmap = cmap or map_colours(heat)
    rows, columns = image.shape
    if ax is None:
        width = 3.4 * min(1.0, columns / rows)
        size = (max(width, 2.2) + 0.2 + 0.95 * colorbar, max(3.4 * min(1.0, rows / columns), 1.5))
        ax = plt.subplots(figsize=(size[0], size[1] + 0.4), layout="constrained")[1]
    low, high = image_limits(image)
    ax.imshow(image, cmap=_light(image_cmap), vmin=low, vmax=high)
    if imshow_kwargs.get("norm") is None:
        low, high = image_limits(heat, cmap=cmap)
        imshow_kwargs = {"vmin": low, "vmax": high} | imshow_kwargs
    extent = (-0.5, columns - 0.5, rows - 0.5, -0.5)
    picture = ax.imshow(
        heat, cmap=cmap, alpha=alpha, extent=extent, interpolation=interpolation, **imshow_kwargs
    )
    cells.frame_picture(ax)
    if title is not None:
        ax.set_title(title)
    if colorbar:
        ax.figure.colorbar(picture, ax=ax, label=label, shrink=0.9)
    return ax


def _light(cmap: str) -> ListedColormap:
    """Return a colour map of greys with black raised to mid-grey."""
    greys = matplotlib.colormaps[cmap](np.linspace(0, 1, 256))
    greys[:, :3] = BLACK_DRAWN_AS + (1 - BLACK_DRAWN_AS) * greys[:, :3]
    return ListedColormap(greys, name=f"light_{cmap}")
