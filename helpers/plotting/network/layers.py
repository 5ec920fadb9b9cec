"""Draw one image on its way through all layers of a network."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import whole_number
from helpers.plotting.network.feature_maps import map_colours
from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_image, as_maps
from helpers.plotting.parts.colours import LINE, image_limits
from helpers.plotting.parts.panels import limit_texts, relative_bar

MOST_LAYERS = 30
CHOICES = ("strongest", "first")
LABEL_INCHES, STRIP_INCHES = 1.7, 4.6
NAME_WIDTH = 17
TILE = 0.93  # the side of one map where the next one starts at 1


def plot_layers(
    maps: Mapping[str, ArrayLike],
    *,
    image: ArrayLike | None = None,
    most: int = 8,
    choose: str = "strongest",
    cmap: str | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw one row of feature maps for each layer; beside it its name, shape and colour range.

    `maps` is {layer name: (H, W, C) or (1, H, W, C)}, `image` what went into the network, drawn
    first. Of each layer at most `most` channels are drawn: those with the largest mean absolute
    value, strongest first, or with `choose="first"` those that come first. The number above a map
    is its channel. All maps of a layer share a scale, drawn maps or not; layers do not. `cmap=None`
    means viridis from zero, and red and blue about zero in layers that have negative values.
    Returns the figure and an array of axes, one for each row. Raises ValueError for no layer, more
    than 30, a layer with another shape, NaN, and another `choose`.
    """
    if not isinstance(maps, Mapping) or not 1 <= len(maps) <= MOST_LAYERS:
        given = f"{len(maps)} layers" if isinstance(maps, Mapping) else type(maps).__name__
        raise ValueError(f"maps must be a dict of 1 to {MOST_LAYERS} layers, got {given}")
    most = whole_number(most, "most")
    if choose not in CHOICES:
        raise ValueError(f"choose must be one of {', '.join(CHOICES)}; got {choose!r}")
    layers = {name: as_maps(data, f"maps[{name!r}]") for name, data in maps.items()}
    image = None if image is None else as_image(image)
    tiles = max(min(most, max(data.shape[2] for data in layers.values())), 3)
    rows = len(layers) + (image is not None)
    kinds = [cmap or map_colours(data) for data in layers.values()]
    # The unit of a row is one map; its number stands in the upper part of the row.
    unit = min(STRIP_INCHES / tiles, 0.9)
    head = cells.font_size() * 1.25 / 72 / unit
    if figsize is None:
        height = max((1 + head) * unit, 0.66) + 0.08
        width = LABEL_INCHES + unit * tiles
        figsize = (max(width, 4.2), rows * height + 0.7 * len(set(kinds)))
    fig, axes = plt.subplots(rows, 1, figsize=figsize, squeeze=False, layout="constrained")
    axes = axes.ravel()
    for ax in axes:
        ax.set(xlim=(-0.02, tiles), ylim=(1, -head), aspect="equal", anchor="W")
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
    if image is not None:
        low, high = image_limits(image) if image.ndim == 2 else (None, None)
        _draw_tiles(axes[0], [image], [""], cmap="gray", vmin=low, vmax=high)
        size = " x ".join(map(str, image.shape))
        _write_label(axes[0], "image", size)
    for ax, (name, data), kind in zip(axes[-len(layers) :], layers.items(), kinds, strict=True):
        chosen = _channels(data, most, choose)
        low, high = image_limits(data, cmap=kind)
        panels = [data[:, :, index] for index in chosen]
        _draw_tiles(ax, panels, list(map(str, chosen)), cmap=kind, vmin=low, vmax=high)
        size = " x ".join(map(str, data.shape))
        _write_label(ax, name, f"{size}\n{limit_texts((low, high))}")
    for kind in dict.fromkeys(kinds):
        relative_bar(fig, list(axes), kind, each="layer", what="activation")
    return fig, axes


def _channels(data: np.ndarray, most: int, choose: str) -> list[int]:
    if choose == "first":
        return list(range(min(most, data.shape[2])))
    strength = np.abs(data.astype(float)).mean(axis=(0, 1))
    # A stable sort keeps equally strong channels, such as silent ones, in their order.
    return np.argsort(-strength, kind="stable")[:most].tolist()


def _draw_tiles(ax: Axes, panels: list[np.ndarray], names: list[str], **options) -> None:
    """Draw maps side by side in one axes, which takes a tenth of the time of an axes for each."""
    edges = []
    limits = {"xlim": ax.get_xlim(), "ylim": ax.get_ylim()}
    for index, (panel, name) in enumerate(zip(panels, names, strict=True)):
        rows, columns = panel.shape[:2]
        width, height = TILE * np.array([columns, rows]) / max(rows, columns)
        left, right = index, index + width
        extent = (left, right, height, 0)
        picture = ax.imshow(panel, extent=extent, interpolation="nearest", **options)
        edges.append([(left, 0), (right, 0), (right, height), (left, height), (left, 0)])
        where = {"ha": "center", "va": "bottom", "fontsize": cells.font_size()}
        text = ax.text(left + width / 2, -0.04, name, **where)
        # Both lie inside the axes; to measure them all would double the time of the layout.
        picture.set_in_layout(False)
        text.set_in_layout(False)
    ax.add_collection(LineCollection(edges, colors=LINE, linewidths=0.6), autolim=False)
    ax.set(**limits)


def _write_label(ax: Axes, name: str, details: str) -> None:
    lines = textwrap.wrap(name.replace("_", "_ "), NAME_WIDTH) or [""]
    short = "\n".join(line.replace("_ ", "_") for line in lines)
    label = f"{short}\n{details}"
    options = {"rotation": 0, "ha": "right", "va": "center", "fontsize": cells.font_size()}
    ax.set_ylabel(label, labelpad=4, **options)
