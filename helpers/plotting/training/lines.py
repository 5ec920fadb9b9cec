"""Draw several measured series over the same positions."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from helpers.plotting.parts.checks import as_numbers

MARKERS = "osD^vPX*"
LONG_DASHES, DASH_DOT_DOT = (0, (9, 3)), (0, (5, 1.5, 1, 1.5, 1, 1.5))
STYLES = ("-", "--", "-.", ":", LONG_DASHES, DASH_DOT_DOT)


def plot_lines(
    positions: ArrayLike,
    series: Mapping[str, ArrayLike],
    *,
    xlabel: str,
    ylabel: str,
    ax: Axes | None = None,
    columns: int = 2,
    from_zero: bool = True,
    errors: Mapping[str, ArrayLike] | None = None,
    **plot_kwargs,
) -> Axes:
    """Draw one line for each entry {name: values}, told apart by colour, marker and dashes.

    `positions` is shared by all. The vertical axis starts at zero unless `from_zero` is False. The
    legend stands below the picture in `columns` columns, so that it hides no line. `errors` has for
    some names how far a bar reaches above and below each value; NaN draws none.
    Raises ValueError when there is no series, when one has another length than `positions`, and
    for errors of another length, below zero, or of a series that is not there.
    """
    positions = as_numbers(positions, "positions")
    if not series:
        raise ValueError("series must hold at least one entry, got none")
    drawn = {name: as_numbers(values, f"series {name!r}") for name, values in series.items()}
    for name, values in drawn.items():
        if values.shape != positions.shape or values.ndim != 1:
            raise ValueError(
                f"series {name!r} must hold {positions.size} values, one for each position, "
                f"got shape {values.shape}"
            )
    reach = _errors(errors or {}, drawn)
    own = ax is None
    if own:
        lines = -(-len(drawn) // columns)
        ax = plt.subplots(figsize=(4.8, 3.1 + 0.23 * lines), layout="constrained")[1]
    for index, (name, values) in enumerate(drawn.items()):
        look = {
            "color": f"C{index}",
            "marker": MARKERS[index % len(MARKERS)],
            "linestyle": STYLES[index % len(STYLES)],
            "markersize": 5,
        }
        line = ax.plot(positions, values, label=name, **(look | plot_kwargs))[0]
        if name in reach:
            ax.errorbar(positions, values, reach[name], fmt="none", ecolor=line.get_color(),
                        elinewidth=1, capsize=3)
    if from_zero:
        ax.set_ylim(bottom=0)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    if own:
        ax.figure.legend(loc="outside lower center", ncols=columns, frameon=False)
    else:
        ax.legend(frameon=False)
    return ax


def _errors(errors: Mapping[str, ArrayLike], drawn: Mapping[str, np.ndarray]) -> dict:
    """Return the errors as arrays; ValueError says which do not belong to a series."""
    reach = {name: np.asarray(values, float) for name, values in errors.items()}
    for name, values in reach.items():
        if name not in drawn:
            raise ValueError(f"errors for {name!r}, but the series are {', '.join(drawn)}")
        if values.shape != drawn[name].shape or np.any(values < 0):
            raise ValueError(f"errors for {name!r} must be {drawn[name].size} numbers of at least "
                             f"0, or NaN for none; got {values.tolist()}")
    return reach
