"""A Keras convnet and its twin in PyTorch: the same layers, the same weights, the same outputs.

The two write shapes and weights in different orders:

    images              (n, height, width, channels)    (n, channels, height, width)
    kernels             (height, width, in, out)        (out, in, height, width)
    weights, dense      (in, out)                       (out, in)
    a map, flattened    row, column, channel            channel, row, column

Needs torch, which helpers.start.needs.need("torch") asks for in a way that a reader understands.
"""

from helpers.networks.twin.build import torch_twin
from helpers.networks.twin.order import (
    dense_to_keras,
    dense_to_torch,
    kernel_to_keras,
    kernel_to_torch,
)
from helpers.networks.twin.weights import carry_to_keras, carry_to_torch

__all__ = [
    "carry_to_keras",
    "carry_to_torch",
    "dense_to_keras",
    "dense_to_torch",
    "kernel_to_keras",
    "kernel_to_torch",
    "torch_twin",
]
