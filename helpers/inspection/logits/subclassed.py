"""The logits of a model whose code is its own: found by what its layers put out, not in a graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from helpers.inspection.logits.endings import ending
from helpers.inspection.logits.probabilities import require_open, wild
from helpers.inspection.model.names import find_layer, one_tensor
from helpers.inspection.model.recording import recording, replaced, to_numpy

if TYPE_CHECKING:
    import keras

SATURATING = ("softmax", "sigmoid", "log_softmax", "log_sigmoid")  # functions of keras.ops


def logits_of_code(model: keras.Model, batch: np.ndarray) -> Callable | None:
    """Return images -> logits; None where nothing looks like probabilities.

    The last layer that is called decides. If the model puts out what it puts out, its activation,
    or the layer itself if it has no weights, is tried as in a written model; if the model puts out
    a softmax or sigmoid of it, what it puts out are the logits. Raises ValueError where all outputs
    stay between 0 and 1 and neither is so.
    """
    import keras

    images = keras.ops.convert_to_tensor(wild(batch))
    with recording(model) as outputs:
        output = to_numpy(one_tensor(model, model(images, training=False)))
    if outputs:
        name, last = list(outputs.items())[-1]
        last = to_numpy(last)
        layer = find_layer(model, name)
        if _alike(last, output):
            found = _without_end(model, layer, output)
            if found is not None:
                return found
        elif any(_alike(to_numpy(getattr(keras.ops, kind)(keras.ops.convert_to_tensor(last))),
                        output) for kind in SATURATING):
            return lambda images: _recorded(model, name, images)
    require_open(model, model, batch)
    return None


def _without_end(model: keras.Model, layer: keras.Layer, output: np.ndarray) -> Callable | None:
    """Return the model without the activation of its last layer, if that is a softmax or such."""
    import keras

    if callable(getattr(layer, "activation", None)):
        attribute, function, instead = "activation", layer.activation, keras.activations.linear
    elif not layer.weights:
        attribute, function, instead = "call", layer, lambda inputs, *_, **__: inputs
    else:
        return None
    kind = ending(lambda arrays: to_numpy(function(keras.ops.convert_to_tensor(
        arrays[0], layer.compute_dtype))), [output.shape[1:]], layer.compute_dtype)
    if kind not in ("softmax", "sigmoid"):
        return None

    def logits(images: object) -> object:
        with replaced(layer, attribute, instead):
            return model(images, training=False)

    return logits


def _recorded(model: keras.Model, name: str, images: object) -> object:
    with recording(model, [name]) as outputs:
        model(images, training=False)
    return outputs[name]


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Compare where both are finite: very strong images may be too much for a function."""
    finite = np.isfinite(one) & np.isfinite(other) if one.shape == other.shape else np.array(False)
    return bool(finite.any()) and np.allclose(one[finite], other[finite], atol=1e-5)
