"""How a class's score changes with each pixel: the gradient as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from helpers.inspection.logits.scores import class_scores, scoring
from helpers.inspection.model.inputs import as_one

if TYPE_CHECKING:
    import keras


def saliency(model: keras.Model, image: ArrayLike, label: int, *,
             score: str = "logit") -> np.ndarray:
    """Return (H, W): how steeply the score of a class changes with each pixel, without its sign.

    The absolute gradient of the score by the pixel, the largest over the channels. Taken from the
    logit, before a softmax at the end of the model; score="output" takes what the model puts out.
    Source: Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", 2014,
    https://arxiv.org/abs/1312.6034, section 3, which uses the score before the softmax too.
    """
    tf = tensorflow()
    image = as_one(model, image)
    ask, batch = scoring(model, score, image), tf.constant(image)
    with tf.GradientTape() as tape:
        tape.watch(batch)
        value = class_scores(ask(batch), label)
    gradient = tape.gradient(value, batch)
    if gradient is None:
        raise ValueError("the output of the model does not depend on the image by a derivative")
    gradient = np.abs(gradient.numpy()[0])
    return gradient.reshape(*gradient.shape[:2], -1).max(axis=2)


def tensorflow():
    """Return TensorFlow, whose tape gives the gradients; ValueError under another backend."""
    import keras

    if keras.backend.backend() != "tensorflow":
        raise ValueError("gradients are taken with TensorFlow: set KERAS_BACKEND=tensorflow, "
                         f"got {keras.backend.backend()!r}")
    import tensorflow

    return tensorflow
