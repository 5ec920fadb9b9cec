"""The kernels of a convolution, in one shape for every kind of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from helpers.arithmetic.layer_kinds import unwrapped
from helpers.inspection.model.recording import to_numpy

if TYPE_CHECKING:
    import keras

KINDS = "Conv2D, DepthwiseConv2D, SeparableConv2D or Conv2DTranspose"


def filters(layer: keras.Layer) -> np.ndarray:
    """Return the kernels of a two-dimensional convolution as (height, width, in, out).

    Conv2D: as Keras has them. With groups, "in" counts the channels of one group.
    DepthwiseConv2D: each filter sees one channel, so "in" is 1. With depth multiplier m, filter k
        sees channel k // m.
    SeparableConv2D: the one kernel that its two steps, depthwise and 1x1, make together; nothing
        stands between them.
    SpectralNormalization: those of the layer inside.
    Conv2DTranspose: Keras keeps (height, width, out, in); it is turned round.
    Raises ValueError for any other layer and for one that has no weights yet.
    """
    import keras

    layer = unwrapped(layer)
    kind = type(layer).__name__
    if not isinstance(layer, keras.Layer) or isinstance(layer, keras.Model):
        inner = [part.name for part in getattr(layer, "layers", []) if _is_convolution(part)]
        hint = f"; its convolutions are: {', '.join(inner)}" if inner else ""
        raise ValueError(f"layer must be a {KINDS} layer, got a {kind}{hint}")
    if not _is_convolution(layer):
        raise ValueError(f"layer must be a {KINDS} layer, got {layer.name!r}, a {kind}, which has "
                         "no two-dimensional kernels")
    if not layer.built:
        raise ValueError(f"{layer.name!r} has no kernels yet: build the model first")
    if isinstance(layer, keras.layers.DepthwiseConv2D):
        kernel = to_numpy(layer.kernel)
        return kernel.reshape(*kernel.shape[:2], 1, -1)
    if isinstance(layer, keras.layers.SeparableConv2D):
        depthwise, pointwise = to_numpy(layer.depthwise_kernel), to_numpy(layer.pointwise_kernel)
        mixing = pointwise.reshape(*depthwise.shape[2:], -1)  # (in, multiplier, out)
        return np.einsum("hwcm,cmo->hwco", depthwise, mixing)
    kernel = to_numpy(layer.kernel)
    transposed = isinstance(layer, keras.layers.Conv2DTranspose)
    return kernel.transpose(0, 1, 3, 2) if transposed else kernel


def _is_convolution(layer: object) -> bool:
    import keras

    kinds = keras.layers
    return isinstance(layer, (kinds.Conv2D, kinds.DepthwiseConv2D, kinds.SeparableConv2D,
                              kinds.Conv2DTranspose))
