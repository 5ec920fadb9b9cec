"""What an operation in a functional graph, such as x * gate or keras.ops.mean(x), looks at."""

from __future__ import annotations

import numpy as np

from helpers.arithmetic.layer_kinds import Kind, axes_of
from helpers.inspection.fields.windows import SAME, Axes, Moved, Shape, Use

NUMBER_BY_NUMBER = frozenset({
    "Add", "Subtract", "Multiply", "Divide", "DivideNoNan", "TrueDivide", "Power", "Maximum",
    "Minimum", "Abs", "Absolute", "Negative", "Exp", "Exp2", "Expm1", "Log", "Log10", "Log1p",
    "Log2", "Sqrt", "Square", "Reciprocal", "Sin", "Cos", "Tanh", "Clip", "Relu", "Relu6",
    "Sigmoid", "Softplus", "Softsign", "SoftShrink", "Silu", "LogSigmoid", "LeakyRelu",
    "HardSigmoid", "HardSilu", "Elu", "Selu", "Gelu", "Celu", "TanhShrink", "HardTanh", "Cast",
    "StopGradient", "Copy",
})
KINDS = (dict.fromkeys((*NUMBER_BY_NUMBER, "Concatenate"), "merge")
         | dict.fromkeys(("Softmax", "LogSoftmax"), "operation along")
         | dict.fromkeys(("Mean", "Sum", "Max", "Min", "Amax", "Amin"), "operation reduce")
         | dict.fromkeys(("Reshape", "ExpandDims", "Squeeze"), "operation reshape"))


def operation_kind(operation: object) -> Kind:
    """Return the kind of what is no layer: an operation of keras.ops, else unknown."""
    known = type(operation).__module__.startswith("keras.src.ops.")
    group = KINDS.get(type(operation).__name__) if known else None
    return Kind(group or "refused", "is an operation that is no layer, and not among those known")


def _merge(call: object, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use | None]:
    if type(layer).__name__ == "Concatenate":
        return _concatenate(layer, outputs, inputs)
    return [_aligned(outputs, shape) for shape in inputs]


def _aligned(outputs: Shape, shape: Shape) -> Use | None:
    """One cell that is spread over a larger map, as in an attention gate, stays one."""
    if len(shape) != len(outputs):
        return None
    along = []
    for axis, (here, there) in enumerate(zip(shape, outputs, strict=True)):
        if here != there and here != 1:
            return None
        along.append((axis, SAME) if here == there else None)
    return Axes(outputs, shape, tuple(along))


def _concatenate(layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use | None]:
    axis = axes_of(layer, len(outputs) + 1)[0] - 1
    if axis < 0 or outputs[axis] is None or len(inputs[0]) != len(outputs):
        return [None]
    uses, first = [], 0
    for shape in inputs:
        table = np.zeros((outputs[axis], shape[axis]), bool)
        table[first:first + shape[axis]] = np.eye(shape[axis], dtype=bool)
        first += shape[axis]
        along = [(one, SAME) for one in range(len(shape))]
        along[axis] = (axis, table)
        uses.append(Axes(outputs, shape, tuple(along)))
    return uses


def _along(call: object, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use | None]:
    axes = range(len(outputs) + 1) if layer.axis is None else axes_of(layer, len(outputs) + 1)
    if 0 in axes:
        return [None]
    return [Axes(outputs, outputs, tuple(None if axis + 1 in axes else (axis, SAME)
                                         for axis in range(len(outputs))))]


def _reduce(call: object, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use | None]:
    rank = len(inputs[0]) + 1
    axes = range(rank) if layer.axis is None else axes_of(layer, rank)
    if 0 in axes:  # over the images of a batch
        return [None]
    kept, along = 0, []
    for axis in range(rank - 1):
        along.append(None if axis + 1 in axes else (kept, SAME))
        kept += axis + 1 not in axes or bool(layer.keepdims)
    return [Axes(outputs, inputs[0], tuple(along))]


def _reshape(call: object, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use | None]:
    shape = inputs[0]
    fixed = None not in shape and None not in outputs
    whole = fixed and np.prod(shape) == np.prod(outputs)
    return [Moved(outputs, shape) if whole else None]


OPERATIONS = {"merge": _merge, "operation along": _along, "operation reduce": _reduce,
              "operation reshape": _reshape}
