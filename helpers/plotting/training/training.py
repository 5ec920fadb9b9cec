"""Draw how loss and accuracy change over the epochs of one or several trainings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.plotting.parts import cells
from helpers.plotting.parts.colours import LINES
from helpers.plotting.training.histories import Curves, read_runs

STYLES = {"": "-", "val_": "--"}
WIDTH = 4.7  # inches; a figure of up to 5 is shown whole on a phone


def plot_training_curves(
    history: Any,
    *,
    metrics: Sequence[str] = ("loss", "accuracy"),
    axes: Sequence[Axes] | Axes | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw a panel for each metric, one below the other: training solid, validation dashed.

    `history` is what `model.fit` returns, its `.history` dict, {name: history} to compare runs, or
    a list of histories (seeds): their mean as a line with a band from the smallest to the largest.
    Lists may also stand in {name: [history, ...]}. A metric's validation values are found under
    "val_" + its name and left out when there are none. Epochs count from 1. Returns the figure and
    an array of axes.
    Raises ValueError for a metric that is not there, NaN, and seeds of different length.
    """
    metrics = [metrics] if isinstance(metrics, str) else list(metrics)
    runs = read_runs(history, metrics)
    own = axes is None
    if own:  # one below the other: side by side they would leave a phone's screen
        lines = (len(runs) + 2 + 1) // 2
        figsize = figsize or (WIDTH, 0.6 + 1.9 * len(metrics) + 0.22 * lines)
        axes = plt.subplots(len(metrics), 1, figsize=figsize, layout="constrained")[1]
    axes = np.ravel(axes)
    if len(axes) != len(metrics):
        raise ValueError(f"expected {len(metrics)} axes, one for each metric, got {len(axes)}")
    for ax, metric in zip(axes, metrics, strict=True):
        longest = 1
        for index, (name, curves) in enumerate(runs.items()):
            for offset, (split, style) in enumerate(STYLES.items()):
                if split + metric in curves:
                    colour = LINES[(offset if len(runs) == 1 else index) % len(LINES)]
                    table = curves[split + metric]
                    longest = max(longest, table.shape[1])
                    _draw_curve(ax, table, style, colour, _label(name, split, len(table)))
        ax.set(xlabel="epoch", title=metric.replace("_", " "), xticks=epoch_ticks(longest))
        ax.grid(axis="y", alpha=0.3)
    _add_legend(axes, _legend_lines(runs), _common(runs), below=own)
    return axes[0].figure, axes


def epoch_ticks(epochs: int) -> list[int]:
    """Return at most nine whole epochs to mark on the axis; the first is 1."""
    if epochs <= 6:
        return list(range(1, epochs + 1))
    size = 10 ** max(len(str(epochs)) - 2, 0)
    step = next(size * digit for digit in (2, 5, 10, 20) if epochs <= 6 * size * digit)
    first = 3 if step == 2 else step
    return [1, *range(first, epochs + 1, step)]


def _draw_curve(ax: Axes, table: np.ndarray, style: str, colour: str, label: str) -> None:
    seeds, epochs = table.shape
    steps = np.arange(1, epochs + 1)
    if seeds > 1:
        low, high = table.min(axis=0), table.max(axis=0)
        ax.fill_between(steps, low, high, color=colour, alpha=0.2, linewidth=0)
    marker = "o" if epochs <= 20 else None
    line = {"linestyle": style, "color": colour, "marker": marker, "markersize": 4}
    ax.plot(steps, table.mean(axis=0), label=label, **line)


def _label(name: str, split: str, seeds: int) -> str:
    text = "validation" if split else "training"
    text = f"{name}, {text}" if name else text
    return _with_seeds(text, seeds)


def _with_seeds(text: str, seeds: int) -> str:
    return f"{text} ({seeds} seeds)" if seeds > 1 else text


def _add_legend(axes: np.ndarray, handles: list[Line2D], common: str, *, below: bool) -> None:
    """Put one legend for all panels below the figure, or into the first of somebody's panels.

    common: what holds of all runs, for the title.
    """
    banded = any(ax.collections for ax in axes)
    options = {"frameon": False, "fontsize": cells.font_size(), "handles": handles}
    options["title"] = f"line: mean{common}, band: smallest to largest" if banded else None
    if below:
        axes[0].figure.legend(loc="outside lower center", ncols=2, **options)
    else:
        axes[0].legend(**options)


def _common(runs: dict[str, Curves]) -> str:
    """Say once how many seeds several runs have, where all have as many."""
    counts = {len(next(iter(curves.values()))) for curves in runs.values()}
    alike = len(runs) > 1 and len(counts) == 1 and max(counts) > 1
    return f" of {max(counts)} seeds" if alike else ""


def _legend_lines(runs: dict[str, Curves]) -> list[Line2D]:
    """Name colours and dashes: each split of one run, or every run and then both splits."""
    seeds = {name: len(next(iter(curves.values()))) for name, curves in runs.items()}
    splits = [
        split for split in STYLES
        if any(key.startswith("val_") == bool(split) for curves in runs.values() for key in curves)
    ]
    if len(runs) == 1:
        name, count = next(iter(seeds.items()))
        return [
            Line2D([], [], linestyle=STYLES[split], color=LINES[index],
                   label=_label(name, split, count))
            for index, split in enumerate(splits)
        ]
    names = [
        Line2D([], [], color=LINES[index % len(LINES)],
               label=name if _common(runs) else _with_seeds(name, count))
        for index, (name, count) in enumerate(seeds.items())
    ]
    return names + [
        Line2D([], [], linestyle=STYLES[split], color="0.3", label=_label("", split, 1))
        for split in splits
    ]
