"""Put weights from the order of Keras into that of PyTorch, and back. No number changes."""

from __future__ import annotations

import numpy as np

Shape = tuple[int, ...]


def kernel_to_torch(kernel: np.ndarray) -> np.ndarray:
    """A kernel (height, width, in, out) as (out, in, height, width)."""
    return _with_axes(kernel, 4, "(height, width, in, out)").transpose(3, 2, 0, 1)


def kernel_to_keras(kernel: np.ndarray) -> np.ndarray:
    """A kernel (out, in, height, width) as (height, width, in, out)."""
    return _with_axes(kernel, 4, "(out, in, height, width)").transpose(2, 3, 1, 0)


def dense_to_torch(weights: np.ndarray, flattened: Shape | None = None) -> np.ndarray:
    """The weights of a dense layer, (in, out), as (out, in).

    flattened: the shape (height, width, channels) of the map that was flattened before it, whose
        numbers Keras counts channel by channel within a place, PyTorch place by place within a
        channel. None where no map was.
    """
    weights = _with_axes(weights, 2, "(in, out)")
    return _per_input(weights, flattened, (2, 0, 1)).T


def dense_to_keras(weights: np.ndarray, flattened: Shape | None = None) -> np.ndarray:
    """The weights of a linear layer, (out, in), as (in, out); flattened as in dense_to_torch."""
    weights = _with_axes(weights, 2, "(out, in)").T
    return _per_input(weights, _channels_first(flattened), (1, 2, 0))


def flat_to_torch(numbers: np.ndarray, flattened: Shape | None = None) -> np.ndarray:
    """One number for each cell of a flattened map, (n,), in PyTorch's order."""
    return _per_input(_with_axes(numbers, 1, "(n,)"), flattened, (2, 0, 1))


def flat_to_keras(numbers: np.ndarray, flattened: Shape | None = None) -> np.ndarray:
    """One number for each cell of a flattened map, (n,), in the order of Keras."""
    return _per_input(_with_axes(numbers, 1, "(n,)"), _channels_first(flattened), (1, 2, 0))


def _channels_first(shape: Shape | None) -> Shape | None:
    return shape and (shape[2], shape[0], shape[1])


def _per_input(array: np.ndarray, shape: Shape | None, axes: Shape) -> np.ndarray:
    """Reorder the first axis of an array, which counts the cells of a map of this shape."""
    if shape is None:
        return array
    if len(shape) != 3 or np.prod(shape) != len(array):
        raise ValueError(f"expected the shape of a map of {len(array)} numbers; got {shape}")
    others = range(3, array.ndim + 2)
    return array.reshape(*shape, *array.shape[1:]).transpose(*axes, *others).reshape(array.shape)


def _with_axes(array: np.ndarray, number: int, meaning: str) -> np.ndarray:
    array = np.asarray(array)
    if array.ndim != number:
        raise ValueError(f"expected an array of the shape {meaning}; got {array.shape}")
    return array
