"""The number that a class is judged by, before a softmax presses all of them towards 0 and 1.

Where a network is sure, its softmax is flat: the probability hardly moves and its gradient is all
but zero, however much the evidence changes. The logit, what goes into the softmax, still moves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from helpers.arithmetic.arguments import is_whole
from helpers.inspection.logits.heads import Head
from helpers.inspection.logits.subclassed import logits_of_code
from helpers.inspection.model.calls import is_written
from helpers.inspection.model.names import one_tensor, require_one_output

if TYPE_CHECKING:
    import keras

SCORES = ("logit", "output")


def scoring(model: keras.Model, score: str, batch: np.ndarray) -> Callable[[object], object]:
    """Return the function of images (n, ...) that puts out what `score` names, (n, classes).

    "logit": what goes into the softmax or sigmoid at the end of the model, by whatever layer,
        function or operation it is computed there, also in a model inside the model; of several
        one after another, the first. A model that ends without one puts out its logits already.
        Raises ValueError for a model that puts out probabilities of which this cannot be told.
    "output": what the model puts out.
    batch: images that the model takes; one is enough.
    """
    if score not in SCORES:
        raise ValueError(f'score must be "logit" or "output", got {score!r}')
    require_one_output(model)

    def whole(images: object) -> object:
        return one_tensor(model, model(images, training=False))

    if score == "output":
        return whole
    logits = Head(model, batch).logits() if is_written(model) else logits_of_code(model, batch)
    return logits or whole


def class_scores(outputs: object, label: object) -> object:
    """Pick one class of outputs (n, classes); returns (n,)."""
    if len(outputs.shape) != 2:
        raise ValueError("the model must put out one number for each class, (n, classes), "
                         f"got shape {tuple(outputs.shape)}")
    classes = outputs.shape[1]
    if not is_whole(label) or not 0 <= label < classes:
        raise ValueError(f"label must be a whole number from 0 to {classes - 1}, got {label!r}")
    return outputs[:, int(label)]
