"""Bring images into the shape and type that a model takes, and refuse what would mislead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from helpers.inspection.model.names import check_model
from helpers.reference.arrays import finite_numbers

if TYPE_CHECKING:
    import keras


def image_shape(model: keras.Model) -> tuple[int | None, int | None, int | None]:
    """Return (height, width, channels) of the model's input, None for what is left open."""
    check_model(model)
    if len(getattr(model, "inputs", None) or [None]) != 1:
        raise ValueError(f"the model {model.name!r} must have one input, got {len(model.inputs)}: "
                         "give the part that takes the image, as in keras.Model(image, output)")
    shape = _input_shape(model)
    if shape is None:  # a subclassed model does not say what it takes
        return None, None, None
    if len(shape) not in (3, 4):
        raise ValueError(f"the model {model.name!r} must take images, (height, width[, channels]), "
                         f"got an input of shape {shape[1:]}")
    return (*shape[1:3], shape[3] if len(shape) == 4 else 1)


def as_batch(model: keras.Model, images: ArrayLike) -> tuple[np.ndarray, bool]:
    """Return images as a batch for the model, and whether there was only one without a batch axis.

    One image is (H, W) or (H, W, C), a batch (n, H, W, C), or (n, H, W) for a model with one
    channel. Integers, booleans and float16 become the floating type of the model's input.
    """
    height, width, channels = expected = image_shape(model)
    given = np.asarray(images)
    array, single = given, False
    if array.ndim == 2:
        array, single = array[np.newaxis, :, :, np.newaxis], True
    elif array.ndim == 3 and (array.shape[2] == channels or channels != 1):
        array, single = array[np.newaxis], True
    elif array.ndim == 3:
        array = array[..., np.newaxis]
    fits = array.ndim == 4 and all(
        want in (None, have) for want, have in zip(expected, array.shape[1:], strict=True))
    if not fits:
        words = ["H" if height is None else str(height), "W" if width is None else str(width),
                 "C" if channels is None else str(channels)]
        shape = ", ".join(words)
        raise ValueError(f"images must have shape ({shape}) or (n, {shape}) for the model "
                         f"{model.name!r}, got {given.shape}")
    array = finite_numbers(array, "images").astype(_floating_type(model))
    without_channel = len(_input_shape(model) or ()) == 3
    return (array[..., 0] if without_channel else array), single


def as_one(model: keras.Model, image: ArrayLike) -> np.ndarray:
    """Return one image as a batch of one; a longer batch is refused."""
    batch, _ = as_batch(model, image)
    if len(batch) != 1:
        raise ValueError(f"expected one image, got {len(batch)}: shape {np.shape(image)}")
    return batch


def batches(images: np.ndarray, size: int) -> list[np.ndarray]:
    """Cut a batch into parts of at most `size` images."""
    return [images[first:first + size] for first in range(0, len(images), size)]


def _input_shape(model: keras.Model) -> tuple | None:
    try:
        return tuple(model.input_shape)
    except (AttributeError, ValueError):
        return None


def _floating_type(model: keras.Model) -> str:
    import keras

    inputs = getattr(model, "inputs", None)
    declared = keras.backend.standardize_dtype(inputs[0].dtype) if inputs else "float32"
    return declared if declared in ("float32", "float64") else "float32"
