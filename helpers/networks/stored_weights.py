"""Keep a network's weights in an archive of NumPy, which any machine and version of Keras loads.

The architecture stands in code and the weights stand in the file, by the names of the layers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from helpers.data.archives import DAMAGES, check_archive
from helpers.data.whole_files import whole_file

if TYPE_CHECKING:
    import keras


def load_weights(model: keras.Model, path: str | Path, *, command: str) -> keras.Model:
    """Give a network the weights in a file, and return it.

    command: what trains the network anew, for the messages.
    Raises FileNotFoundError for a missing file and ValueError for one that is damaged or holds the
    weights of another network; both say how to make it anew.
    """
    path, remedy = Path(path), f"`git checkout` brings it back, `{command}` trains it anew"
    if not path.is_file():
        raise FileNotFoundError(f"the trained network is missing: expected {path}. {remedy}")
    variables = named_variables(model)
    try:
        check_archive(path)
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        check_arrays(arrays, variables)
    except DAMAGES as error:
        raise ValueError(f"{path} does not hold the weights of this network: {error}. "
                         f"{remedy}") from error
    for name, variable in variables.items():
        variable.assign(arrays[name])
    return model


def save_weights(model: keras.Model, path: str | Path) -> None:
    """Write the weights of a network, as float32, for `load_weights`; whole or not at all."""
    arrays = {name: np.asarray(variable) for name, variable in named_variables(model).items()}
    with whole_file(path) as file:
        np.savez_compressed(file, **arrays)


def named_variables(model: keras.Model) -> dict[str, keras.Variable]:
    """Map "layer/kernel", "layer/bias", ... to the variables of the network."""
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
