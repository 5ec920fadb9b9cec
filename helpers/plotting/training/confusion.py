"""Draw a confusion matrix so that the mistakes are seen beside the many right answers."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_numbers
from helpers.plotting.parts.colours import FAINT_TEXT

DIAGONAL = "0.9"


def plot_confusion_matrix(
    matrix: ArrayLike,
    *,
    class_names: Sequence[str] | None = None,
    ax: Axes | None = None,
    normalise: bool = False,
    cmap: str = "Blues",
) -> Axes:
    """Draw a confusion matrix; colour shows the mistakes only, the diagonal is bold on grey.

    `matrix` is (classes, classes), rows true and columns predicted, counts. `normalise` writes
    each cell as per cent of its row; a class without examples keeps zeros.
    Raises ValueError for a matrix that is not square, for negative counts and for NaN.
    """
    matrix = as_numbers(matrix, "matrix")
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"matrix must be square (classes, classes), got shape {matrix.shape}")
    if matrix.min() < 0:
        raise ValueError(f"matrix must hold counts of at least 0, got {matrix.min():g}")
    classes = len(matrix)
    names = [str(name) for name in (range(classes) if class_names is None else class_names)]
    if len(names) != classes:
        raise ValueError(f"expected {classes} class names, got {len(names)}")
    if normalise:
        totals = matrix.sum(axis=1, keepdims=True)
        matrix = 100 * matrix / np.where(totals == 0, 1, totals)
    if ax is None:
        # Ten classes are seen whole on a phone; "100.0" in bold needs more than four figures do.
        cell = min(0.45 if normalise else 0.42, 4.5 / classes)
        size = max(cell * classes, 2.0)
        ax = plt.subplots(figsize=(size + 0.7, size + 1.3), layout="constrained")[1]
    right = np.eye(classes, dtype=bool)
    mistakes = np.ma.masked_array(matrix, mask=right)
    highest = mistakes.max() if classes > 1 else 0
    colours = matplotlib.colormaps[cmap].with_extremes(bad=DIAGONAL)
    picture = ax.imshow(mistakes, cmap=colours, vmin=0, vmax=highest or 1)
    cells.frame_picture(ax)
    cells.draw_cell_lines(ax, matrix.shape)
    known = np.where(matrix == 0, np.nan, matrix)
    # At 10 points four bold figures fit into a cell of ten classes.
    style = {"fmt": ".1f" if normalise else None, "fontsize": 10}
    cells.write_numbers(ax, picture, np.where(right, np.nan, known), **style)
    cells.write_numbers(ax, picture, np.where(right, known, np.nan), weight="bold", **style)
    zeros = np.where(matrix == 0, 0, np.nan)
    cells.write_numbers(ax, picture, zeros, color=FAINT_TEXT, fontsize=10)
    digits = all(name.isdigit() for name in names)
    ax.set(xticks=range(classes), xticklabels=names, yticks=range(classes), yticklabels=names)
    ax.tick_params(length=0)
    kind = "digit" if digits else "class"
    ax.set(xlabel=f"predicted {kind}", ylabel=f"true {kind}")
    label = f"mistakes, % of the true {kind}" if normalise else "mistakes, number"
    ticks = None if normalise else MaxNLocator(nbins=6, integer=True)
    where = {"location": "bottom", "aspect": 30, "shrink": 0.8, "pad": 0.02}
    ax.figure.colorbar(picture, ax=ax, label=label, ticks=ticks, **where)
    return ax
