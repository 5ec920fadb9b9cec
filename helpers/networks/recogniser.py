"""The network that reads digits out of photographs and video frames, and says "no digit".

It was trained on digits as a camera leaves them and, beside them, on letters of many typefaces,
signs and shapes, for which it was to spread its answer evenly: D. Hendrycks, M. Mazeika and T.
Dietterich, "Deep Anomaly Detection with Outlier Exposure", 2019. So a low highest probability means
"no digit". It cannot refuse what has a digit's shape: a straight l is a 1, a spoon is a 1, and many
an o is a 0. `make recogniser` trains it anew, `make letters` counts the letters that it takes for
digits.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from helpers.data.ledger.runs import RESULTS
from helpers.networks.stored_weights import load_weights, save_weights

if TYPE_CHECKING:
    import keras

WEIGHTS = RESULTS / "recogniser.npz"
RECORD = RESULTS / "recogniser.json"
NO_DIGIT = -1


def build_recogniser() -> keras.Model:
    """Build the network with random weights: 66,778 parameters, four convolutions.

    Takes digits in MNIST's form (n, 28, 28, 1), pixels from 0 to 1, ink 1, and gives probabilities
    (n, 10).
    """
    import keras
    from keras import layers

    inputs = keras.Input((28, 28, 1), name="image")
    x = inputs
    for name, filters, size, stride, padding in (
            ("first", 16, 5, 2, "same"),  # (n, 14, 14, 16)
            ("second", 32, 3, 2, "same"),  # (n, 7, 7, 32)
            ("third", 64, 3, 1, "valid"),  # (n, 5, 5, 64)
            ("fourth", 64, 3, 1, "valid")):  # (n, 3, 3, 64)
        x = layers.Conv2D(filters, size, strides=stride, padding=padding, use_bias=False,
                          name=name)(x)
        x = layers.BatchNormalization(name=f"{name}_normalised")(x)
        x = layers.ReLU(name=f"{name}_activated")(x)
    x = layers.Flatten(name="flat")(x)  # (n, 576)
    outputs = layers.Dense(10, activation="softmax", name="digit")(x)  # (n, 10)
    return keras.Model(inputs, outputs, name="recogniser")


def load_recogniser(path: str | Path = WEIGHTS) -> keras.Model:
    """Build the network and give it the trained weights.

    Raises FileNotFoundError for a missing file and ValueError for one that is damaged or holds the
    weights of another network; both say how to make it anew.
    """
    return load_weights(build_recogniser(), path, command="make recogniser")


def save_recogniser(model: keras.Model, path: str | Path) -> None:
    """Write the weights of such a network, as float32, for `load_recogniser`."""
    save_weights(model, path)


def read_record(path: str | Path = RECORD) -> dict:
    """Read how the network was trained and measured: see "threshold", "temperature", "test"."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def decide(probabilities: ArrayLike, *, threshold: float | None = None) -> np.ndarray:
    """Turn probabilities (n, 10) into answers (n,): the digit, or NO_DIGIT (-1).

    threshold: the least probability that counts as an answer; None takes the one in the record,
    which `make recogniser` chose on validation digits.
    Raises ValueError for another shape or a threshold outside 0 to 1.
    """
    probabilities = np.asarray(probabilities, dtype=float)
    if probabilities.ndim != 2 or probabilities.shape[1] != 10:
        raise ValueError(f"probabilities must have shape (n, 10), got {probabilities.shape}")
    if threshold is None:
        threshold = read_record()["threshold"]
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold must be from 0 to 1, got {threshold}")
    sure = probabilities.max(axis=1, initial=0) >= threshold
    return np.where(sure, probabilities.argmax(axis=1), NO_DIGIT)
