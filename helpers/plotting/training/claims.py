"""Draw measured runs of a claim: their curves, seed by seed, and their mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from helpers.plotting.parts.colours import LINES

PANELS = ("loss", "accuracy")


def plot_run_curves(
    runs: Mapping[str, Sequence[Mapping[str, Sequence[float | None]]]],
    *,
    axes: Sequence[Axes] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw every run as a line: loss and accuracy over the epochs, for each {name: histories}.

    Training is solid, what was watched beside it ("val_") dashed. Unlike `plot_training_curves`,
    the runs of a name may have different numbers of epochs, as early stopping leaves them; a run of
    one epoch is a dot, and a value that was not finite (None) leaves a gap.
    Returns the figure and an array of two axes. Raises ValueError when there is nothing to draw.
    """
    if not runs or not all(runs.values()):
        raise ValueError("runs must hold at least one history for each name, got none")
    own = axes is None
    if own:
        axes = plt.subplots(1, 2, figsize=(4.7, 2.9 + 0.22 * len(runs)), layout="constrained")[1]
    watched = False
    for ax, metric in zip(np.ravel(axes), PANELS, strict=True):
        for number, histories in enumerate(runs.values()):
            for history in histories:
                for key, style in ((metric, "-"), (f"val_{metric}", "--")):
                    if key in history:
                        watched = watched or style == "--"
                        heights = np.array(history[key], dtype=float)
                        ax.plot(np.arange(1, len(heights) + 1), heights, style, marker="o",
                                markersize=3, linewidth=1.2, color=LINES[number], alpha=0.7)
        ax.set(xlabel="epoch", title=metric)
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True, min_n_ticks=1))
        ax.grid(axis="y", alpha=0.3)
    handles = [Line2D([], [], color=LINES[number], label=_with_seeds(name, len(histories)))
               for number, (name, histories) in enumerate(runs.items())]
    handles += [Line2D([], [], color="0.3", linestyle=style, label=label)
                for label, style in (("training", "-"), ("watched beside it", "--"))
                if watched or style == "-"]
    np.ravel(axes)[0].figure.legend(
        handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=10,
        handlelength=1.2, columnspacing=1.0)
    return np.ravel(axes)[0].figure, np.ravel(axes)


def plot_errors(
    errors: Mapping[str, Sequence[float]],
    claimed: Mapping[str, float] | None = None,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw the share of wrong answers of every run, a line of dots for each {name: errors}.

    claimed: what was claimed for some of the names, drawn as a cross. The scale is logarithmic, so
    errors of 1 % and of 2 % stand as far apart as those of 10 % and of 20 %.
    Raises ValueError for an error outside (0, 1], which such a scale cannot hold.
    """
    if not errors:
        raise ValueError("errors must hold at least one row, got none")
    for name, values in errors.items():
        if not len(values) or not all(0 < value <= 1 for value in values):
            raise ValueError(f"errors of {name!r} must lie in (0, 1], got {list(values)}")
    if ax is None:
        ax = plt.subplots(figsize=(4.7, 1.2 + 0.32 * len(errors)), layout="constrained")[1]
    names = list(errors)
    for height, name in enumerate(names):
        ax.plot(100 * np.asarray(errors[name]), np.full(len(errors[name]), height), "o",
                color=LINES[0], alpha=0.6)
        if claimed and name in claimed:
            ax.plot(100 * claimed[name], height, "x", color=LINES[3], markersize=9,
                    markeredgewidth=2)
    ax.set_xscale("log")
    ax.set_xlim(0.4, 100)
    ax.set_xticks([0.5, 1, 2, 5, 10, 20, 50], ["0.5", "1", "2", "5", "10", "20", "50"])
    ax.minorticks_off()
    ax.set_yticks(range(len(names)), names)
    ax.set(xlabel="wrong test digits in %", ylim=(len(names) - 0.5, -0.5))
    ax.grid(axis="x", alpha=0.3)
    return ax


def _with_seeds(name: str, seeds: int) -> str:
    return f"{name} ({seeds} seeds)" if seeds > 1 else f"{name} (1 seed)"
