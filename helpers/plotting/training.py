"""Draw how loss and accuracy change over the epochs of one or several trainings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.plotting.histories import read_runs

SPLITS = ("", "val_")
STYLES = ("-", "--")


def plot_training_curves(
    history: Any,
    *,
    metrics: Sequence[str] = ("loss", "accuracy"),
    axes: Sequence[Axes] | Axes | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw one panel for each metric: training solid, validation dashed, epochs from 1.

    `history` is what `model.fit` returns, its `.history` dict, {name: history} to compare runs, or
    a list of histories (seeds): their mean as a line with a band from the smallest to the largest.
    Lists may also stand in {name: [history, ...]}. A metric's validation values are found under
    "val_" + its name and left out when there are none. Returns the figure and an array of axes.
    Raises ValueError for a metric that is not there, NaN, and seeds of different length.
    """
    metrics = [metrics] if isinstance(metrics, str) else list(metrics)
    runs = read_runs(history, metrics)
    if axes is None:
        figsize = figsize or (min(3.1 * len(metrics), 6.2), 3.1)
        fig, axes = plt.subplots(1, len(metrics), figsize=figsize, layout="constrained")
        own = True
    else:
        fig, own = np.ravel(axes)[0].figure, False
    axes = np.ravel(axes)
    if len(axes) != len(metrics):
        raise ValueError(f"expected {len(metrics)} axes, one for each metric, got {len(axes)}")
    for ax, metric in zip(axes, metrics, strict=True):
        for index, (name, curves) in enumerate(runs.items()):
            colours = ("C0", "C1") if len(runs) == 1 else (f"C{index}", f"C{index}")
            for split, style, colour in zip(SPLITS, STYLES, colours, strict=True):
                if split + metric in curves:
                    _draw_curve(ax, curves[split + metric], style, colour, _label(name, split))
        ax.set(xlabel="epoch", ylabel=metric.replace("_", " "), title=metric.replace("_", " "))
        ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
        ax.set_ylabel("")
    _add_legend(fig, axes, own=own)
    return fig, axes


def _draw_curve(ax: Axes, curves: np.ndarray, style: str, colour: str, label: str) -> None:
    seeds, epochs = curves.shape
    steps = np.arange(1, epochs + 1)
    if seeds > 1:
        label = f"{label}, mean of {seeds} seeds"
        low, high = curves.min(axis=0), curves.max(axis=0)
        ax.fill_between(steps, low, high, color=colour, alpha=0.2, linewidth=0)
    marker = "o" if epochs <= 20 else None
    ax.plot(
        steps, curves.mean(axis=0), style, color=colour, marker=marker, markersize=4, label=label
    )


def _label(name: str, split: str) -> str:
    split = "validation" if split else "training"
    return f"{name}, {split}" if name else split


def _add_legend(fig: Figure, axes: np.ndarray, *, own: bool) -> None:
    entries: dict[str, Any] = {}
    for ax in axes:
        handles, labels = ax.get_legend_handles_labels()
        entries = dict(zip(labels, handles, strict=True)) | entries
    banded = any(ax.collections for ax in axes)
    title = "band: smallest to largest" if banded else None
    if own:
        longest = max(len(label) for label in entries)
        columns = 1 if longest > 34 else 2
        fig.legend(
            entries.values(), entries.keys(), loc="outside lower center", ncols=columns,
            frameon=False, title=title,
        )
    else:
        axes[0].legend(entries.values(), entries.keys(), frameon=False, title=title)
