"""Breaking off a training that can no longer change anything but its last biases."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np


class StopWhenDead(keras.callbacks.Callback):
    """Stop after an epoch in which the last layer's input became zero for every training image.

    Behind a ReLU that is zero everywhere, every gradient but that of the last layer's biases is
    exactly zero, so more epochs cannot bring the network back; they only cost time.

    images: the training images (n, ...).
    prepare: makes of some of them what the network takes; without it they are that already.
    dead_after: the number of epochs after which the network was found dead, or None.
    """

    def __init__(self, images: np.ndarray, batch_size: int = 500, *,
                 prepare: Callable[[np.ndarray], np.ndarray] | None = None) -> None:
        super().__init__()
        self.images, self.batch_size, self.prepare = images, batch_size, prepare
        self.dead_after: int | None = None

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Look at a few images first: a network that is alive shows it there at once."""
        features = keras.Model(self.model.inputs[0], self.model.layers[-1].input)
        for start in range(0, len(self.images), self.batch_size):
            images = self.images[start:start + self.batch_size]
            if np.any(features(self.prepare(images) if self.prepare else images)):
                return
        self.dead_after = epoch + 1
        self.model.stop_training = True
