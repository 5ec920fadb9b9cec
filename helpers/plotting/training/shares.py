"""Draw how a batch of digits is divided among workers."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.plotting.parts.cells import frame_picture
from helpers.plotting.parts.checks import as_images, as_plane
from helpers.plotting.parts.colours import LINES, image_limits


def plot_shares(images: ArrayLike, shares: Sequence[Sequence[int]], *,
                cmap: str = "gray_r") -> tuple[Figure, np.ndarray]:
    """Draw a batch in the first row, and below it a row for each worker with its digits.

    images: (N, H, W) or (N, H, W, 1), on one colour scale. shares: for each worker the numbers of
    its digits, counted from 0. A digit stands below its place in the batch, framed in the colour of
    its worker; one that is in two shares has two such places. Returns the figure and its axes,
    shape (1 + workers, N).
    Raises ValueError for a number that no digit has, and where there is no worker.
    """
    images = [as_plane(image, "each digit") for image in as_images(images)]
    if not len(shares):
        raise ValueError("shares must have an entry for each worker, got none")
    for number in (number for share in shares for number in share):
        if not 0 <= number < len(images):
            raise ValueError(f"a share names digit {number}, but the digits are 0 to "
                             f"{len(images) - 1}")
    rows, columns = 1 + len(shares), len(images)
    fig, axes = plt.subplots(rows, columns, squeeze=False, layout="constrained",
                             figsize=(4.8, 0.25 + rows * min(0.65, 4.0 / columns)))
    low, high = image_limits(*images)
    for row, share in enumerate([range(columns), *shares]):
        colour = "0.45" if row == 0 else LINES[(row - 1) % len(LINES)]
        for column, ax in enumerate(axes[row]):
            frame_picture(ax)
            if column in share:
                ax.imshow(images[column], cmap=cmap, vmin=low, vmax=high)
            for spine in ax.spines.values():
                spine.set(color=colour, linewidth=2.0, visible=column in share)
        axes[row, 0].set_ylabel("batch" if row == 0 else f"worker {row - 1}", rotation=0,
                                ha="right", va="center")
    return fig, axes


def plot_ring(history: Sequence[Sequence[Sequence[str]]], *,
              columns: int = 3) -> tuple[Figure, np.ndarray]:
    """Draw what each worker holds of each piece, at the start and after each step of a ring.

    history: for each moment a table, a row for each worker and a column for each piece, of texts
    that name who has gone into the sum. The more have, the darker the cell; what changed since the
    moment before is framed. Returns the figure and its axes, one for each moment, spare ones off.
    Raises ValueError for tables of different shapes.
    """
    tables = [np.asarray(table, dtype=str) for table in history]
    shapes = {table.shape for table in tables}
    if len(shapes) != 1 or tables[0].ndim != 2:
        raise ValueError(f"history must hold tables of one shape, got shapes {sorted(shapes)}")
    workers = len(tables[0])
    rows = -(-len(tables) // columns)
    fig, axes = plt.subplots(rows, columns, squeeze=False, layout="constrained",
                             figsize=(4.8, rows * (0.5 + 0.34 * workers)))
    for ax in axes.ravel()[len(tables):]:
        ax.axis("off")
    for moment, (table, ax) in enumerate(zip(tables, axes.ravel(), strict=False)):
        ax.imshow(np.char.str_len(table), cmap="Blues", vmin=0, vmax=1.6 * workers, aspect="auto")
        ax.set(xticks=[], yticks=range(workers), ylim=(workers - 0.5, -0.5),
               title="start" if moment == 0 else f"step {moment}")
        ax.tick_params(length=0)
        ax.set_yticklabels(range(workers))
        for (worker, piece), text in np.ndenumerate(table):
            ax.text(piece, worker, text, ha="center", va="center")
            if moment and table[worker, piece] != tables[moment - 1][worker, piece]:
                _frame(ax, worker, piece)
    return fig, axes


def _frame(ax: Axes, worker: int, piece: int) -> None:
    ax.add_patch(plt.Rectangle((piece - 0.46, worker - 0.46), 0.92, 0.92, fill=False,
                               edgecolor=LINES[3], linewidth=2))
