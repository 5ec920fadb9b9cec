"""Draw one step of a pooling."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.plotting.parts import cells
from helpers.plotting.parts.colours import RESULT, image_limits
from helpers.plotting.parts.images import NUMBERS_UP_TO, plot_image
from helpers.reference.sliding import PoolingStep


def plot_pooling_step(
    step: PoolingStep, *, axes: Sequence[Axes] | None = None
) -> tuple[Figure, np.ndarray]:
    """Draw one step: the window on the image, its pixels, the output with the new cell marked.

    `step` comes from `helpers.reference.sliding`, pooling_step. In max pooling the largest pixels
    of the patch are framed. All three share one grey scale. Returns the figure and its three axes:
    image, patch, output. Raises ValueError when `axes` are not three.
    """
    own = axes is None
    if own:
        widths = [step.image.shape[1], step.patch.shape[1], step.output.shape[1]]
        tall = max(step.image.shape[0], step.output.shape[0])
        cell = min(3.5 / sum(widths), 0.5)  # with the arrows below 5 inches: fits a phone
        size = (cell * sum(widths) + 1.2, cell * tall + 0.85)
        fig, axes = plt.subplots(1, 3, figsize=size, width_ratios=widths, layout="constrained")
    axes = np.ravel(axes)
    if len(axes) != 3:
        raise ValueError(f"expected 3 axes (image, patch, output), got {len(axes)}")
    fig = axes[0].figure
    low, high = image_limits(step.image)
    names = ("image", "patch", "output")
    arrays = (step.image, step.patch, step.output)
    for ax, values, name in zip(axes, arrays, names, strict=True):
        numbers = max(values.shape) <= NUMBERS_UP_TO
        plot_image(values, ax=ax, numbers=numbers, title=name, vmin=low, vmax=high)
    for ax in axes[1:]:
        ax.set_ylabel("\N{RIGHTWARDS ARROW}", rotation=0, va="center", labelpad=14, fontsize=16)
    cells.outline(axes[0], step.top, step.left, *step.patch.shape)
    if step.mode == "max":
        for row, col in np.argwhere(step.patch == step.value):
            cells.outline(axes[1], row, col, color=RESULT)
    cells.outline(axes[2], step.row, step.col, color=RESULT)
    name = "max" if step.mode == "max" else "mean"
    value = cells.number_texts([step.value])[0]
    axes[1].set_xlabel(f"{name} = {value}", color=RESULT, weight="bold")
    if own:
        fig.supxlabel("one grey scale for all three", fontsize=cells.font_size())
    return fig, axes
