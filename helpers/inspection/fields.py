"""The box of the image that one cell of a feature map sees, followed back through the layers.

An interval of rows (and one of columns) goes back from layer to layer: what a window covers, what
padding puts before it. Where branches meet again, the box spans what any of them sees. For a chain
of layers it is the receptive field of helpers.arithmetic.
"""

from __future__ import annotations

import keras

from helpers.arithmetic.arguments import whole_number
from helpers.inspection.inputs import image_shape
from helpers.inspection.names import find_layer, split_call, unknown_layer
from helpers.inspection.windows import Interval, input_intervals, spanning

Box = tuple[int, int, int, int]


def field_box(model: keras.Model, layer_name: str, row: int, column: int) -> Box:
    """Return (top, left, height, width) of what one cell of a layer's map sees, in image pixels.

    The box may lie partly outside the image, where the layers see their padding; top and left can
    be negative. In a model with branches it spans the fields of all of them; behind global pooling
    it takes in the whole image. Works for functional and Sequential models, also inside each other.
    Raises ValueError for a cell that is not there, and for a layer on the way whose windows are not
    known (a transposed or custom layer, an operation that is no layer).
    """
    image_shape(model)
    find_layer(model, layer_name)
    base, call = split_call(layer_name)
    inner, steps = model, []
    *parents, last = base.split("/")
    for name in parents:
        steps.append((inner, inner.get_layer(name)))
        inner = steps[-1][1]
    tensor = _output_of(inner, inner.get_layer(last), call, layer_name)
    if len(tensor.shape) != 4:
        raise ValueError(f"the layer {layer_name!r} must put out maps (n, rows, columns, channels),"
                         f" got shape {tuple(tensor.shape)}")
    cell = (_inside(row, tensor.shape[1], "row"), _inside(column, tensor.shape[2], "column"))
    wanted = [(tensor, tuple((place, place) for place in cell))]
    fields = _trace(inner, wanted)
    for outer, layer in reversed(steps):
        node = _nodes_of(outer, layer)[0]
        fields = _trace(outer, list(zip(node.input_tensors, fields, strict=True)))
    (top, bottom), (left, right) = fields[0]
    return top, left, bottom - top + 1, right - left + 1


def _inside(place: object, length: int | None, name: str) -> int:
    place = whole_number(place, name, minimum=0)
    if length is not None and place >= length:
        raise ValueError(f"{name} must be from 0 to {length - 1}, got {place}")
    return place


def _graph(model: keras.Model) -> keras.Model:
    """Return the functional model that holds the calls; a Sequential model keeps one inside."""
    graph = getattr(model, "_functional", None) or model
    if not hasattr(graph, "_nodes_by_depth"):
        raise ValueError(f"{model.name!r} must be a functional or Sequential model; what a "
                         "subclassed model does with its layers is not written down anywhere")
    return graph


def _nodes_of(model: keras.Model, layer: keras.Layer) -> list:
    by_depth = _graph(model)._nodes_by_depth
    ordered = [node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth]]
    return [node for node in ordered if node.operation is layer]


def _output_of(model: keras.Model, layer: keras.Layer, call: int, name: str) -> object:
    nodes = _nodes_of(model, layer)
    if call > len(nodes):
        raise unknown_layer(name, [layer.name], f"one of the {len(nodes)} calls of a layer")
    return nodes[call - 1].outputs[0]


def _trace(model: keras.Model, wanted: list) -> list[tuple[Interval, Interval]]:
    """Follow what is wanted of some tensors back to the inputs of a model."""
    graph = _graph(model)
    seen: dict[int, tuple[Interval, Interval]] = {}

    def see(tensor: object, field: tuple) -> None:
        before = seen.get(id(tensor))
        seen[id(tensor)] = field if before is None else tuple(map(spanning, before, field))

    for tensor, field in wanted:
        see(tensor, field)
    for depth in sorted(graph._nodes_by_depth):  # from the output towards the input
        for node in graph._nodes_by_depth[depth]:
            field = next((seen[id(out)] for out in node.outputs if id(out) in seen), None)
            if field is None or node.is_input:
                continue
            if isinstance(node.operation, keras.Model):
                outputs = _graph(node.operation).outputs
                fields = _trace(node.operation, [(outputs[0], field)])
            else:
                fields = [tuple(axis) for axis in zip(*(
                    input_intervals(node, field[axis], axis) for axis in (0, 1)), strict=True)]
            for tensor, part in zip(node.input_tensors, fields, strict=True):
                see(tensor, part)
    missing = [tensor for tensor in graph.inputs if id(tensor) not in seen]
    if missing:
        raise ValueError(f"the layer does not depend on the input of {model.name!r}")
    return [seen[id(tensor)] for tensor in graph.inputs]
