"""Draw a confusion matrix so that the mistakes are seen beside the many right answers."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from helpers.plotting import cells
from helpers.plotting.checks import as_numbers

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
        size = min(0.47 * classes + 0.9, 6.0)
        ax = plt.subplots(figsize=(size + 0.5, size), layout="constrained")[1]
    mistakes = np.ma.masked_array(matrix, mask=np.eye(classes, dtype=bool))
    highest = mistakes.max() if classes > 1 else 0
    colours = matplotlib.colormaps[cmap].with_extremes(bad=DIAGONAL)
    picture = ax.imshow(mistakes, cmap=colours, vmin=0, vmax=highest or 1)
    cells.frame_picture(ax)
    cells.draw_cell_lines(ax, matrix.shape)
    cells.write_numbers(ax, picture, matrix, fmt=".1f" if normalise else None)
    for text in ax.texts:
        if text.get_position()[0] == text.get_position()[1]:
            text.set_fontweight("bold")
    digits = all(name.isdigit() for name in names)
    ax.set(xticks=range(classes), xticklabels=names, yticks=range(classes), yticklabels=names)
    ax.tick_params(length=0)
    ax.set_xlabel("predicted digit" if digits else "predicted class")
    ax.set_ylabel("true digit" if digits else "true class")
    label = "mistakes, % of the true class" if normalise else "mistakes, number of images"
    ax.figure.colorbar(picture, ax=ax, label=label, shrink=0.8, aspect=25, pad=0.02)
    return ax
