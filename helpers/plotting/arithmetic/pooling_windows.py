"""Draw a pooling whole: each window of the image in the tint of the cell that it becomes."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_plane
from helpers.plotting.parts.images import NUMBERS_UP_TO

# Okabe-Ito, mixed with white until black numbers read well on each
TINTS = ("#B3D9F0", "#F9DFA8", "#A8DCCB", "#F2C4A3", "#E9CBDC", "#D5ECF9", "#FAF5B4", "#D9D9D9")


def plot_pooling(
    image: ArrayLike,
    output: ArrayLike,
    *,
    pool_size: int | tuple[int, int] = 2,
    titles: tuple[str, str] = ("image", "output"),
    fmt: str | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw an image and its pooled output; a window and its output cell have the same tint.

    For windows that lie side by side (stride = `pool_size`), up to 10x10 cells. Rows and columns
    that no window covers stay white. The tints only tell windows apart, they are no scale.
    Returns the figure and its two axes. Raises ValueError when `output` has another shape than
    the windows give, or when `image` is too large for numbers.
    """
    image, output = as_plane(image, "image"), as_plane(output, "output")
    height, width = (pool_size, pool_size) if isinstance(pool_size, int) else pool_size
    expected = (image.shape[0] // height, image.shape[1] // width)
    if output.shape != expected:
        raise ValueError(
            f"{height}x{width} windows side by side on an image of shape {image.shape} give an "
            f"output of shape {expected}, got {output.shape}"
        )
    if max(image.shape) > NUMBERS_UP_TO:
        limit = f"{NUMBERS_UP_TO}x{NUMBERS_UP_TO}"
        raise ValueError(f"image must be at most {limit}, got shape {image.shape}")
    # One step to the right, three steps down: no window has the tint of a neighbour.
    rows, columns = np.indices(expected)
    tints = (3 * rows + columns) % len(TINTS)
    spread = np.full(image.shape, np.nan)
    covered = np.kron(tints, np.ones((height, width)))
    spread[: covered.shape[0], : covered.shape[1]] = covered

    sides = [image.shape[1], output.shape[1]]
    cell = min(4.0 / sum(sides), 0.55)
    size = (cell * sum(sides) + 0.6, cell * image.shape[0] + 0.5)
    fig, axes = plt.subplots(1, 2, figsize=size, width_ratios=sides, layout="constrained")
    for ax, values, colours, title in zip(
        axes, (image, output), (spread, tints), titles, strict=True
    ):
        picture = ax.imshow(colours, cmap=ListedColormap(TINTS), vmin=0, vmax=len(TINTS) - 1)
        cells.frame_picture(ax)
        cells.draw_cell_lines(ax, values.shape)
        cells.write_numbers(ax, picture, values, fmt=fmt, color="black")
        ax.set_title(title)
    for row, col in np.ndindex(expected):
        cells.outline(axes[0], row * height, col * width, height, width, color="0.2", linewidth=2)
        cells.outline(axes[1], row, col, color="0.2", linewidth=2)
    return fig, axes
