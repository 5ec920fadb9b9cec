"""The small network of the slides, on pixels from 0 to 255 or scaled inside it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def slides_network(*, scale: float = 1.0, initializer: str = "glorot_uniform",
                   normalise: bool = False) -> keras.Model:
    """Two convolutions with ReLU and pooling, 16 hidden units, ten logits: (n, 28, 28, 1) in.

    scale: what the pixels are multiplied by. normalise: batch normalisation after each convolution.
    """
    import keras
    from keras import layers

    network = keras.Sequential([keras.Input((28, 28, 1)), layers.Rescaling(scale)])
    for filters in (32, 64):
        network.add(layers.Conv2D(filters, 3, kernel_initializer=initializer))
        if normalise:
            network.add(layers.BatchNormalization())
        network.add(layers.ReLU())
        network.add(layers.MaxPooling2D(2))
    network.add(layers.Flatten())  # (n, 1600)
    network.add(layers.Dense(16, "relu", kernel_initializer=initializer))
    network.add(layers.Dense(10, kernel_initializer=initializer))
    return network
