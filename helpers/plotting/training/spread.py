"""Draw what several seeds gave, one row of points for each thing that was tried."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from helpers.plotting.parts.checks import as_numbers


def plot_spread(
    values: Mapping[str, ArrayLike],
    *,
    xlabel: str,
    target: float | None = None,
    ax: Axes | None = None,
    **plot_kwargs,
) -> Axes:
    """Draw a row of points for each entry {name: one value for each seed}, and its mean as a bar.

    The first entry stands on top. `target` draws a dotted line at a value to compare with.
    Raises ValueError when there is no entry, and for values that are empty or not finite.
    """
    if not values:
        raise ValueError("values must hold at least one entry, got none")
    rows = {name: np.ravel(as_numbers(row, f"values {name!r}")) for name, row in values.items()}
    if ax is None:
        size = (4.8, 1.0 + 0.42 * len(rows))
        ax = plt.subplots(figsize=size, layout="constrained")[1]
    for height, row in enumerate(rows.values()):
        places = height + np.linspace(-0.2, 0.2, len(row)) if len(row) > 1 else [height]
        look = {"marker": "o", "linestyle": "none", "alpha": 0.6, "markersize": 5}
        ax.plot(row, places, **({"color": f"C{height % 8}"} | look | plot_kwargs))
        ax.plot([row.mean()] * 2, [height - 0.36, height + 0.36], color="black", linewidth=1.5)
    if target is not None:
        ax.axvline(target, color="0.4", linestyle=":")
    ax.locator_params(axis="x", nbins=5)  # accuracies have long labels
    ax.set_yticks(range(len(rows)), rows)
    ax.set(xlabel=xlabel, ylim=(len(rows) - 0.45, -0.55))
    return ax
