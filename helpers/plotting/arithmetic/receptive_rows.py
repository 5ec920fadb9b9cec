"""Draw layers as rows of dots, and the lines from one cell of the last down to its pixels.

After the drawings in Araujo, Norris and Sim, "Computing receptive fields of convolutional neural
networks", Distill, 2019, https://distill.pub/2019/computing-receptive-fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from helpers.arithmetic.connections import Row, connections
from helpers.plotting.parts.colours import LINE, PADDING, PADDING_TEXT, RESULT, WINDOW

WIDTH, ROW_HEIGHT, MOST_PIXELS = 4.7, 0.62, 64
UNSEEN = "0.8"


def plot_receptive_rows(
    layers: Iterable,
    input_size: int,
    *,
    cell: int | None = None,
    axis: int = 0,
    names: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw what one cell of the last layer is made from, row by row, along one axis.

    The pixels lie at the bottom, each layer above the one before, each cell over the middle of
    what it sees. Lines lead from the cell down to all that it is made from; hollow dots are
    padding. A bracket below counts the pixels of its receptive field (r), one above the step to a
    neighbour (j); the dotted line marks where the first cell is centred (start).
    `layers`, `input_size`, `cell` and `axis` are those of `helpers.arithmetic.connections`;
    `names` has one for each layer that slides a window.
    Raises ValueError for more than 64 pixels and for a wrong number of names.
    """
    rows = connections(layers, input_size, cell=cell, axis=axis)
    if input_size > MOST_PIXELS:
        raise ValueError(f"at most {MOST_PIXELS} pixels can be drawn; got {input_size}")
    names = [f"layer {number}" for number in range(1, len(rows))] if names is None else list(names)
    if len(names) != len(rows) - 1:
        raise ValueError(f"expected {len(rows) - 1} names, one for each layer; got {len(names)}")
    if ax is None:
        size = (WIDTH, ROW_HEIGHT * len(rows) + 1.1)
        ax = plt.subplots(figsize=size, layout="constrained")[1]
    left, right = _ends(rows)
    ax.set(xlim=(left - 0.7, right + 0.7), ylim=(-0.8, len(rows) - 0.1), xlabel="pixel")
    dot = min(6.0, 0.55 * 72 * 0.75 * ax.figure.get_figwidth() / (right - left + 1))
    for height, row in enumerate(rows):
        _draw_row(ax, height, row, rows[height - 1], dot=dot)
    ax.plot(*_places(rows[-1], [rows[-1].seen[0]], len(rows) - 1), "o", color=RESULT,
            markersize=1.5 * dot, zorder=4)
    _draw_brackets(ax, rows)
    fields = [f"\nr = {row.field.size}, j = {row.field.jump}" for row in rows[1:]]
    labels = ["pixels", *(name + field for name, field in zip(names, fields, strict=True))]
    ax.set_yticks(range(len(rows)), labels=labels)
    ax.set_xticks([*range(0, max(input_size - 5, 1), 10), input_size - 1])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def _places(row: Row, numbers: Iterable[int], height: float) -> tuple[np.ndarray, np.ndarray]:
    """Return where the cells with these numbers stand, as arrays of x and of y."""
    numbers = np.asarray(list(numbers), dtype=float)
    return row.field.start + numbers * row.field.jump, np.full(len(numbers), float(height))


def _ends(rows: Sequence[Row]) -> tuple[float, float]:
    """Return the leftmost and the rightmost place of any cell, of padding, and of the field."""
    ends = [_places(row, (-row.zeros[0], row.cells - 1 + row.zeros[1]), 0)[0] for row in rows]
    ends.append(np.array(_field_ends(rows[-1])))
    return float(np.min(ends)), float(np.max(ends))


def _field_ends(row: Row) -> tuple[float, float]:
    """Return the first and the last pixel of the field of the cell that is shown."""
    centre, reach = row.field.start + row.seen[0] * row.field.jump, (row.field.size - 1) / 2
    return centre - reach, centre + reach


def _draw_row(ax: Axes, height: int, row: Row, before: Row, *, dot: float) -> None:
    tops, bottoms = np.array(row.links, dtype=int).reshape(-1, 2).T
    ends = (_places(row, tops, height), _places(before, bottoms, height - 1))
    lines = LineCollection(np.transpose(ends, (2, 0, 1)), colors=WINDOW, linewidths=0.9, alpha=0.6)
    ax.add_collection(lines, autolim=False)
    inside = [number for number in row.seen if 0 <= number < row.cells]
    others = sorted(set(range(row.cells)) - set(inside))
    zeros = [*range(-row.zeros[0], 0), *range(row.cells, row.cells + row.zeros[1])]
    hollow = {"markerfacecolor": PADDING, "markeredgecolor": PADDING_TEXT, "markeredgewidth": 0.8}
    for numbers, look in ((others, {"color": UNSEEN}), (inside, {"color": WINDOW}),
                          (zeros, hollow)):
        ax.plot(*_places(row, numbers, height), "o", markersize=dot, zorder=3, **look)


def _draw_brackets(ax: Axes, rows: Sequence[Row]) -> None:
    """Draw r below the pixels, j above the last row, and start as a dotted line up from them."""
    last, top = rows[-1], len(rows) - 1
    cell, jump, start = last.seen[0], last.field.jump, last.field.start
    first, final = _field_ends(last)
    _bracket(ax, (first - 0.5, final + 0.5), -0.35, f"r = {last.field.size}", up=False)
    if last.cells > 1:
        neighbours = (cell, cell + 1) if cell + 1 < last.cells else (cell - 1, cell)
        ends, _ = _places(last, neighbours, top)
        _bracket(ax, ends, top + 0.27, f"j = {jump}", up=True)
    ax.plot([start, start], [0, top + 0.62], ":", color=LINE, linewidth=1.2, zorder=2)
    ax.annotate(f"start = {start:g}", (start, top + 0.62), (0, 1), textcoords="offset points",
                ha="center", va="bottom", fontsize=10)


def _bracket(ax: Axes, ends: Sequence[float], height: float, text: str, *, up: bool) -> None:
    tip = height - 0.12 if up else height + 0.12
    ax.plot(np.repeat(ends, 2), [tip, height, height, tip], color="black", linewidth=1)
    ax.annotate(text, (sum(ends) / 2, height), (0, 2 if up else -2), textcoords="offset points",
                ha="center", va="bottom" if up else "top", fontsize=10)
