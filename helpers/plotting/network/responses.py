"""Draw filters with what they answer: each kernel above its response map."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

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
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw kernels in the upper row and the response map of each below it.

    Each kernel is (h, w), each response (H, W), both also with trailing axes of length one. Red is
    above zero, blue below. The response maps share one colour scale, which is drawn under them;
    the kernels share another, and their weights are written when they are at most 5x5.
    `numbers=None` writes the responses up to 10x10. Returns the figure and its axes (2, filters).
    Raises ValueError when there is no kernel, or kernels, responses and titles differ in number.
    """
    kernels = [as_kernel(kernel, "each kernel") for kernel in kernels]
    responses = [as_plane(response, "each response") for response in responses]
    if not kernels or len(kernels) != len(responses):
        raise ValueError(
            "expected as many responses as kernels, at least one of each, "
            f"got {len(kernels)} kernels and {len(responses)} responses"
        )
    if titles is not None and len(titles) != len(kernels):
        raise ValueError(f"expected {len(kernels)} titles, one for each kernel, got {len(titles)}")
    each = min(4.8 / len(kernels), 2.4)
    tall = max(rows / columns for rows, columns in (r.shape for r in responses))
    figsize = figsize or (each * len(kernels), KERNEL_INCHES + each * tall + 1.3)
    fig, axes = plt.subplots(
        2,
        len(kernels),
        figsize=figsize,
        squeeze=False,
        height_ratios=[KERNEL_INCHES, each * tall],
        layout="constrained",
    )
    _, weight_limit = symmetric_limits(*kernels)
    low, high = symmetric_limits(*responses)
    for index, (kernel, response) in enumerate(zip(kernels, responses, strict=True)):
        title = None if titles is None else titles[index]
        write = max(kernel.shape) <= KERNEL_NUMBERS_UP_TO
        plot_kernel(kernel, ax=axes[0, index], limit=weight_limit, numbers=write, title=title)
        plot_image(
            response, ax=axes[1, index], cmap=SIGNED, numbers=numbers, vmin=low, vmax=high
        )
    fig.colorbar(
        axes[1, 0].images[0],
        ax=list(axes[1]),
        label="response (one scale for all)",
        location="bottom",
        shrink=0.6,
        aspect=30,
        pad=0.03,
    )
    return fig, axes
