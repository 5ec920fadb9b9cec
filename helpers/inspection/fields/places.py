"""Layers that move or gather the places of a map: windows, borders, pooling, enlarging."""

from __future__ import annotations

import numpy as np

from helpers.arithmetic.arguments import is_pair
from helpers.arithmetic.sizes import padding_amounts
from helpers.inspection.fields.refusals import unknown
from helpers.inspection.fields.windows import SAME, Axes, Rule, Shape, Use, Window, known
from helpers.inspection.model.calls import Call


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
        along[channel] = (channel, blocks(outputs[channel], image[channel], groups))
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


def blocks(outputs: int, inputs: int, groups: int) -> Rule:
    """Return (outputs, inputs), True where both channels are in one group."""
    if outputs == inputs == groups:
        return SAME
    return (np.arange(outputs)[:, np.newaxis] * groups // outputs
            == np.arange(inputs) * groups // inputs)


PLACES = {"window": _window, "adaptive": _adaptive, "whole": _whole, "border": _border,
          "upsampling": _upsampling}
