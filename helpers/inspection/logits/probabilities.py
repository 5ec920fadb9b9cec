"""Notice outputs that are probabilities, and refuse where it cannot be told of which logits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from helpers.inspection.model.recording import to_numpy

if TYPE_CHECKING:
    import keras


def undecided(model: keras.Model, layers: list) -> ValueError:
    """Return the error for probabilities whose logits cannot be found."""
    names = ", ".join(f"{layer.name!r}, a {type(layer).__name__}" for layer in layers)
    inside = f" (they are made inside {names})" if names else ""
    return ValueError(f"the model {model.name!r} puts out probabilities{inside}, and it cannot be "
                      "told which logits they were: give a model that ends in its logits, as in "
                      'keras.Model(model.input, logits), or ask for score="output"')


def require_open(model: keras.Model, function: Callable, batch: np.ndarray) -> None:
    """Raise ValueError if what a function puts out stays between 0 and 1 whatever the images."""
    import keras

    outputs = to_numpy(function(keras.ops.convert_to_tensor(wild(batch)), training=False))
    outputs = outputs[np.isfinite(outputs)]
    near = 1e-2 if outputs.dtype == np.float16 else 1e-4
    if not outputs.size:
        raise undecided(model, [])
    if outputs.min() > -near and outputs.max() < 1 + near and np.ptp(outputs) > near:
        raise undecided(model, [])


def wild(batch: np.ndarray) -> np.ndarray:
    """Return the images and others like none: noise around them, weak, strong and very strong."""
    random = np.random.default_rng(0)
    spread = max(float(np.ptp(batch)), 1.0)
    others = [batch[:1] + scale * spread * random.normal(size=batch[:1].shape)
              for scale in (0.1, 1, 1, 30, 30, 1000, 1000)]
    return np.concatenate([batch[:1], *others]).astype(batch.dtype)
