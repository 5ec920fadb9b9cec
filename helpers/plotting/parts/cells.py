"""Grids of cells: the number in each, the lines between them, a frame around some of them."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle

from helpers.plotting.parts.colours import LINE, WINDOW, readable_on

MINUS = "\N{MINUS SIGN}"
MOST_LINES = 20


def number_texts(values: np.ndarray, fmt: str | None = None) -> np.ndarray:
    """Return the text for each value: whole numbers without decimals, others with one or two.

    All values get the same number of decimals, zero is "0", and a value that two decimals would
    turn into zero is written with an exponent. `fmt` is a format specification such as ".3f".
    """
    numbers = np.asarray(values).astype(float)
    largest = np.max(np.abs(numbers), initial=0)
    # Rounding leaves crumbs such as 6e-17 where the exact number is 0.
    numbers = np.where(np.abs(numbers) < 1e-9 * largest, 0.0, numbers)
    near = {"rtol": 0, "atol": 1e-6 * max(1.0, largest)}
    decimals = next((d for d in (0, 1) if np.allclose(numbers, numbers.round(d), **near)), 2)
    texts = [_number_text(number, fmt, decimals) for number in numbers.ravel()]
    return np.array(texts, dtype=object).reshape(numbers.shape)


def _number_text(number: float, fmt: str | None, decimals: int) -> str:
    if fmt is not None:
        text = format(int(number) if "d" in fmt and number == int(number) else number, fmt)
    elif number == 0:
        text = "0"
    elif abs(number) >= 1e6 or round(number, decimals) == 0:
        text = f"{number:.0e}".replace("e-0", "e-").replace("e+0", "e")
    else:
        text = f"{number:.{decimals}f}"
    return text.replace("-", MINUS)


def cell_inches(texts: np.ndarray, *, least: float = 0.38, font: float | None = None) -> float:
    """Return how wide a cell must be, in inches, to hold the widest of `texts`."""
    widest = max((_ems(text) for text in np.ravel(texts)), default=1)
    return max(least, (widest + 0.35) * (font or font_size()) / 72)


def fitting_font(texts: np.ndarray, width: float) -> float | None:
    """Return the font size for `texts` in cells `width` inches wide; None when 10 is too large."""
    ems = max(max((_ems(text) for text in np.ravel(texts)), default=1) + 0.25, 1.7)
    return next((size for size in (font_size(), 10.0) if ems * size / 72 <= width), None)


def _ems(text: str) -> float:
    """Estimate the width of a number, in ems, from the widths of DejaVu Sans."""
    return sum({MINUS: 0.84, ".": 0.32}.get(character, 0.64) for character in text)


def font_size() -> float:
    """Return the size in points of numbers in cells: the reader's setting, but at least 10."""
    return max(10.0, float(plt.rcParams["font.size"]))


def write_numbers(
    ax: Axes,
    picture: AxesImage,
    values: np.ndarray,
    *,
    fmt: str | None = None,
    start: tuple[int, int] = (0, 0),
    **text_options,
) -> None:
    """Write each value into its cell, black or white, whichever is readable on the cell's colour.

    `picture` is the drawn image that gives the colours, `start` the (row, column) where its first
    cell stands. NaN cells stay empty.
    """
    values = np.asarray(values)
    known = ~np.isnan(values.astype(float))
    texts = np.full(values.shape, "", dtype=object)
    texts[known] = number_texts(values[known], fmt)
    colours = picture.to_rgba(picture.get_array())
    options = {"ha": "center", "va": "center", "fontsize": font_size(), **text_options}
    for row, col in np.argwhere(known):
        colour = options.get("color", readable_on(colours[row, col]))
        ax.text(start[1] + col, start[0] + row, texts[row, col], **{**options, "color": colour})


def draw_cell_lines(
    ax: Axes, shape: tuple[int, int], *, start: tuple[int, int] = (0, 0)
) -> None:
    """Draw thin lines between the cells of a grid with `shape` (rows, columns).

    More than 20 cells a side get none: the lines would hide them.
    """
    if max(shape) > MOST_LINES:
        return
    (top, left), (rows, columns) = np.subtract(start, 0.5), shape
    across = [[(left, top + row), (left + columns, top + row)] for row in range(1, rows)]
    down = [[(left + col, top), (left + col, top + rows)] for col in range(1, columns)]
    # One collection draws many times faster than minor ticks with a grid.
    lines = LineCollection(across + down, colors=LINE, linewidths=0.6, zorder=2)
    ax.add_collection(lines, autolim=False)


def frame_picture(ax: Axes) -> None:
    """Take the ticks away and close the frame, so that a white border does not look open."""
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(True)
        spine.set_color(LINE)
        spine.set_linewidth(0.8)


def outline(
    ax: Axes,
    row: float,
    col: float,
    height: int = 1,
    width: int = 1,
    *,
    color: str = WINDOW,
    linewidth: float = 3.0,
    halo: bool = True,
    zorder: float = 5,
) -> Rectangle:
    """Draw a frame around `height` x `width` cells whose top left cell is (row, col).

    With `halo` a white edge lies under the line, so that it is seen on dark and on light cells.
    """
    options = {"fill": False, "edgecolor": color, "linewidth": linewidth, "clip_on": False}
    options["zorder"] = zorder
    if halo:
        edge = patheffects.Stroke(linewidth=linewidth + 2, foreground="white")
        options["path_effects"] = [edge, patheffects.Normal()]
    return ax.add_patch(Rectangle((col - 0.5, row - 0.5), width, height, **options))


def fill(
    ax: Axes, row: float, col: float, height: int = 1, width: int = 1, *, color: str = WINDOW
) -> Rectangle:
    """Tint `height` x `width` cells whose top left cell is (row, col)."""
    options = {"facecolor": color, "alpha": 0.55, "linewidth": 0, "zorder": 3}
    return ax.add_patch(Rectangle((col - 0.5, row - 0.5), width, height, **options))
