"""Build the twin of a Keras convnet in PyTorch, layer by layer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from helpers.arithmetic import same_padding
from helpers.networks.twin.chain import Link, chain
from helpers.networks.twin.weights import carry_to_torch

if TYPE_CHECKING:
    import keras
    from torch import nn

# By their names in keras.activations: what makes them in torch.nn, and with which settings.
ACTIVATIONS = {"relu": ("ReLU", {}), "softmax": ("Softmax", {"dim": 1}), "sigmoid": ("Sigmoid", {}),
               "tanh": ("Tanh", {}), "elu": ("ELU", {}), "silu": ("SiLU", {})}


def torch_twin(model: keras.Model) -> nn.Sequential:
    """Make a network of PyTorch with the layers, the settings and the weights of a Keras convnet.

    model: a Sequential or a functional chain that gets (n, height, width, channels); its twin gets
        (n, channels, height, width). Layers that PyTorch lacks are written in others: padding
        "same" that is not the same on both sides becomes a layer of zeros of its own.
    Returns the twin in evaluation mode, as `model` predicts; call train() before you train it.
    Raises ValueError for a model or a layer that has no twin, which names it.
    """
    from keras import layers
    from torch import nn

    modules = []
    for link in chain(model):
        modules += MAKERS[type(link.layer).__name__](link)
        if isinstance(link.layer, (layers.Conv2D, layers.Dense)):
            modules += _activation(link)
    network = nn.Sequential(*modules)
    carry_to_torch(model, network)
    return network.eval()


def _conv(link: Link) -> list[nn.Module]:
    from torch import nn

    layer = link.layer
    rows, columns = _padding(link, layer.kernel_size, layer.dilation_rate)
    even = rows[0] == rows[1] and columns[0] == columns[1]
    conv = nn.Conv2d(link.shape[-1], layer.filters, layer.kernel_size, layer.strides,
                     padding=(rows[0], columns[0]) if even else 0, dilation=layer.dilation_rate,
                     groups=layer.groups, bias=layer.use_bias)
    return [conv] if even else [nn.ZeroPad2d((*columns, *rows)), conv]


def _dense(link: Link) -> list[nn.Module]:
    from torch import nn

    if len(link.shape) != 1:
        raise ValueError(f"{link.layer.name} is a Dense layer on a map {link.shape}, which works "
                         "cell by cell; put a Flatten before it, or use a 1x1 convolution")
    return [nn.Linear(link.shape[0], link.layer.units, bias=link.layer.use_bias)]


def _batch_norm(link: Link) -> list[nn.Module]:
    from torch import nn

    layer = link.layer
    if layer.axis not in (-1, len(link.shape)) or len(link.shape) not in (1, 3):
        raise ValueError(f"{layer.name} must normalise the channels of a map or of a flat layer; "
                         f"got axis {layer.axis} of a shape {link.shape}")
    kind = nn.BatchNorm1d if len(link.shape) == 1 else nn.BatchNorm2d
    norm = kind(link.shape[-1], eps=layer.epsilon, momentum=1 - layer.momentum,
                affine=layer.scale or layer.center)
    if norm.affine:  # what Keras leaves out must not be learned
        norm.weight.requires_grad_(layer.scale)
        norm.bias.requires_grad_(layer.center)
    return [norm]


def _max_pool(link: Link) -> list[nn.Module]:
    from torch import nn

    rows, columns = _padding(link, link.layer.pool_size)
    border = [nn.ConstantPad2d((*columns, *rows), -math.inf)] if any(rows + columns) else []
    return [*border, nn.MaxPool2d(link.layer.pool_size, link.layer.strides)]


def _average_pool(link: Link) -> list[nn.Module]:
    from torch import nn

    rows, columns = _padding(link, link.layer.pool_size)
    if rows[0] != rows[1] or columns[0] != columns[1]:
        raise ValueError(f"{link.layer.name} averages with {rows} and {columns} cells of padding; "
                         "PyTorch can only pad both sides alike")
    return [nn.AvgPool2d(link.layer.pool_size, link.layer.strides, (rows[0], columns[0]),
                         count_include_pad=False)]


def _global_pool(link: Link) -> list[nn.Module]:
    from keras import layers
    from torch import nn

    average = isinstance(link.layer, layers.GlobalAveragePooling2D)
    pool = nn.AdaptiveAvgPool2d(1) if average else nn.AdaptiveMaxPool2d(1)
    return [pool] if link.layer.keepdims else [pool, nn.Flatten()]


def _zero_padding(link: Link) -> list[nn.Module]:
    from torch import nn

    rows, columns = link.layer.padding
    return [nn.ZeroPad2d((*columns, *rows))]


def _flatten(link: Link) -> list[nn.Module]:
    from torch import nn

    return [nn.Flatten()]


def _dropout(link: Link) -> list[nn.Module]:
    from torch import nn

    return [nn.Dropout(link.layer.rate)]


def _relu(link: Link) -> list[nn.Module]:
    from torch import nn

    layer = link.layer
    if getattr(layer, "max_value", None) is not None or getattr(layer, "threshold", 0):
        raise ValueError(f"{layer.name}: a ReLU with max_value or threshold has no twin here")
    slope = float(layer.negative_slope)
    return [nn.LeakyReLU(slope) if slope else nn.ReLU()]


def _softmax(link: Link) -> list[nn.Module]:
    from torch import nn

    if link.layer.axis not in (-1, len(link.shape)):
        raise ValueError(f"{link.layer.name}: expected a softmax over the channels; "
                         f"got axis {link.layer.axis}")
    return [nn.Softmax(dim=1)]


def _activation(link: Link) -> list[nn.Module]:
    from keras import activations
    from torch import nn

    function = link.layer.activation
    if function is activations.linear:
        return []
    for name, (kind, settings) in ACTIVATIONS.items():
        if function is getattr(activations, name):
            return [getattr(nn, kind)(**settings)]
    raise ValueError(f"{link.layer.name} has the activation {function!r}, which has no twin here; "
                     f"known are linear, {', '.join(ACTIVATIONS)}")


def _padding(link: Link, kernel: tuple, dilation: tuple = (1, 1)) -> tuple[tuple, tuple]:
    """The cells that a layer adds: (top, bottom), (left, right)."""
    layer = link.layer
    if layer.padding == "valid":
        return (0, 0), (0, 0)
    size = link.shape[:2]
    if None in size:
        if set(layer.strides) != {1}:
            raise ValueError(f'{layer.name}: how much "same" pads with a stride depends on the '
                             f"size of the image, and the model leaves it open: {link.shape}")
        size = kernel  # with stride 1 any size is padded alike
    return same_padding(tuple(size), tuple(kernel), stride=tuple(layer.strides),
                        dilation=tuple(dilation))


# By the names of the classes of keras.layers; `chain` lets no other pass.
MAKERS = {"Conv2D": _conv, "Dense": _dense, "BatchNormalization": _batch_norm,
          "MaxPooling2D": _max_pool, "AveragePooling2D": _average_pool,
          "GlobalAveragePooling2D": _global_pool, "GlobalMaxPooling2D": _global_pool,
          "ZeroPadding2D": _zero_padding, "Flatten": _flatten, "Dropout": _dropout,
          "Activation": _activation, "ReLU": _relu, "LeakyReLU": _relu, "Softmax": _softmax}
