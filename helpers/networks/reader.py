"""The trained network that the chapters look into: L3's convnet, with its weights in a file.

The architecture stands here and the weights stand in an archive of NumPy, so that any version of
Keras and any machine can load them. `make reader` trains it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.data.ledger.runs import RESULTS
from helpers.networks.stored_weights import load_weights, save_weights

if TYPE_CHECKING:
    import keras

WEIGHTS = RESULTS / "reader.npz"
RECORD = RESULTS / "reader.json"


def build_reader() -> keras.Model:
    """Build the network with random weights: 104,202 parameters, L3's convnet in every size.

    Takes digits (n, 28, 28, 1) with pixels from 0 to 1 and gives probabilities (n, 10). Its three
    convolutions are named for what their filters come to see: lines, parts, whole.
    """
    import keras
    from keras import layers

    inputs = keras.Input((28, 28, 1), name="image")
    x = layers.Conv2D(32, 3, activation="relu", name="lines")(inputs)  # (n, 26, 26, 32)
    x = layers.MaxPooling2D(2, name="lines_pooled")(x)  # (n, 13, 13, 32)
    x = layers.Conv2D(64, 3, activation="relu", name="parts")(x)  # (n, 11, 11, 64)
    x = layers.MaxPooling2D(2, name="parts_pooled")(x)  # (n, 5, 5, 64)
    x = layers.Conv2D(128, 3, activation="relu", name="whole")(x)  # (n, 3, 3, 128)
    x = layers.Flatten(name="flat")(x)  # (n, 1152)
    outputs = layers.Dense(10, activation="softmax", name="digit")(x)  # (n, 10)
    return keras.Model(inputs, outputs, name="reader")


def load_reader(path: str | Path = WEIGHTS) -> keras.Model:
    """Build the network and give it the trained weights.

    Raises FileNotFoundError for a missing file and ValueError for one that is damaged or holds the
    weights of another network; both say how to make it anew.
    """
    return load_weights(build_reader(), path, command="make reader")


def save_reader(model: keras.Model, path: str | Path) -> None:
    """Write the weights of such a network, as float32, for `load_reader`."""
    save_weights(model, path)


def read_record(path: str | Path = RECORD) -> dict:
    """Read how the network was trained and how well it reads, as measured by `make reader`."""
    return json.loads(Path(path).read_text(encoding="utf-8"))
