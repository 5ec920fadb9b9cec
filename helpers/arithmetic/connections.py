"""Follow one cell back through the layers, to all cells and pixels that it is made from."""

from collections.abc import Iterable
from dataclasses import dataclass

from helpers.arithmetic.arguments import is_pair, is_whole, pair, whole_number
from helpers.arithmetic.receptive import ReceptiveField, receptive_field, window_steps
from helpers.arithmetic.sizes import output_size, padding_amounts

MOST_LINKS = 1_000_000  # of one layer: far beyond what a drawing can show, and not yet slow


@dataclass(frozen=True)
class Row:
    """The pixels of an image along one axis, or the cells that a layer made of the row before.

    cells: how many there are, numbered from 0.
    zeros: (before, after), the padding that the next layer lays around them. The zeros before have
    the numbers below 0, those after the numbers from `cells` on.
    seen: the numbers of those that the chosen cell is made from, padding among them.
    links: pairs (cell of this row, cell of the row before), for each cell that is seen.
    field: size, jump and start of the receptive field of a cell; cell i is centred over the pixel
    start + i * jump.
    """

    cells: int
    zeros: tuple[int, int]
    seen: tuple[int, ...]
    links: tuple[tuple[int, int], ...]
    field: ReceptiveField


def connections(layers: Iterable, input_size: int, *, cell: int | None = None,
                axis: int = 0) -> list[Row]:
    """Return the rows from the pixels to the last layer, with all that makes one cell of the last.

    `layers` are those of `receptive_field`; a row of the image has `input_size` pixels. `cell` is
    counted from 0; without it the middle one is taken, the first of two. Where layers differ from
    axis to axis, `axis` 0 follows them down the image and 1 across it.
    Raises ValueError for a window that does not fit, for a cell that is not there, and for more
    than a million links of one layer.
    """
    size = whole_number(input_size, "input_size")
    if not is_whole(axis) or axis not in (0, 1):
        raise ValueError(f"axis must be 0 (down the image) or 1 (across it); got {axis!r}")
    layers = list(layers) if isinstance(layers, Iterable) else layers
    fields = [_field_along(field, axis) for field in receptive_field(layers, input_size=size)]
    fields.insert(0, ReceptiveField(1, 1, 0.0))
    steps = [_along(step, axis) for step in window_steps(layers).values()]
    sizes, paddings = [size], []
    for step in steps:
        options = {name: step[name] for name in ("stride", "padding", "dilation")}
        paddings.append(padding_amounts(sizes[-1], step["kernel"], **options))
        sizes.append(output_size(sizes[-1], step["kernel"], **options))
    seen, rows = (_there(cell, sizes[-1]),), []
    for number in range(len(steps), -1, -1):
        if number and len(seen) * steps[number - 1]["kernel"] > MOST_LINKS:
            raise ValueError(f"a row of cells must have at most {MOST_LINKS:,} links to the one "
                             f"before it; got {len(seen):,} cells with windows of "
                             f"{steps[number - 1]['kernel']:,}")
        links = [] if number == 0 else [
            (top, below) for top in seen if 0 <= top < sizes[number]
            for below in _window(top, steps[number - 1], paddings[number - 1][0])]
        zeros = paddings[number] if number < len(steps) else (0, 0)
        rows.append(Row(sizes[number], zeros, seen, tuple(links), fields[number]))
        seen = tuple(sorted({below for _, below in links}))
    return rows[::-1]


def _along(step: dict, axis: int) -> dict:
    """Return the layer as it is along one axis."""
    numbers = {name: pair(step[name], name)[axis] for name in ("kernel", "stride", "dilation")}
    return {**numbers, "padding": step["padding"]}


def _field_along(field: ReceptiveField, axis: int) -> ReceptiveField:
    values = (field.size, field.jump, field.start)
    return ReceptiveField(*(value[axis] if is_pair(value) else value for value in values))


def _there(cell: int | None, count: int) -> int:
    if cell is None:
        return (count - 1) // 2
    cell = whole_number(cell, "cell", minimum=0)
    if cell >= count:
        raise ValueError(f"cell must be from 0 to {count - 1}, as the last layer has {count} cells;"
                         f" got {cell}")
    return cell


def _window(cell: int, step: dict, before: int) -> range:
    """Return the cells under the window that makes `cell`, in the row before."""
    first = cell * step["stride"] - before
    return range(first, first + (step["kernel"] - 1) * step["dilation"] + 1, step["dilation"])
