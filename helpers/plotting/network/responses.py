"""Draw filters with what they answer: each kernel above its response map."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import whole_number
from helpers.plotting.arithmetic.kernels import plot_kernel
from helpers.plotting.parts.checks import as_kernel, as_plane
from helpers.plotting.parts.colours import SIGNED, symmetric_limits
from helpers.plotting.parts.images import plot_image

KERNEL_INCHES = 1.3
KERNEL_NUMBERS_UP_TO = 5


def plot_responses(
    kernels: Sequence[ArrayLike],
    responses: Sequence[ArrayLike],
    *,
    titles: Sequence[str] | None = None,
    numbers: bool | None = None,
    columns: int | None = None,
    limit: float | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw kernels with the response map of each below it.

    Each kernel is (h, w), each response (H, W), both also with trailing axes of length one. Red is
    above zero, blue below. The response maps share one colour scale, which is drawn under them and
    ends at -limit and limit (None: at the largest of them, so that no answer is cut);
    the kernels share another, and their weights are written when they are at most 5x5.
    `numbers=None` writes the responses up to 10x10; `columns=None` puts all filters side by side.
    Returns the figure and its axes (2, filters), kernels first.
    Raises ValueError when there is no kernel, when kernels, responses and titles differ in number,
    and for a limit that is not positive.
    """
    kernels = [as_kernel(kernel, "each kernel") for kernel in kernels]
    responses = [as_plane(response, "each response") for response in responses]
    count = len(kernels)
    if not kernels or count != len(responses):
        raise ValueError(
            "expected as many responses as kernels, at least one of each, "
            f"got {count} kernels and {len(responses)} responses"
        )
    if titles is not None and len(titles) != count:
        raise ValueError(f"expected {count} titles, one for each kernel, got {len(titles)}")
    if limit is not None and not limit > 0:
        raise ValueError(f"limit must be positive, got {limit}")
    columns = count if columns is None else min(whole_number(columns, "columns"), count)
    rows = -(-count // columns)
    each = min(4.8 / columns, 2.4)
    tall = max(height / width for height, width in (r.shape for r in responses))
    figsize = figsize or (each * columns, rows * (KERNEL_INCHES + each * tall) + 1.3)
    fig, axes = plt.subplots(
        2 * rows,
        columns,
        figsize=figsize,
        squeeze=False,
        height_ratios=[KERNEL_INCHES, each * tall] * rows,
        layout="constrained",
    )
    for spare in axes.reshape(rows, 2, columns).swapaxes(1, 2).reshape(-1, 2)[count:].ravel():
        spare.axis("off")
    axes = np.array([axes[0::2].ravel()[:count], axes[1::2].ravel()[:count]])
    _, weight_limit = symmetric_limits(*kernels)
    low, high = symmetric_limits(*responses)
    cut = limit is not None and limit < high
    low, high = (low, high) if limit is None else (-limit, limit)
    for index, (kernel, response) in enumerate(zip(kernels, responses, strict=True)):
        title = None if titles is None else titles[index]
        write = max(kernel.shape) <= KERNEL_NUMBERS_UP_TO
        plot_kernel(kernel, ax=axes[0, index], limit=weight_limit, numbers=write, title=title)
        plot_image(
            response, ax=axes[1, index], cmap=SIGNED, numbers=numbers, vmin=low, vmax=high
        )
    fig.colorbar(
        axes[1, 0].images[0],
        ax=list(axes[1, -columns:]),
        label="response (one scale for all)",
        location="bottom",
        extend="both" if cut else "neither",
        shrink=0.6,
        aspect=30,
        pad=0.03,
    )
    return fig, axes
