"""For each call of a layer: which cells of its inputs some cells of its output depend on.

Only what is listed in helpers.arithmetic.layer_kinds is answered. The rest is refused by name, with
the reason, since a guess would look like an answer.
"""

from __future__ import annotations

from helpers.arithmetic.activations import reach
from helpers.arithmetic.layer_kinds import axes_of, is_still, kind_of, unwrapped
from helpers.inspection.fields.operations import OPERATIONS, operation_kind
from helpers.inspection.fields.places import PLACES, blocks
from helpers.inspection.fields.refusals import unknown
from helpers.inspection.fields.windows import SAME, Axes, Chained, Moved, Shape, Use
from helpers.inspection.model.calls import Call, Calls

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


def _behind_activation(layer: object, outputs: Shape, use: Use) -> Use:
    found = reach(getattr(layer, "activation", None), outputs)
    if found is None:
        raise unknown(layer, f"has the activation {_named(layer.activation)}, which looks beyond a "
                      "cell")
    if found == "number":
        return use
    channels = Axes(outputs, outputs, (*_same(len(outputs) - 1), None))
    return Chained(channels, use)


def _named(function: object) -> str:
    return repr(getattr(function, "__name__", type(function).__name__))


def _same(count: int) -> tuple:
    return tuple((axis, SAME) for axis in range(count))


def _still(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    return [Axes(outputs, shape, _same(len(shape))) if shape == outputs else None
            for shape in inputs]


def _pipeline(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    moving = [part.name for part in layer.layers if not is_still(part)]
    if moving:
        raise unknown(layer, f"holds {', '.join(moving)}")
    return _still(call, layer, outputs, inputs)


def _along(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    axes = axes_of(layer, len(outputs) + 1)
    if 0 in axes:
        raise unknown(layer, "mixes the images of a batch")
    return [Axes(outputs, outputs, tuple(None if axis + 1 in axes else (axis, SAME)
                                         for axis in range(len(outputs))))]


def _dense(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    return [Axes(outputs, inputs[0], (*_same(len(outputs) - 1), None))]


def _groups(call: Call, layer: object, outputs: Shape, inputs: list[Shape]) -> list[Use]:
    channel = axes_of(layer, len(outputs) + 1)[0] - 1
    groups = outputs[channel] if layer.groups == -1 else layer.groups
    along = [None] * len(outputs)
    along[channel] = (channel, blocks(outputs[channel], outputs[channel], groups))
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


MAKERS = OPERATIONS | PLACES | {
    "still": _still, "pipeline": _pipeline, "along": _along, "dense": _dense, "groups": _groups,
    "attention": _attention, "reshape": _reshape, "permute": _permute, "repeat": _repeat}
