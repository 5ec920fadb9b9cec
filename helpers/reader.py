"""The trained network that the chapters look into: L3's convnet, with its weights in a file.

The architecture stands here and the weights stand in an archive of NumPy, so that any version of
Keras and any machine can load them. `make reader` trains it anew.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path

import keras
import numpy as np
from keras import layers

from helpers.ledger import RESULTS

WEIGHTS = RESULTS / "reader.npz"
RECORD = RESULTS / "reader.json"
# What goes wrong inside numpy.load when a file is cut short, altered or of another kind.
DAMAGES = (ValueError, OSError, EOFError, KeyError, TypeError, zipfile.BadZipFile, zlib.error)


def build_reader() -> keras.Model:
    """Build the network with random weights: 104,202 parameters, L3's convnet in every size.

    Takes digits (n, 28, 28, 1) with pixels from 0 to 1 and gives probabilities (n, 10). Its three
    convolutions are named for what their filters come to see: lines, parts, whole.
    """
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
    path, model = Path(path), build_reader()
    if not path.is_file():
        raise FileNotFoundError(f"the trained network is missing: expected {path}. "
                                "`git checkout` brings it back, `make reader` trains it anew")
    variables = named_variables(model)
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        check_arrays(arrays, variables)
    except DAMAGES as error:
        raise ValueError(f"{path} does not hold the weights of this network: {error}. "
                         "`git checkout` brings it back, `make reader` trains it anew") from error
    for name, variable in variables.items():
        variable.assign(arrays[name])
    return model


def save_reader(model: keras.Model, path: str | Path) -> None:
    """Write the weights of such a network, as float32, for `load_reader`."""
    arrays = {name: np.asarray(variable) for name, variable in named_variables(model).items()}
    np.savez_compressed(path, **arrays)


def read_record(path: str | Path = RECORD) -> dict:
    """Read how the network was trained and how well it reads, as measured by `make reader`."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def named_variables(model: keras.Model) -> dict[str, keras.Variable]:
    """Map "lines/kernel", "lines/bias", ... to the variables of the network."""
    return {f"{layer.name}/{variable.name}": variable
            for layer in model.layers for variable in layer.weights}


def check_arrays(arrays: dict[str, np.ndarray], variables: dict[str, keras.Variable]) -> None:
    """Raise ValueError unless there is one array of finite numbers for each variable."""
    if set(arrays) != set(variables):
        raise ValueError(f"expected the arrays {', '.join(variables)}, "
                         f"got {', '.join(arrays) or 'none'}")
    for name, variable in variables.items():
        array, shape = arrays[name], tuple(variable.shape)
        if array.shape != shape or array.dtype != np.float32:
            raise ValueError(f"expected {name} of shape {shape} and type float32, "
                             f"got {array.shape} and {array.dtype}")
        if not np.isfinite(array).all():
            raise ValueError(f"expected finite numbers in {name}")
