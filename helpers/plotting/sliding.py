"""Draw one step of the sliding window, and all steps as numbered frames."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.plotting import cells
from helpers.plotting.colours import RESULT, image_limits, symmetric_limits
from helpers.plotting.images import NUMBERS_UP_TO
from helpers.plotting.kernels import plot_kernel
from helpers.plotting.padding import draw_padded
from helpers.sliding import WindowStep

MOST_FRAMES = 36


def plot_window_step(
    step: WindowStep,
    *,
    axes: Sequence[Axes] | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw one step: the window on the image, patch x kernel = products, their sum in the output.

    `step` comes from `helpers.sliding.window_step`. Returns the figure and its five axes: image,
    output, patch, kernel, products. Image and patch share one gray scale; kernel, products and
    output are red above zero and blue below, each with its own scale.
    Raises ValueError when `axes` are not five.
    """
    own = axes is None
    if own:
        fig, axes = _step_figure(step, figsize)
    axes = np.ravel(axes)
    if len(axes) != 5:
        raise ValueError(
            f"expected 5 axes (image, output, patch, kernel, products), got {len(axes)}"
        )
    fig = axes[0].figure
    image, output, patch, kernel, products = axes
    low, high = image_limits(step.image)
    small = max(step.padded.shape) <= NUMBERS_UP_TO
    draw_padded(image, step.image, step.padding, numbers=small, vmin=low, vmax=high)
    outline_window(image, step)
    image.set_title("image")
    draw_output(output, step.output, numbers=max(step.output.shape) <= NUMBERS_UP_TO)
    cells.outline(output, step.row, step.col, color=RESULT)
    output.set_title("output")
    draw_values(patch, step.patch, low, high)
    patch.set_title("patch")
    plot_kernel(step.kernel, ax=kernel, title="kernel")
    plot_kernel(step.products, ax=products, title="products")
    products.set_xlabel(f"sum = {cells.number_texts([step.total])[0]}", color=RESULT)
    for ax, sign in ((kernel, "\N{MULTIPLICATION SIGN}"), (products, "=")):
        ax.set_ylabel(sign, rotation=0, va="center", ha="center", labelpad=12, fontsize=16)
    if own:
        fig.supxlabel(
            "Image and patch share one gray scale. Kernel, products and\n"
            "output: red above 0, blue below, each its own scale.",
            fontsize=cells.font_size(),
        )
    return fig, axes


def plot_window_frames(
    steps: Sequence[WindowStep],
    *,
    columns: int | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw all steps as numbered frames: the window on the image, the output filled so far.

    `steps` comes from `helpers.sliding.window_steps`. Returns the figure and an array of axes
    (frames, 2): image and output of each frame.
    Raises ValueError for no steps and for more than 36.
    """
    steps = list(steps)
    if not 1 <= len(steps) <= MOST_FRAMES:
        raise ValueError(f"steps must hold 1 to {MOST_FRAMES} steps, got {len(steps)}")
    columns = min(columns or 3, len(steps))
    rows = -(-len(steps) // columns)
    first = steps[0]
    wide = first.padded.shape[1], first.output.shape[1]
    tall = max(first.padded.shape[0], first.output.shape[0])
    cell = min(6.2 / columns / (sum(wide) + 1.5), 0.38)
    figsize = figsize or (6.2, rows * (tall * cell + 0.45) + 0.5)
    fig = plt.figure(figsize=figsize, layout="constrained")
    boxes = fig.subfigures(rows, columns, squeeze=False)
    filled = np.full(first.output.shape, np.nan)
    axes = []
    for number, (step, box) in enumerate(zip(steps, boxes.ravel(), strict=False), start=1):
        filled[step.row, step.col] = step.total
        pair = box.subplots(1, 2, width_ratios=wide)
        draw_padded(pair[0], step.image, step.padding, numbers=False)
        outline_window(pair[0], step, linewidth=2.5)
        pair[0].set_title(str(number), loc="left")
        draw_output(pair[1], filled.copy(), like=first.output)
        cells.outline(pair[1], step.row, step.col, color=RESULT, linewidth=2.5)
        axes.append(pair)
    return fig, np.array(axes)


def outline_window(ax: Axes, step: WindowStep, *, linewidth: float = 3.0) -> None:
    """Frame the pixels under the kernel; with dilation each of them has its own frame."""
    height, width = step.kernel.shape
    if tuple(step.dilation) == (1, 1):
        cells.outline(ax, step.top, step.left, height, width, linewidth=linewidth)
        return
    for row, col in np.ndindex(height, width):
        top, left = step.top + row * step.dilation[0], step.left + col * step.dilation[1]
        cells.outline(ax, top, left, linewidth=linewidth)


def draw_output(
    ax: Axes, output: np.ndarray, *, like: np.ndarray | None = None, numbers: bool = True
) -> None:
    """Draw an output, cells not made yet (NaN) empty; `like` sets the colour scale."""
    low, high = symmetric_limits(output if like is None else like)
    draw_values(ax, output, low, high, cmap="RdBu_r", numbers=numbers)


def draw_values(
    ax: Axes,
    values: np.ndarray,
    low: float,
    high: float,
    *,
    cmap: str = "gray",
    numbers: bool = True,
) -> None:
    """Draw cells with their values on a given colour scale; NaN cells stay empty."""
    picture = ax.imshow(np.ma.masked_invalid(values), cmap=cmap, vmin=low, vmax=high)
    cells.frame_picture(ax)
    if numbers:
        cells.draw_cell_lines(ax, values.shape)
        cells.write_numbers(ax, picture, values)


def _step_figure(step: WindowStep, figsize: tuple[float, float] | None):
    """Image and output above, patch, kernel and products below."""
    kernel_rows, kernel_columns = step.kernel.shape
    image_rows, image_columns = step.padded.shape
    output_rows, output_columns = step.output.shape
    top, bottom = max(image_rows, output_rows), kernel_rows
    if figsize is None:
        share = min(1.4, top / (image_columns + output_columns))
        figsize = (5.6, 5.6 * share * 0.85 + 5.6 * bottom / (3 * kernel_columns) * 0.85 + 1.6)
    fig = plt.figure(figsize=figsize, layout="constrained")
    heights = [top / (image_columns + output_columns), bottom / (3 * kernel_columns)]
    upper, lower = fig.add_gridspec(2, 1, height_ratios=heights)
    above = upper.subgridspec(1, 2, width_ratios=[image_columns, output_columns])
    below = lower.subgridspec(1, 3)
    axes = [fig.add_subplot(spot) for spot in (above[0], above[1], below[0], below[1], below[2])]
    return fig, axes
