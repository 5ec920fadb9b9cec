"""Draw a network as its feature maps, one box for each, to scale."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Polygon

from helpers.arithmetic.arguments import is_whole
from helpers.plotting.parts import cells
from helpers.plotting.parts.layout import WIDEST

SAME, SMALLER, VECTOR = "#56B4E9", "#E69F00", "0.75"
LONGEST, TALLEST = 1.8, 0.5  # inches for the most channels and for the most rows
SLANT = 0.35  # how far a column runs to the right and up, as a part of a row's height
ROW, GAP, BESIDE = 0.21, 0.06, 0.1  # inches
CHARACTER = 0.66  # width of one, in parts of the font size
TIMES = "\N{MULTIPLICATION SIGN}"

Shape = tuple[int, ...]


def plot_architecture(layers: Sequence[tuple[str, Shape]], *, ax: Axes | None = None) -> Axes:
    """Draw the output of each layer, from top to bottom, as a box with its name and its shape.

    A layer is (name, (height, width, channels)) or (name, (units,)), as `layer.output.shape[1:]`
    gives it for a Keras layer. A box is as long as it has channels, as high as it has rows and as
    deep as it has columns. One scale holds for all channels and another for all rows and columns;
    both are drawn below. Where a map is smaller than the one above, its colour changes. A vector is
    a grey line; one that is longer than the most channels is cut and marked. Nothing is drawn
    thinner than a line that can be seen.
    Raises ValueError for no layers, and for a name or a shape that cannot be drawn.
    """
    layers = [_layer(layer, number) for number, layer in enumerate(layers, start=1)]
    if not layers:
        raise ValueError("layers must hold at least one (name, shape), got none")
    shapes = [shape for _, shape in layers]
    maps = [shape for shape in shapes if len(shape) == 3] or [(1, 1, max(shapes)[0])]
    most = max(shape[2] for shape in maps)
    unit = TALLEST / max(max(shape[:2]) for shape in maps)  # inches for a row or column
    heights = [max(ROW, (1 + SLANT) * unit * max(shape[:2]) if len(shape) == 3 else 0) + GAP
               for shape in shapes]
    shown = [TIMES.join(map(str, shape)) for shape in shapes]
    left, right = (_room(texts) for texts in ([name for name, _ in layers], shown))
    longest = max(min(LONGEST, WIDEST - left - right - SLANT * TALLEST), 1.0)
    end = longest + SLANT * TALLEST
    total = sum(heights) + 0.62
    if ax is None:
        ax = plt.subplots(figsize=(left + end + right, total), layout="constrained")[1]
    middle, above = 0.0, None
    for (name, shape), size, height in zip(layers, shown, heights, strict=True):
        middle -= height / 2
        colour = VECTOR if len(shape) == 1 else SMALLER if _smaller(shape, above) else SAME
        length = longest * min(shape[-1] / most, 1)
        _draw_box(ax, shape, middle, length, unit, colour, cut=shape[-1] > most)
        text = {"va": "center", "fontsize": cells.font_size()}
        ax.text(-BESIDE, middle, name, ha="right", **text)
        ax.text(end + BESIDE, middle, size, ha="left", **text)
        middle, above = middle - height / 2, shape
    _draw_scale(ax, middle - 0.3, end, longest / most, most, unit)
    ax.set(xlim=(-left, end + right), ylim=(-total, 0.04), aspect="equal")
    ax.axis("off")
    return ax


def _draw_box(ax: Axes, shape: Shape, middle: float, length: float, unit: float, colour: str, *,
              cut: bool) -> None:
    rows, columns = shape[:2] if len(shape) == 3 else (1, 1)
    high, deep = unit * rows, SLANT * unit * columns
    bottom = middle - (high + deep) / 2
    front = np.array([[0.0, 0.0], [length, 0], [length, high], [0, high]])
    front[:, 1] += bottom
    top = [front[3], front[2], front[2] + deep, front[3] + deep]
    side = [front[1], front[1] + deep, front[2] + deep, front[2]]
    for corners, shade in ((top, 0.55), (side, 0.75), (front, 1.0)):
        # Each face is drawn lighter than the front; the edge keeps thin boxes visible.
        ax.add_patch(Polygon(corners, facecolor=(*_rgb(colour, shade), 1), edgecolor="0.25",
                             linewidth=0.7, joinstyle="round"))
    if cut:
        for place in (0.72 * length, 0.76 * length):
            ax.plot([place - 0.03, place + 0.03],
                    [middle - 0.07, middle + 0.07], color="0.25", linewidth=1)


def _draw_scale(ax: Axes, middle: float, right: float, per_channel: float, most: int,
                unit: float) -> None:
    """Draw how long round numbers of channels and of rows are, given as inches for one."""
    channels, rows = _round_down(most / 3), _round_down(TALLEST / unit)
    text = {"va": "center", "fontsize": cells.font_size()}
    end = per_channel * channels
    ax.plot([0, end], [middle, middle], color="0.25", linewidth=2)
    ax.text(end / 2, middle - 0.14, _counted(channels, "channel"), ha="center", **text)
    ends = [middle - unit * rows / 2, middle + unit * rows / 2]
    ax.plot([right, right], ends, color="0.25", linewidth=2)
    ax.text(right + BESIDE, middle, _counted(rows, "row"), ha="left", **text)


def _room(texts: Sequence[str]) -> float:
    """Estimate the inches that the longest of `texts` takes, with what stands beside it."""
    return max(map(len, texts)) * CHARACTER * cells.font_size() / 72 + BESIDE


def _round_down(number: float) -> int:
    """Return the largest power of two that is not above `number`, and at least 1."""
    return 2 ** int(np.log2(max(number + 1e-9, 1)))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _rgb(colour: str, shade: float) -> np.ndarray:
    """Return `colour` mixed with white; `shade` 1 is the colour itself."""
    return 1 - shade * (1 - np.array(to_rgb(colour)))


def _smaller(shape: Shape, above: Shape | None) -> bool:
    return above is not None and len(above) == 3 and (shape[0] < above[0] or shape[1] < above[1])


def _layer(layer: object, number: int) -> tuple[str, Shape]:
    if not isinstance(layer, (tuple, list)) or len(layer) != 2 or not isinstance(layer[0], str):
        raise ValueError(f"layer {number} must be (name, shape); got {layer!r}")
    name, shape = layer[0], layer[1]
    if (not isinstance(shape, (tuple, list)) or len(shape) not in (1, 3)
            or not all(is_whole(length) and length > 0 for length in shape)):
        raise ValueError(
            f"layer {number}, {name!r}, must have a shape (height, width, channels) or (units,) "
            f"of whole numbers of at least 1; got {shape!r}"
        )
    return name, tuple(int(length) for length in shape)
