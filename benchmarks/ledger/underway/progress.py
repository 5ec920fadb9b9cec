"""A bar that shows how far a training is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras
    from tqdm import tqdm


def progress(bar: tqdm, steps: int) -> keras.callbacks.Callback:
    """A callback that moves a bar of training steps over all epochs, with the accuracy so far."""
    import keras

    before = bar.n

    class Progress(keras.callbacks.Callback):
        def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
            """Keras tells the last step of a call, counted on beyond the end of the epoch."""
            bar.update(before + min(batch + 1, steps) - bar.n)
            bar.set_postfix(accuracy=f"{(logs or {}).get('accuracy', math.nan):.4f}",
                            refresh=False)

    return Progress()
