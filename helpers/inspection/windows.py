"""Which rows, or columns, of its input a Keras layer uses for some of its output."""

from __future__ import annotations

from typing import TypeAlias

import keras

from helpers.arithmetic.arguments import pair
from helpers.arithmetic.sizes import padding_amounts

Interval: TypeAlias = tuple[int, int]  # first and last, both inside

MERGES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate")
# Layers that leave every cell where it is.
STILL = frozenset({
    "Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "Dropout", "SpatialDropout2D",
    "AlphaDropout", "GaussianNoise", "GaussianDropout", "BatchNormalization", "Rescaling",
    "Normalization", "ActivityRegularization", "Identity", *MERGES,
})
# Layers after which every number depends on all cells; LayerNormalization as Keras has it by
# default looks at the channels of one cell only, so it is not among them.
WHOLE = frozenset({"GlobalAveragePooling2D", "GlobalMaxPooling2D", "Flatten"})
WINDOWS = ("Conv2D", "DepthwiseConv2D", "SeparableConv2D", "MaxPooling2D", "AveragePooling2D")


def spanning(one: Interval, other: Interval) -> Interval:
    """Return the smallest interval that holds both."""
    return min(one[0], other[0]), max(one[1], other[1])


def input_intervals(node: object, interval: Interval, axis: int) -> list[Interval]:
    """Return, for each input of one call of a layer, what it uses for `interval` of its output.

    node: the call, as Keras keeps it. axis: 0 for rows, 1 for columns.
    """
    layer, inputs = node.operation, node.input_tensors
    kind = type(layer).__name__
    if any(len(tensor.shape) != 4 for tensor in (*inputs, *node.outputs)):
        # From the point where the map has ended, all of it is used.
        flat = kind in WHOLE or kind in STILL or kind in ("Dense", "Reshape")
        if not flat:
            raise _unknown(layer)
        return [_all_of(tensor, axis, layer) for tensor in inputs]
    if kind in WHOLE:  # global pooling that keeps its axes
        return [_all_of(tensor, axis, layer) for tensor in inputs]
    if kind in STILL:
        return [_matching(tensor, node.outputs[0], interval, axis) for tensor in inputs]
    if kind == "Dense":  # on a map, cell by cell
        return [interval]
    if kind in ("ZeroPadding2D", "Cropping2D"):
        before = layer.padding[axis][0] if kind == "ZeroPadding2D" else -layer.cropping[axis][0]
        return [(interval[0] - before, interval[1] - before)]
    if kind in WINDOWS:
        return [_under_windows(layer, inputs[0], interval, axis)]
    raise _unknown(layer)


def _under_windows(layer: keras.Layer, image: object, interval: Interval, axis: int) -> Interval:
    size = getattr(layer, "kernel_size", None) or layer.pool_size
    size, stride = pair(size, "kernel_size")[axis], pair(layer.strides, "strides")[axis]
    dilation = pair(getattr(layer, "dilation_rate", 1), "dilation_rate")[axis]
    length = image.shape[1 + axis]
    if length is None:
        if layer.padding == "same" and stride > 1:
            raise ValueError(f"the padding of {layer.name!r} depends on the size of the image: "
                             "build the model with an input of fixed size")
        length = stride  # any other padding is the same at every length
    before, _ = padding_amounts(length, size, stride=stride, padding=layer.padding,
                                dilation=dilation)
    first, last = (place * stride - before for place in interval)
    return first, last + dilation * (size - 1)


def _matching(tensor: object, output: object, interval: Interval, axis: int) -> Interval:
    """A map of one cell that is spread over a larger one, as in an attention gate, stays one."""
    here, there = tensor.shape[1 + axis], output.shape[1 + axis]
    return (0, 0) if here == 1 and there != 1 else interval


def _all_of(tensor: object, axis: int, layer: keras.Layer) -> Interval:
    if len(tensor.shape) != 4:
        return 0, 0
    if tensor.shape[1 + axis] is None:
        raise ValueError(f"{layer.name!r} sees the whole image: build the model with an input of "
                         "fixed size")
    return 0, tensor.shape[1 + axis] - 1


def _unknown(layer: object) -> ValueError:
    return ValueError(f"it is not known what a cell behind {layer.name!r}, a "
                      f"{type(layer).__name__}, sees; known are windows of convolution and "
                      "pooling, padding, cropping, merging, and layers that work cell by cell")
