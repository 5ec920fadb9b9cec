"""Draw the filters of a layer: the weights of each on one scale about zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import is_whole
from helpers.plotting.arithmetic.kernels import plot_kernel
from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_indices, as_numbers, as_titles
from helpers.plotting.parts.colours import SIGNED, symmetric_limits
from helpers.plotting.parts.images import numbers_fit, plot_image
from helpers.plotting.parts.panels import BAR, panel_grid, relative_bar

COLOUR = "colour"


def plot_filters(
    kernels: ArrayLike,
    *,
    columns: int | None = None,
    indices: Sequence[int] | None = None,
    titles: Sequence[str] | None = None,
    channel: int | str | None = None,
    numbers: bool | None = None,
    shared_scale: bool = True,
    cmap: str = SIGNED,
    fmt: str | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw filters in a grid: red above zero, blue below, and a colour scale below.

    `kernels` is (h, w, in, out) as Keras has them, (h, w, out) or one kernel (h, w). Of filters
    with several input channels one slice is drawn: that of input `channel`, 0 unless it is given,
    and the figure says which. `channel="colour"` draws filters over three channels as colours:
    mid-grey is zero, and each of red, green and blue runs from the smallest to the largest weight.
    `indices` chooses filters; titles are their numbers unless given. `numbers=None` writes the
    weights when they fit. With `shared_scale` equal colours mean equal weights in all filters.
    Returns the figure and an array of axes (rows, columns); spare axes are switched off.
    Raises ValueError for other shapes, NaN, more than 128 filters, a filter or a channel that does
    not exist, and when titles and filters differ in number.
    """
    kernels = _four_axes(kernels)
    inputs = kernels.shape[2]
    channel = _input_channel(channel, inputs)
    chosen = as_indices(indices, kernels.shape[3], "filters")
    titles = as_titles(titles, len(chosen), "filter")
    if titles is None and kernels.shape[3] > 1:
        titles = [str(index) for index in chosen]
    if channel == COLOUR:
        panels = [kernels[..., index] for index in chosen]
    else:
        panels = [kernels[:, :, channel, index] for index in chosen]
    fig, axes = panel_grid(panels, columns=columns, titles=titles, figsize=figsize)
    drawn = axes.ravel()[: len(panels)]
    names = titles or [None]
    if channel == COLOUR:
        _draw_colours(fig, drawn, panels, names, shared=shared_scale)
        return fig, axes
    if numbers is None:
        width = fig.get_figwidth() / axes.shape[1]
        numbers = all(numbers_fit(panel, min(width, 2.6) - 0.1, fmt) for panel in panels)
    limit = symmetric_limits(*panels)[1] if shared_scale else None
    for ax, panel, title in zip(drawn, panels, names, strict=True):
        plot_kernel(panel, ax=ax, limit=limit, title=title, numbers=numbers, cmap=cmap, fmt=fmt)
    what = "weight" if inputs == 1 else f"weight for input channel {channel} of {inputs}"
    if shared_scale or len(panels) == 1:
        gap = " " if inputs == 1 else "\n"
        label = what if len(panels) == 1 else f"{what}{gap}(one scale for all)"
        fig.colorbar(drawn[0].images[0], ax=list(axes.ravel()), label=label, **BAR)
    else:
        relative_bar(fig, list(axes.ravel()), cmap, each="filter", what=f"{what}\n(own scales)")
    return fig, axes


def _draw_colours(fig, axes, panels, titles, *, shared: bool) -> None:
    """Draw weights over red, green and blue as colours about mid-grey."""
    limit = symmetric_limits(*panels)[1]
    for ax, panel, title in zip(axes, panels, titles, strict=True):
        own = limit if shared else symmetric_limits(panel)[1]
        plot_image(np.clip(0.5 + panel.astype(float) / (2 * own), 0, 1), ax=ax, title=title)
        cells.draw_cell_lines(ax, panel.shape[:2])
    low, high = cells.number_texts([-limit, limit])
    ends = f"from {low} to {high}" if shared else "each filter has its own scale"
    fig.supxlabel(
        f"weights of red, green and blue;\nmid-grey is 0, {ends}", fontsize=cells.font_size()
    )


def _four_axes(kernels: ArrayLike) -> np.ndarray:
    array = as_numbers(kernels, "kernels")
    if array.ndim not in (2, 3, 4):
        raise ValueError(
            f"kernels must have shape (h, w), (h, w, out) or (h, w, in, out), got {array.shape}"
        )
    if array.ndim == 2:
        return array[:, :, np.newaxis, np.newaxis]
    return array[:, :, np.newaxis] if array.ndim == 3 else array


def _input_channel(channel: int | str | None, inputs: int) -> int | str:
    if channel is None:
        return 0
    if isinstance(channel, str) and channel == COLOUR:
        if inputs != 3:
            raise ValueError(f'channel="colour" needs filters over 3 input channels, got {inputs}')
        return channel
    if not is_whole(channel) or not 0 <= channel < inputs:
        raise ValueError(
            f'channel must be a whole number from 0 to {inputs - 1} or "colour", got {channel!r}'
        )
    return int(channel)
