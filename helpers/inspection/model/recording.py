"""Run a model and keep what its layers put out, wherever in the model they stand.

Keras can build a second model that ends in a layer, but not in a layer of a model inside a model.
So the layers themselves are watched: while a recording is on, each one's `call` also keeps its
result. Afterwards the model is as it was.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import numpy as np

from helpers.inspection.model.names import find_layer, layers_by_name, split_call, unknown_layer

if TYPE_CHECKING:
    import keras


@contextmanager
def replaced(layer: keras.Layer, attribute: str, value: object) -> Iterator[None]:
    """Give a layer another attribute for a while, past the bookkeeping that Keras does on it."""
    own, absent = vars(layer), object()
    before = own.get(attribute, absent)
    own[attribute] = value
    try:
        yield
    finally:
        if before is absent:
            del own[attribute]
        else:
            own[attribute] = before


@contextmanager
def recording(model: keras.Model, names: Collection[str] | None = None) -> Iterator[dict]:
    """Fill a dict with name -> output of each call of a layer, in the order of the calls.

    names: the outputs to keep; None keeps those of every layer that is not itself a model.
    """
    import keras

    outputs, calls = {}, {}

    def watched(path: str, call: Callable) -> Callable:
        @functools.wraps(call)
        def call_and_keep(*args, **kwargs):
            output = call(*args, **kwargs)
            calls[path] = calls.get(path, 0) + 1
            name = path if calls[path] == 1 else f"{path}@{calls[path]}"
            if (names is None or name in names) and hasattr(output, "shape"):
                outputs[name] = output
            return output
        return call_and_keep

    kept = None if names is None else {split_call(name)[0] for name in names}
    with ExitStack() as stack:
        seen = set()
        for path, layer in layers_by_name(model).items():
            wanted = not isinstance(layer, keras.Model) if kept is None else path in kept
            if wanted and id(layer) not in seen:
                seen.add(id(layer))
                stack.enter_context(replaced(layer, "call", watched(path, layer.call)))
        yield outputs


def run(model: keras.Model, batch: np.ndarray, names: Iterable[str] | None = None) -> dict:
    """Run the model as in use, not in training; return name -> output tensor.

    Without `names` in the order of the calls, else in the order of `names`. Raises ValueError for
    a name that is not there, or whose layer was not called.
    """
    import keras

    if names is None:
        with recording(model) as outputs:
            model(keras.ops.convert_to_tensor(batch), training=False)
        return outputs
    names = list(names)
    for name in names:
        find_layer(model, name)
    with recording(model, names) as outputs:
        model(keras.ops.convert_to_tensor(batch), training=False)
    for name in names:
        require(outputs, name, model)
    return {name: outputs[name] for name in names}


def require(outputs: dict, name: str, model: keras.Model) -> object:
    """Return one recorded output, or say that the model did not call this layer so often."""
    if name not in outputs:
        raise unknown_layer(name, layers_by_name(model),
                            "a layer that the model calls (so often) and that puts out one tensor")
    return outputs[name]


def to_numpy(tensor: object) -> np.ndarray:
    """Return a tensor of any Keras backend as an array; the half types become float32."""
    import keras

    array = keras.ops.convert_to_numpy(tensor)
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float32)
