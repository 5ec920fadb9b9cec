"""The number that a class is judged by, before a softmax presses all of them towards 0 and 1.

Where a network is sure, its softmax is flat: the probability hardly moves and its gradient is all
but zero, however much the evidence changes. The logit, what goes into the softmax, still moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keras

from helpers.arithmetic.arguments import is_whole
from helpers.inspection.recording import replaced

SCORES = ("logit", "output")


@contextmanager
def scoring(model: keras.Model, score: str) -> Iterator[None]:
    """While it lasts, the model puts out what `score` names.

    "logit": a softmax or sigmoid at the end is taken off, whether it is the last layer's activation
        or a layer of its own, also in a model inside the model. A model that ends without one puts
        out its logits already and stays as it is.
    "output": the model stays as it is.
    """
    if score not in SCORES:
        raise ValueError(f'score must be "logit" or "output", got {score!r}')
    layer = last_layer(model)
    saturating = (keras.activations.softmax, keras.activations.sigmoid)
    if score == "output" or layer is None:
        yield
    elif isinstance(layer, keras.layers.Softmax):
        with replaced(layer, "call", lambda inputs, *_, **__: inputs):
            yield
    elif getattr(layer, "activation", None) in saturating:
        with replaced(layer, "activation", keras.activations.linear):
            yield
    else:
        yield


def last_layer(model: keras.Model) -> keras.Layer | None:
    """Return the layer that makes the output, looking into a model that ends the model."""
    layer = model
    while isinstance(layer, keras.Model):
        if not layer.layers:
            return None
        layer = layer.layers[-1]
    return layer


def class_scores(outputs: object, label: object) -> object:
    """Pick one class of outputs (n, classes); returns (n,)."""
    if len(outputs.shape) != 2:
        raise ValueError("the model must put out one number for each class, (n, classes), "
                         f"got shape {tuple(outputs.shape)}")
    classes = outputs.shape[1]
    if not is_whole(label) or not 0 <= label < classes:
        raise ValueError(f"label must be a whole number from 0 to {classes - 1}, got {label!r}")
    return outputs[:, int(label)]
