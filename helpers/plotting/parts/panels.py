"""Grids of many small panels, and the words and the bar that say what their colours mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colorbar import Colorbar
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from helpers.plotting.parts.cells import number_texts
from helpers.plotting.parts.colours import DIVERGING
from helpers.plotting.parts.layout import image_grid

BAR = {"location": "bottom", "shrink": 0.6, "aspect": 30, "pad": 0.02}


def panel_columns(count: int) -> int:
    """Return how many panels stand side by side: few large ones or many small ones."""
    if count <= 3:
        return count
    return 4 if count <= 12 else 8 if count <= 64 else 12


def panel_grid(
    panels: Sequence[np.ndarray],
    *,
    columns: int | None,
    titles: Sequence[str] | None,
    figsize: tuple[float, float] | None,
    below: float = 0.75,
) -> tuple[Figure, np.ndarray]:
    """Return a figure and its axes (rows, columns) with room for panels, titles and one bar."""
    lines = 0 if titles is None else 1 + max(title.count("\n") for title in titles)
    columns = panel_columns(len(panels)) if columns is None else columns
    fig, axes = image_grid(
        panels, columns=columns, figsize=figsize, largest=2.6, title_lines=lines, below=below
    )
    # A single small panel leaves no room for the label of its colour scale.
    if figsize is None and fig.get_figwidth() < 3.6:
        fig.set_figwidth(3.6)
    return fig, axes


def relative_bar(
    fig: Figure, axes: Sequence[Axes], cmap: str, *, each: str, what: str
) -> Colorbar:
    """Draw a colour bar whose ends are the limits that each panel (or layer) has for itself."""
    if cmap in DIVERGING:
        norm, ends = Normalize(-1, 1), ("\N{MINUS SIGN}m", "0", "m")
        label = f"{what}; m: largest size in the {each}"
    else:
        norm, ends = Normalize(0, 1), ("0", "m")
        label = f"{what}; m: largest in the {each}"
    bar = fig.colorbar(ScalarMappable(norm, cmap), ax=axes, **BAR)
    bar.set_ticks(np.linspace(norm.vmin, norm.vmax, len(ends)), labels=ends)
    bar.set_label(label)
    return bar


def limit_texts(limits: tuple[float, float]) -> str:
    """Return a range such as "0 to 1.25"; very small and very large ones have an exponent."""
    low, high = limits
    size = max(abs(low), abs(high))
    if size and not 0.01 <= size < 1e4:
        return " to ".join("0" if end == 0 else _short(end) for end in limits)
    return " to ".join(number_texts(np.array([low, high])))


def _short(number: float) -> str:
    return f"{number:.1e}".replace("e-0", "e-").replace("e+0", "e").replace("-", "\N{MINUS SIGN}")
