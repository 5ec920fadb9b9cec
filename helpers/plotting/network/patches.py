"""Draw pieces cut out of images, such as those that excite a filter most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_images, as_numbers, as_titles
from helpers.plotting.parts.colours import image_limits
from helpers.plotting.parts.images import plot_image
from helpers.plotting.parts.panels import limit_texts, panel_grid


def plot_patches(
    patches: ArrayLike | Sequence[ArrayLike],
    *,
    values: ArrayLike | None = None,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    value_name: str = "response",
    cmap: str = "gray",
    fmt: str | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw patches in a grid on one scale, which stands below; `values` are written above them.

    `patches` is (n, h, w), (n, h, w, 1), (n, h, w, 3), a list of such patches or one (h, w).
    `values` is (n,), one number for each patch, called `value_name`; `fmt` is their format, as
    ".2f". `titles` stand above the values.
    Returns the figure and an array of axes (rows, columns); spare axes are switched off.
    Raises ValueError for other shapes, NaN, more than 100 patches, and when patches, values and
    titles differ in number.
    """
    patches = as_images(patches, "patches")
    titles = as_titles(titles, len(patches), "patch")
    note = []
    if values is not None:
        values = as_numbers(values, "values")
        if values.shape != (len(patches),):
            raise ValueError(
                f"values must have shape ({len(patches)},), one for each patch, got {values.shape}"
            )
        texts = cells.number_texts(values, fmt)
        titles = [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)
                  ] if titles else texts.tolist()
        note.append(f"above each patch: {value_name}")
    grey = [patch for patch in patches if patch.ndim == 2]
    limits = image_limits(*grey, cmap=cmap) if grey else (None, None)
    if grey:
        text = limit_texts(limits)
        note.append(f"scale {text}" if len(patches) == 1 else f"one scale for all: {text}")
    fig, axes = panel_grid(
        patches, columns=columns, titles=titles, figsize=figsize, below=0.1 + 0.2 * len(note)
    )
    options = {"cmap": cmap, "vmin": limits[0], "vmax": limits[1], "numbers": False}
    names = titles or [None] * len(patches)
    for ax, patch, title in zip(axes.ravel(), patches, names, strict=False):
        plot_image(patch, ax=ax, title=title, **options)
    fig.supxlabel("\n".join(note), fontsize=cells.font_size())
    return fig, axes
