"""Draw the feature maps of one layer for one image."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.plotting.parts.checks import as_indices, as_maps, as_titles
from helpers.plotting.parts.colours import SIGNED, image_limits
from helpers.plotting.parts.images import numbers_fit, plot_image
from helpers.plotting.parts.panels import BAR, panel_grid, relative_bar


def plot_feature_maps(
    maps: ArrayLike,
    *,
    columns: int | None = None,
    indices: Sequence[int] | None = None,
    titles: Sequence[str] | None = None,
    shared_scale: bool = True,
    cmap: str | None = None,
    numbers: bool | None = None,
    fmt: str | None = None,
    label: str = "activation",
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw feature maps in a grid, with one colour scale below that says whether it is shared.

    `maps` is (H, W), (H, W, C) or (1, H, W, C), the maps of one layer for one image. `indices`
    chooses channels; titles are their numbers unless given. `cmap=None` means viridis from zero,
    and red above zero and blue below when one of the drawn maps has negative values.
    With `shared_scale` equal colours mean equal values in all maps; without it each map has its
    own scale, which also makes a faint map look strong. `numbers=None` writes values that fit.
    Returns the figure and an array of axes (rows, columns); spare axes are switched off.
    Raises ValueError for other shapes, NaN, more than 128 maps, a channel that does not exist,
    and when titles and maps differ in number.
    """
    maps = as_maps(maps)
    chosen = as_indices(indices, maps.shape[2], "feature maps")
    titles = as_titles(titles, len(chosen), "map")
    if titles is None and maps.shape[2] > 1:
        titles = [str(index) for index in chosen]
    panels = [maps[:, :, index] for index in chosen]
    cmap = cmap or map_colours(*panels)
    fig, axes = panel_grid(panels, columns=columns, titles=titles, figsize=figsize)
    drawn = axes.ravel()[: len(panels)]
    if numbers is None:
        width = fig.get_figwidth() / axes.shape[1]
        numbers = all(numbers_fit(panel, min(width, 2.6) - 0.1, fmt) for panel in panels)
    limits = image_limits(*panels, cmap=cmap)
    for ax, panel, title in zip(drawn, panels, titles or [None], strict=True):
        low, high = limits if shared_scale else image_limits(panel, cmap=cmap)
        plot_image(
            panel, ax=ax, cmap=cmap, title=title, numbers=numbers, fmt=fmt, vmin=low, vmax=high
        )
    if shared_scale or len(panels) == 1:
        text = label if len(panels) == 1 else f"{label} (one scale for all)"
        fig.colorbar(drawn[0].images[0], ax=list(axes.ravel()), label=text, **BAR)
    else:
        relative_bar(fig, list(axes.ravel()), cmap, each="map", what=f"{label}, own scales")
    return fig, axes


def map_colours(*maps: np.ndarray) -> str:
    """Return the colour map for these maps: diverging when one of them goes below zero."""
    return SIGNED if any(array.min() < 0 for array in maps) else "viridis"
