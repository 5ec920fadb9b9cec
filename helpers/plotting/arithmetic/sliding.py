"""Draw one step of the sliding window."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.plotting.arithmetic.kernels import plot_kernel
from helpers.plotting.arithmetic.padding import draw_padded
from helpers.plotting.parts import cells
from helpers.plotting.parts.colours import RESULT, SIGNED, image_limits, symmetric_limits
from helpers.plotting.parts.images import NUMBERS_UP_TO, plot_image
from helpers.reference.sliding import WindowStep

SIGNS = ("\N{RIGHTWARDS ARROW}", "\N{MULTIPLICATION SIGN}", "=")
NOT_MADE = "0.85"


def plot_window_step(
    step: WindowStep,
    *,
    so_far: bool = False,
    axes: Sequence[Axes] | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw one step: the window on the image, patch x kernel = products, their sum in the output.

    `step` comes from `helpers.reference.sliding`. Returns the figure and its five axes: image,
    output, patch, kernel, products. Image and patch share one grey scale; kernel, products and
    output are red above zero and blue below, each with its own scale. With `so_far` the cells of
    the output that come after this step are grey and empty: they are not made yet.
    Products whose numbers would not fit beside patch and kernel stand below them.
    Raises ValueError when `axes` are not five.
    """
    own = axes is None
    above = below = np.inf
    if own:
        fig, axes, (above, below) = _step_axes(step, figsize)
    axes = np.ravel(axes)
    if len(axes) != 5:
        raise ValueError(
            f"expected 5 axes (image, output, patch, kernel, products), got {len(axes)}"
        )
    fig = axes[0].figure
    image, output, patch, kernel, products = axes
    low, high = image_limits(step.image)
    small = max(step.padded.shape) <= NUMBERS_UP_TO and bool(
        cells.fitting_font(cells.number_texts(step.image), above)
    )
    draw_padded(image, step.image, step.padding, numbers=small, vmin=low, vmax=high)
    outline_window(image, step)
    image.set_title("image")
    sums = without_round_off(step)
    font = cells.fitting_font(cells.number_texts(sums), above)
    small = max(sums.shape) <= NUMBERS_UP_TO and font is not None
    made = np.arange(sums.size).reshape(sums.shape) <= step.row * sums.shape[1] + step.col
    shown = np.where(made, sums, np.nan) if so_far else sums
    draw_output(output, shown, like=sums, numbers=small, fontsize=font)
    cells.outline(output, step.row, step.col, color=RESULT)
    output.set_title("output")
    texts = [cells.number_texts(values) for values in (step.patch, step.kernel, step.products)]
    fits = cells.fitting_font(np.array(texts), below) is not None
    small = max(step.kernel.shape) <= NUMBERS_UP_TO and fits
    plot_image(step.patch, ax=patch, numbers=small, title="patch", vmin=low, vmax=high)
    plot_kernel(step.kernel, ax=kernel, numbers=small, title="kernel")
    plot_kernel(step.products, ax=products, numbers=small, title="products")
    total = cells.number_texts(sums)[step.row, step.col]
    products.set_xlabel(f"sum = {total}", color=RESULT, weight="bold")
    for ax, sign in zip((output, kernel, products), SIGNS, strict=True):
        ax.set_ylabel(sign, rotation=0, va="center", labelpad=14, fontsize=16)
    if own:
        fig.supxlabel(
            "Image and patch share one grey scale.\n"
            "Kernel, products and output: red above 0,\nblue below, each its own scale.",
            fontsize=cells.font_size(),
        )
    return fig, axes


def without_round_off(step: WindowStep) -> np.ndarray:
    """Return the output with 0 where the sum is 0 but for rounding, such as 6e-17.

    Else a flat image under a kernel that sums to zero would be drawn as a map of strong colours.
    """
    largest = np.max(np.abs(step.padded)) * np.max(np.abs(step.kernel))
    return np.where(np.abs(step.output) < 1e-9 * largest, 0, step.output)


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
    ax: Axes,
    output: np.ndarray,
    *,
    like: np.ndarray | None = None,
    numbers: bool = True,
    fontsize: float | None = None,
) -> None:
    """Draw an output, red above zero and blue below; cells not made yet (NaN) are grey.

    `like` is the array that sets the colour scale, the output itself when there is none.
    """
    low, high = symmetric_limits(output if like is None else like)
    values = np.ma.masked_invalid(output)
    colours = matplotlib.colormaps[SIGNED].with_extremes(bad=NOT_MADE)
    picture = ax.imshow(values, cmap=colours, vmin=low, vmax=high)
    cells.frame_picture(ax)
    cells.draw_cell_lines(ax, output.shape)
    if numbers:
        cells.write_numbers(ax, picture, output, fontsize=fontsize or cells.font_size())


def _step_axes(
    step: WindowStep, figsize: tuple[float, float] | None
) -> tuple[Figure, list[Axes], tuple[float, float]]:
    """Image and output above, patch, kernel and products below; and the widths of their cells."""
    widths = [step.padded.shape[1], step.output.shape[1]]
    tall, wide = max(step.padded.shape[0], step.output.shape[0]), step.kernel.shape[1]
    texts = [cells.number_texts(values) for values in (step.kernel, step.products, step.output)]
    needed = cells.cell_inches(np.concatenate([text.ravel() for text in texts]), least=0.45)
    above, below = min(needed, 4.0 / sum(widths)), min(needed, 3.4 / (3 * wide))
    abreast = 3
    written = np.concatenate([text.ravel() for text in texts[:2]])
    stacked = min(needed, 3.6 / (2 * wide))
    if not cells.fitting_font(written, below) and cells.fitting_font(written, stacked):
        abreast, below = 2, stacked
    heights = [above * tall + 0.4] + [below * step.kernel.shape[0] + 0.5] * (4 - abreast)
    if figsize is None:
        width = max(above * sum(widths) + 0.8, abreast * below * wide + 1.2, 3.9)
        figsize = (width, sum(heights) + 0.65)
    fig = plt.figure(figsize=figsize, layout="constrained")
    fig.get_layout_engine().set(h_pad=0.07)
    upper, *lower = fig.add_gridspec(len(heights), 1, height_ratios=heights)
    spots = [*upper.subgridspec(1, 2, width_ratios=widths), *lower[0].subgridspec(1, abreast)]
    return fig, [fig.add_subplot(spot) for spot in spots + lower[1:]], (above, below)
