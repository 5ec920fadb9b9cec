"""A start that measures: each layer in turn is divided by the spread of what leaves it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from helpers.inspection.diagnosis import kernel_layers

if TYPE_CHECKING:
    import keras

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def spread_out(model: keras.Model, images: np.ndarray) -> keras.Model:
    """Scale each kernel so that what leaves its layer has a standard deviation of 1; returns model.

    images: (n, rows, columns, channels), a batch of training images. A layer that puts out the
    same for all of them stays as it is. Source: Mishkin and Matas, "All you need is a good init",
    2016, of which this is the second half; the first weights stay Glorot's, not orthogonal.
    """
    import keras

    for layer in kernel_layers(model):
        watched = keras.Model(model.inputs[0], layer.output)
        deviation = float(np.std(watched(images, training=False)))
        if deviation > 0:
            layer.kernel.assign(layer.kernel / deviation)
    return model
