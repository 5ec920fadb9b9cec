"""Draw every place where a window fits, arranged like the output."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.arithmetic import output_size, padding_amounts
from helpers.arithmetic.arguments import IntOrPair, Padding, pair, whole_number
from helpers.plotting.arithmetic.padding import draw_padded
from helpers.plotting.parts import cells
from helpers.plotting.parts.colours import LINE, RESULT

MOST_POSITIONS = 64
# The output's longer side as a share of the image's width, and the cells between the two.
OUTPUT_SHARE, GAP = 0.4, 0.7


def plot_window_positions(
    image_size: IntOrPair,
    kernel_size: IntOrPair,
    *,
    stride: IntOrPair = 1,
    padding: Padding = 0,
    dilation: IntOrPair = 1,
    columns: int | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw one small image for each place of the window, arranged like the output they make.

    To the right of each stands the output, smaller, with the cell tinted that this place makes.
    Sizes are one number or (height, width); `padding` is a number, "valid" or "same". The
    arrangement has as many rows and columns as the output unless `columns` is given.
    Returns the figure and an array of axes. Raises ValueError when the window does not fit or has
    more than 64 places.
    """
    image, kernel = pair(image_size, "image_size"), pair(kernel_size, "kernel_size")
    step, spread = pair(stride, "stride"), pair(dilation, "dilation")
    options = {"stride": step, "padding": padding, "dilation": spread}
    shape = output_size(image, kernel, **options)
    count = shape[0] * shape[1]
    if count > MOST_POSITIONS:
        raise ValueError(f"at most {MOST_POSITIONS} places can be drawn, got {count}")
    sides = padding_amounts(image, kernel, **options)
    columns = shape[1] if columns is None else whole_number(columns, "columns")
    rows = -(-count // columns)
    full = [size + sum(side) for size, side in zip(image, sides, strict=True)]
    scale = OUTPUT_SHARE * full[1] / max(shape)  # one output cell, in cells of the image
    full[1] += GAP + scale * shape[1]
    each = min(6.0 / columns, 1.5)
    figsize = (each * columns, max(each * full[0] / full[1], 0.3) * rows)
    fig, axes = plt.subplots(rows, columns, figsize=figsize, squeeze=False, layout="constrained")
    fig.get_layout_engine().set(w_pad=0.06, h_pad=0.06)
    for ax in axes.ravel()[count:]:
        ax.axis("off")
    for (row, col), ax in zip(np.ndindex(*shape), axes.ravel(), strict=False):
        draw_padded(ax, np.ones(image), sides, numbers=False, halo=False, vmin=0, vmax=1)
        top, left = row * step[0] - sides[0][0], col * step[1] - sides[1][0]
        if spread == (1, 1):
            cells.fill(ax, top, left, *kernel)
        else:
            for tap in np.ndindex(*kernel):
                cells.fill(ax, top + tap[0] * spread[0], left + tap[1] * spread[1])
        height, width = ((k - 1) * d + 1 for k, d in zip(kernel, spread, strict=True))
        cells.outline(ax, top, left, height, width, linewidth=2.5, halo=False)
        _draw_output(ax, shape, (row, col), scale)
    return fig, axes


def _draw_output(
    ax: Axes, shape: tuple[int, int], made: tuple[int, int], scale: float
) -> None:
    """Draw the output beside the image that fills `ax`, half-way up, with one cell tinted."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    # The frame of the axes would now enclose both.
    ax.spines[:].set_visible(False)
    frame = {"facecolor": "none", "edgecolor": LINE, "linewidth": 0.8, "clip_on": False}
    ax.add_patch(Rectangle((left, top), right - left, bottom - top, **frame))
    first, above = right + GAP, (bottom + top - scale * shape[0]) / 2
    for row, col in np.ndindex(*shape):
        colour = RESULT if (row, col) == made else "white"
        place = (first + scale * col, above + scale * row)
        ax.add_patch(Rectangle(place, scale, scale, **{**frame, "facecolor": colour}))
    ax.set_xlim(left, first + scale * shape[1])
