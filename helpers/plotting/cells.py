"""Grids of cells: the number in each, the lines between them, a frame around some of them."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle

from helpers.plotting.colours import LINE, WINDOW, readable_on

MINUS = "\N{MINUS SIGN}"


def number_texts(values: np.ndarray, fmt: str | None = None) -> np.ndarray:
    """Return the text for each value: whole numbers without decimals, others with one or two.

    All values get the same number of decimals, zero is "0", and a value that two decimals would
    turn into zero is written with an exponent. `fmt` is a format specification such as ".3f".
    """
    values = np.asarray(values)
    numbers = values.astype(float)
    if fmt is None:
        decimals = next((d for d in (0, 1) if np.allclose(numbers, numbers.round(d))), 2)

        def text(number: float) -> str:
            if number == 0:
                return "0"
            if abs(number) >= 1e5 or round(number, decimals) == 0:
                return f"{number:.0e}".replace("e-0", "e-").replace("e+0", "e")
            return f"{number:.{decimals}f}"
    else:

        def text(number: float) -> str:
            whole = "d" in fmt and number == int(number)
            return format(int(number) if whole else number, fmt)

    texts = [text(number).replace("-", MINUS) for number in numbers.ravel()]
    return np.array(texts, dtype=object).reshape(values.shape)


def cell_inches(texts: np.ndarray, *, least: float = 0.38, font: float | None = None) -> float:
    """Return how wide a cell must be, in inches, to hold the longest of `texts`."""
    longest = max((len(text) for text in np.ravel(texts)), default=1)
    return max(least, (0.64 * longest + 0.5) * (font or font_size()) / 72)


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
    """Draw thin lines between the cells of a grid with `shape` (rows, columns)."""
    ax.set_yticks(start[0] + np.arange(0.5, shape[0] - 1), minor=True)
    ax.set_xticks(start[1] + np.arange(0.5, shape[1] - 1), minor=True)
    ax.grid(which="minor", color=LINE, linewidth=0.6)
    ax.tick_params(which="minor", length=0)


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
    **patch_options,
) -> Rectangle:
    """Draw a frame around `height` x `width` cells whose top left cell is (row, col).

    A white edge lies under the line, so that it is seen on dark and on light cells.
    """
    halo = [patheffects.Stroke(linewidth=linewidth + 2, foreground="white"), patheffects.Normal()]
    options = {"fill": False, "zorder": 5, "clip_on": False, "path_effects": halo}
    options |= {"edgecolor": color, "linewidth": linewidth} | patch_options
    return ax.add_patch(Rectangle((col - 0.5, row - 0.5), width, height, **options))


def fill(
    ax: Axes, row: float, col: float, *, color: str = WINDOW, alpha: float = 0.55
) -> Rectangle:
    """Tint one cell."""
    options = {"facecolor": color, "alpha": alpha, "linewidth": 0, "zorder": 3}
    return ax.add_patch(Rectangle((col - 0.5, row - 0.5), 1, 1, **options))
