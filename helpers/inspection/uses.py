"""For each call of a layer: which cells of its inputs some cells of its output depend on.

Only what is listed in helpers.arithmetic.layer_kinds is answered. The rest is refused by name, with
the reason, since a guess would look like an answer.
"""

from __future__ import annotations

import numpy as np

from helpers.arithmetic.arguments import is_pair
from helpers.arithmetic.layer_kinds import Kind, axes_of, kind_of, unwrapped
from helpers.arithmetic.sizes import padding_amounts
from helpers.inspection.activations import reach
from helpers.inspection.calls import Call, Calls
from helpers.inspection.operations import OPERATIONS, operation_kind
from helpers.inspection.windows import SAME, Axes, Chained, Moved, Rule, Shape, Use, Window, known

# What a call may be given that changes what it looks at. "training" is not among these: a model
# that is run as in use tells every layer so, whatever the call says.
CALLED_ODDLY = ("mask", "attention_mask", "query_mask", "value_mask", "key_mask",
                "use_causal_mask", "return_attention_scores")


def uses_of(call: Call, calls: Calls) -> list[Use]:
    """Return for each input of a call what it is used for; ValueError for what is not known."""
    layer = unwrapped(call.operation)
    kind = kind_of(layer) or operation_kind(layer)
    if kind.group == "refused" or len(call.outputs) > 1:
        raise unknown(layer, kind.reason)
    odd = [name for name, value in call.node.arguments.kwargs.items()
           if name in CALLED_ODDLY and value is not None and value is not False]
    if odd:
        raise unknown(layer, f"is called with {', '.join(odd)}")
    outputs = calls.shapes[call.outputs[0]][1:]
    inputs = [calls.shapes[number][1:] for number in call.inputs]
    uses = MAKERS[kind.group](call, layer, outputs, inputs)
    if any(use is None for use in uses):
        raise unknown(layer, f"brings shapes {inputs} to {outputs} in a way that is not known")
    return [_behind_activation(layer, outputs, use) for use in uses]


def unknown(layer: object, reason: str) -> ValueError:
    """Return the error for a layer of which it is not known what its cells see."""
    return ValueError(f"it is not known what a cell behind {layer.name!r}, a "
                      f"{type(layer).__name__}, sees: it {reason}; ask about a layer before it, "
                      "or build the model without it")


def _behind_activation(layer: object, outputs: Shape, use: Use) -> Use:
    found = reach(getattr(layer, "activation", None), outputs)
    if found is None:
        raise unknown(layer, f"has the activation {layer.activation!r}, which looks beyond a cell")
    if found == "number":
        return use
    channels = Axes(outputs, outputs, (*_same(len(outputs) - 1), None))
    return Chained(channels, use)


def _same(count: int) -> tuple:
    return tuple((axis, SAME) for axis in range(count))


def _still(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    return [Axes(outputs, shape, _same(len(shape))) if shape == outputs else None
            for shape in inputs]


def _pipeline(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    for part in layer.layers:
        kind = kind_of(part) or Kind("refused", "is not a layer")
        if kind.group != "still":
            raise unknown(layer, f"holds {part.name!r}, a {type(part).__name__}")
    return _still(call, layer, outputs, inputs)


def _along(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    axes = axes_of(layer, len(outputs) + 1)
    if 0 in axes:
        raise unknown(layer, "mixes the images of a batch")
    return [Axes(outputs, outputs, tuple(None if axis + 1 in axes else (axis, SAME)
                                         for axis in range(len(outputs))))]


def _dense(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    return [Axes(outputs, inputs[0], (*_same(len(outputs) - 1), None))]


def _window(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    image, (spatial, channel) = inputs[0], _layout(layer, inputs[0])
    size = getattr(layer, "kernel_size", None) or layer.pool_size
    along = [None] * len(image)
    for number, axis in enumerate(spatial):
        stride, dilation = _one(layer.strides, number), _one(
            getattr(layer, "dilation_rate", 1), number)
        kernel, length = _one(size, number), image[axis]
        if length is None:
            if layer.padding == "same" and stride > 1:
                raise ValueError(f"the padding of {layer.name!r} depends on the size of the image: "
                                 "build the model with an input of fixed size")
            length = stride  # any other padding is the same at every length
        before = dilation * (kernel - 1) if layer.padding == "causal" else padding_amounts(
            length, kernel, stride=stride, padding=layer.padding, dilation=dilation)[0]
        along[axis] = (axis, Window(kernel, stride, before, dilation))
    if not hasattr(layer, "kernel_size"):
        along[channel] = (channel, SAME)
    elif "Depthwise" in type(layer).__name__ or getattr(layer, "groups", 1) > 1:
        groups = getattr(layer, "groups", 1)
        groups = image[channel] if groups == 1 else groups
        along[channel] = (channel, _blocks(outputs[channel], image[channel], groups))
    return [Axes(outputs, image, tuple(along))]


def _adaptive(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    image, (spatial, channel) = inputs[0], _layout(layer, inputs[0])
    along = [None] * len(image)
    along[channel] = (channel, SAME)
    for axis in spatial:
        length, places = known(image[axis]), np.arange(outputs[axis])[:, np.newaxis]
        first, end = places * length // len(places), -(-(places + 1) * length // len(places))
        along[axis] = (axis, (np.arange(length) >= first) & (np.arange(length) < end))
    return [Axes(outputs, image, tuple(along))]


def _whole(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    _, channel = _layout(layer, inputs[0])
    along = [None] * len(inputs[0])
    along[channel] = (channel if layer.keepdims else 0, SAME)
    return [Axes(outputs, inputs[0], tuple(along))]


def _groups(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    channel = axes_of(layer, len(outputs) + 1)[0] - 1
    groups = outputs[channel] if layer.groups == -1 else layer.groups
    along = [None] * len(outputs)
    along[channel] = (channel, _blocks(outputs[channel], outputs[channel], groups))
    return [Axes(outputs, outputs, tuple(along))]


def _attention(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    own = len(set(call.inputs)) == 1 and len(outputs) == 2 and inputs[0][0] == outputs[0]
    if not own or getattr(layer, "_attention_axes", None) not in (None, (1,), [1]):
        raise unknown(layer, "attends to another input or along axes of its own")
    return [Axes(outputs, shape, (None, None)) for shape in inputs]


def _reshape(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    return [Moved(outputs, inputs[0])]


def _permute(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    return [Axes(outputs, inputs[0], tuple((list(layer.dims).index(axis + 1), SAME)
                                           for axis in range(len(outputs))))]


def _repeat(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    return [Axes(outputs, inputs[0], ((1, SAME),))]


def _border(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    image, (spatial, _) = inputs[0], _layout(layer, inputs[0])
    along = [(axis, SAME) for axis in range(len(image))]
    for number, axis in enumerate(spatial):
        if type(layer).__name__ == "CenterCrop":
            before = -((known(image[axis]) - outputs[axis]) // 2)
            if before > 0 or any(image[one] < outputs[one] for one in spatial):
                raise unknown(layer, "enlarges an image that is too small")
        else:
            sign, amounts = ((1, layer.padding) if hasattr(layer, "padding")
                             else (-1, layer.cropping))
            before = sign * (amounts[number] if is_pair(amounts[number]) else amounts)[0]
        along[axis] = (axis, Window(before=before))
    return [Axes(outputs, image, tuple(along))]


def _upsampling(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    image, (spatial, _) = inputs[0], _layout(layer, inputs[0])
    if getattr(layer, "interpolation", "nearest") != "nearest":
        raise unknown(layer, f"enlarges by {layer.interpolation} interpolation")
    along = [(axis, SAME) for axis in range(len(image))]
    for number, axis in enumerate(spatial):
        times = _one(layer.size, number)
        along[axis] = (axis, np.repeat(np.eye(known(image[axis]), dtype=bool), times, axis=0))
    return [Axes(outputs, image, tuple(along))]


def _layout(layer: object, image: Shape) -> tuple[list[int], int]:
    """Return the axes of the places and that of the channels."""
    axes = list(range(len(image)))
    first = getattr(layer, "data_format", "channels_last") == "channels_first"
    return (axes[1:], 0) if first else (axes[:-1], axes[-1])


def _one(value: object, number: int) -> int:
    return value[number] if is_pair(value) else value


def _blocks(outputs: int, inputs: int, groups: int) -> Rule:
    """Return (outputs, inputs), True where both channels are in one group."""
    if outputs == inputs == groups:
        return SAME
    return (np.arange(outputs)[:, np.newaxis] * groups // outputs
            == np.arange(inputs) * groups // inputs)


MAKERS = OPERATIONS | {
    "still": _still, "pipeline": _pipeline, "along": _along, "dense": _dense, "window": _window,
    "adaptive": _adaptive, "whole": _whole, "groups": _groups, "attention": _attention,
    "reshape": _reshape, "permute": _permute, "repeat": _repeat, "border": _border,
    "upsampling": _upsampling}
