"""The box of the image that one cell of a feature map sees, followed back through the layers.

What is wanted of a layer's output is followed back to its inputs, call by call, to the image. Where
branches meet again, the box spans what any of them sees. For a chain of layers it is the receptive
field of helpers.arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.arithmetic.arguments import whole_number
from helpers.inspection.fields.uses import uses_of
from helpers.inspection.fields.windows import Box as Intervals
from helpers.inspection.fields.windows import hull
from helpers.inspection.model.calls import Calls
from helpers.inspection.model.inputs import image_shape
from helpers.inspection.model.names import find_layer, split_call, unknown_layer

if TYPE_CHECKING:
    import keras

Box = tuple[int, int, int, int]


class Field(NamedTuple):
    """What a cell sees, as (top, left, height, width).

    seen: the smallest box around the pixels that it depends on. window: as large for every cell of
    a layer, where the layers slide windows; it runs on into the padding, and at a border it can
    hold pixels that the cell does not see. Where no pixel is seen, both are the window.
    """

    seen: Box
    window: Box


def field_box(model: keras.Model, layer_name: str, row: int, column: int) -> Box:
    """Return (top, left, height, width) of what one cell of a layer's map sees, in image pixels.

    Inside the image it is the smallest box around all pixels that the cell depends on. It may lie
    partly outside the image, where the layers see their padding; top and left can be negative. In a
    model with branches it spans the fields of all of them; behind global pooling it takes in the
    whole image. Works for functional and Sequential models, also inside each other. Where a model
    leaves the size of its images open, cells near a border are taken to see as much as any other.
    Raises ValueError for a cell that is not there or sees padding alone, and for a layer on the way
    of which it is not known what it sees (a transposed or custom layer, a Lambda); it says which.
    """
    return cell_field(model, layer_name, row, column).seen


def cell_field(model: keras.Model, layer_name: str, row: int, column: int) -> Field:
    """Return both boxes of a cell; `field_box` says more."""
    image_shape(model)
    layer = find_layer(model, layer_name)
    calls = Calls(model)
    made, call = calls.made.get(id(layer), []), split_call(layer_name)[1]
    if call > len(made):
        raise unknown_layer(layer_name, [layer.name], f"one of the {len(made)} calls of a layer")
    shape = calls.shapes[made[call - 1]]
    if len(shape) != 4:
        raise ValueError(f"the layer {layer_name!r} must put out maps (n, rows, columns, channels),"
                         f" got shape {shape}")
    if getattr(layer, "data_format", None) == "channels_first":
        raise ValueError(f"the layer {layer_name!r} must have its channels last, got {shape}")
    cell = (_inside(row, shape[1], "row"), _inside(column, shape[2], "column"))
    window, mask = _followed(calls, made[call - 1], cell)
    if window is None and mask is None:
        raise ValueError(f"the layer {layer_name!r} does not depend on the input of {model.name!r}")
    return _boxes(window, mask, calls.shapes[calls.inputs[0]][1:3],
                  f"the cell {cell} of {layer_name!r}")


def _inside(place: object, length: int | None, name: str) -> int:
    place = whole_number(place, name, minimum=0)
    if length is not None and place >= length:
        raise ValueError(f"{name} must be from 0 to {length - 1}, got {place}")
    return place


def _followed(calls: Calls, start: int, cell: tuple) -> tuple[Intervals | None, np.ndarray | None]:
    """Follow a cell back to the model's input: its window, and where sizes are known its mask."""
    channels = calls.shapes[start][3]
    windows = {start: (*((place, place) for place in cell), (0, channels - 1))}
    masks = {}
    if all(None not in shape[1:] for shape in calls.shapes):
        masks[start] = np.zeros((*calls.shapes[start][1:3], 1), bool)
        masks[start][cell] = True
    for call in reversed(calls.steps):
        wanted = call.outputs[0]
        if not any(number in windows or number in masks for number in call.outputs):
            continue
        for number, use in zip(call.inputs, uses_of(call, calls), strict=True):
            if windows.get(wanted):
                window = use.window(windows[wanted])
                windows[number] = _spanning(windows.get(number), window)
            if wanted in masks:
                mask = use.mask(masks[wanted])
                masks[number] = mask | masks[number] if number in masks else mask
    return windows.get(calls.inputs[0]), masks.get(calls.inputs[0])


def _spanning(one: Intervals | None, other: Intervals | None) -> Intervals | None:
    """Return the smallest box that holds both."""
    if one is None or other is None:
        return one or other
    return tuple((min(mine[0], its[0]), max(mine[1], its[1]))
                 for mine, its in zip(one, other, strict=True))


def _boxes(window: Intervals | None, mask: np.ndarray | None, shape: tuple, cell: str) -> Field:
    """Keep the window's side where it goes on beyond the image, and nothing is seen short of it."""
    if mask is None:
        return Field(_box(window), _box(window))
    mask = np.broadcast_to(mask.any(axis=tuple(range(2, mask.ndim))), shape)
    seen = hull(mask)
    if seen is None:
        outside = window and any(last < 0 or first >= length
                                 for (first, last), length in zip(window, shape, strict=False))
        if not outside:
            raise ValueError(f"{cell} sees padding alone, and no pixel of the image")
        return Field(_box(window), _box(window))
    window = window or seen
    sides = []
    for (first, last), (low, high), length in zip(window, seen, shape, strict=False):
        sides.append((first if max(first, 0) == low else low,
                      last if min(last, length - 1) == high else high))
    return Field(_box(sides), _box(window))


def _box(intervals: Intervals) -> Box:
    (top, bottom), (left, right) = intervals[:2]
    return top, left, bottom - top + 1, right - left + 1
