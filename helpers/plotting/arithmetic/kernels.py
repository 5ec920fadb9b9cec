"""Draw one kernel with its weights."""

from __future__ import annotations

from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_kernel
from helpers.plotting.parts.colours import SIGNED, symmetric_limits
from helpers.plotting.parts.images import NUMBERS_UP_TO
from helpers.plotting.parts.layout import cell_axes


def plot_kernel(
    kernel: ArrayLike,
    *,
    ax: Axes | None = None,
    numbers: bool = True,
    cmap: str = SIGNED,
    limit: float | None = None,
    title: str | None = None,
    colorbar: bool = False,
    fmt: str | None = None,
    **imshow_kwargs,
) -> Axes:
    """Draw one kernel: red above zero, blue below, white at zero, the weight in each cell.

    `kernel` is (h, w), (h, w, 1) or (h, w, 1, 1). The colour scale runs from -limit to limit;
    `limit=None` takes the largest absolute weight. Give the same limit to kernels to compare.
    Kernels larger than 10x10 are drawn without numbers, which would not fit.
    Raises ValueError for other shapes, for NaN and for a limit that is not positive.
    """
    kernel = as_kernel(kernel)
    if limit is not None and not limit > 0:
        raise ValueError(f"limit must be positive, got {limit}")
    low, high = symmetric_limits(kernel) if limit is None else (-limit, limit)
    numbers = numbers and max(kernel.shape) <= NUMBERS_UP_TO
    if ax is None:
        texts = cells.number_texts(kernel, fmt) if numbers else None
        ax = cell_axes(*kernel.shape, texts, colorbar=colorbar)
    if imshow_kwargs.get("norm") is None:
        imshow_kwargs = {"vmin": low, "vmax": high} | imshow_kwargs
    picture = ax.imshow(kernel, cmap=cmap, **imshow_kwargs)
    cells.frame_picture(ax)
    cells.draw_cell_lines(ax, kernel.shape)
    if numbers:
        cells.write_numbers(ax, picture, kernel, fmt=fmt)
    if title is not None:
        ax.set_title(title)
    if colorbar:
        ax.figure.colorbar(picture, ax=ax, label="weight", shrink=0.9)
    return ax
