"""Breaking off a training that can no longer change anything but its last biases."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras


def stop_when_dead(images: np.ndarray, batch_size: int = 500, *,
                   prepare: Callable[[np.ndarray], np.ndarray] | None = None,
                   ) -> keras.callbacks.Callback:
    """Stop after an epoch in which the last layer's input became zero for every training image.

    Behind a ReLU that is zero everywhere, every gradient but that of the last layer's biases is
    exactly zero, so more epochs cannot bring the network back; they only cost time.

    images: the training images (n, ...).
    prepare: makes of some of them what the network takes; without it they are that already.
    Returns a callback; its `dead_after` is the number of epochs after which the network was found
    dead, or None.
    """
    import keras

    class StopWhenDead(keras.callbacks.Callback):
        dead_after: int | None = None

        def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
            """Look at a few images first: a network that is alive shows it there at once."""
            features = keras.Model(self.model.inputs[0], self.model.layers[-1].input)
            for start in range(0, len(images), batch_size):
                some = images[start:start + batch_size]
                if np.any(features(prepare(some) if prepare else some)):
                    return
            self.dead_after = epoch + 1
            self.model.stop_training = True

    return StopWhenDead()
