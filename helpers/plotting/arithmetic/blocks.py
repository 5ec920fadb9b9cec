"""Draw a filter for several channels as a block: a slice of weights for each channel."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.colours import LINE

TINTS = ("#F7CFC4", "#CFE8D5", "#CBDDF4")  # red, green, blue, pale enough to read a number on
NAMES = ("red", "green", "blue")
LEAN, TALL, GAP = 0.45, 0.62, 0.55  # a cell leans to the right, is flat, and leaves room below
BETWEEN = 1.3  # cells
MOST_CHARACTERS = 3
TITLES = ("patch: the pixels", "filter: the weights")


def plot_filter_block(
    patch: ArrayLike, weights: ArrayLike, *, ax: Axes | None = None
) -> Axes:
    """Draw the pixels under a filter and its weights, each as a block of three slices.

    `patch` and `weights` are (height, width, 3), at most 3x3: red on top, then green, then blue.
    Each slice of weights stands beside the channel on which it lies. Numbers of more than three
    characters would not fit into the cells, and are left out.
    Raises ValueError when the two differ in shape, or are no such blocks.
    """
    patch, weights = np.asarray(patch), np.asarray(weights)
    if patch.shape != weights.shape or patch.ndim != 3 or patch.shape[2] != len(NAMES):
        raise ValueError("patch and weights must both have shape (height, width, 3), "
                         f"got {patch.shape} and {weights.shape}")
    if not 1 <= max(patch.shape[:2]) <= 3 or patch.size == 0:
        raise ValueError(f"patch and weights must be at most 3x3 and not empty, got {patch.shape}")
    rows, columns, _ = patch.shape
    width, height = columns + LEAN * rows, rows * TALL
    if ax is None:
        _, ax = plt.subplots(figsize=(4.8, 0.6 + 0.42 * len(NAMES) * (height + GAP)),
                             layout="constrained")
    starts = (0.0, width + BETWEEN)
    for channel, name in enumerate(NAMES):
        top = channel * (height + GAP)
        for start, block in zip(starts, (patch, weights), strict=True):
            _draw_slice(ax, block[:, :, channel], start, top, TINTS[channel])
        middle = top + height / 2
        ax.text(-0.3, middle, name, ha="right", va="center", fontsize=cells.font_size())
        ax.text(width + BETWEEN / 2, middle, "\N{MULTIPLICATION SIGN}", ha="center", va="center",
                fontsize=16)
    for start, title in zip(starts, TITLES, strict=True):
        ax.text(start + width / 2, -0.35, title, ha="center", va="bottom",
                fontsize=cells.font_size())
    ax.set(xlim=(-1.9, 2 * width + BETWEEN + 0.1), ylim=(3 * (height + GAP) - GAP + 0.1, -1.1),
           aspect="equal")
    ax.axis("off")
    return ax


def _draw_slice(ax: Axes, values: np.ndarray, left: float, top: float, tint: str) -> None:
    """Draw one slice, seen slantwise from above, with the number in each cell."""
    rows, columns = values.shape
    texts = cells.number_texts(values)
    written = max(map(len, texts.ravel())) <= MOST_CHARACTERS
    for row, column in np.ndindex(rows, columns):
        upper, lower = LEAN * (rows - row), LEAN * (rows - row - 1)
        x, y = left + column, top + row * TALL
        corners = [(x + upper, y), (x + upper + 1, y), (x + lower + 1, y + TALL),
                   (x + lower, y + TALL)]
        ax.add_patch(Polygon(corners, facecolor=tint, edgecolor=LINE, linewidth=0.8))
        if written:
            ax.text(x + (upper + lower + 1) / 2, y + TALL / 2, texts[row, column], ha="center",
                    va="center", fontsize=cells.font_size())
