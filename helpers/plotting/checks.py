"""Check what a figure is given, and say what was expected when it cannot be drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference.arrays import as_array

MOST_IMAGES = 100


def as_numbers(data: ArrayLike, name: str) -> np.ndarray:
    """Return `data` as a real, finite, non-empty array that Matplotlib can draw.

    bool becomes uint8 and float16 becomes float32, because colour maps do not take either.
    Raises ValueError for empty data, NaN, infinity and anything that is not a real number.
    """
    array = as_array(data, name)
    if array.dtype.kind not in "buif":
        raise ValueError(f"{name} must hold real numbers, got dtype {array.dtype}")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {array.shape}")
    if array.dtype.kind == "f":
        bad = np.count_nonzero(~np.isfinite(array))
        if bad:
            raise ValueError(
                f"{name} must be finite, got {bad} NaN or infinite "
                f"value{'' if bad == 1 else 's'} out of {array.size}"
            )
    if array.dtype == bool:
        return array.astype(np.uint8)
    if array.dtype == np.float16:
        return array.astype(np.float32)
    return array


def as_plane(data: ArrayLike, name: str) -> np.ndarray:
    """Return `data` as a 2D array; (H, W, 1) loses its last axis.

    Raises ValueError for any other shape.
    """
    array = as_numbers(data, name)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim != 2:
        raise ValueError(f"{name} must have shape (H, W) or (H, W, 1), got {array.shape}")
    return array


def as_image(data: ArrayLike, name: str = "image") -> np.ndarray:
    """Return `data` as (H, W) or (H, W, 3); (H, W, 1) loses its last axis.

    Colour images must lie in [0, 1] (float) or [0, 255] (integer), which Matplotlib would clip.
    Raises ValueError for any other shape or range.
    """
    array = as_numbers(data, name)
    if array.ndim == 3 and array.shape[2] == 1:
        return array[:, :, 0]
    if array.ndim == 2:
        return array
    if array.ndim != 3 or array.shape[2] != 3:
        raise ValueError(
            f"{name} must have shape (H, W), (H, W, 1) or (H, W, 3), got {array.shape}"
        )
    top = 1 if array.dtype.kind == "f" else 255
    if array.min() < 0 or array.max() > top:
        raise ValueError(
            f"{name} in colour must lie in [0, {top}] for dtype {array.dtype}, "
            f"got {array.min():g} to {array.max():g}"
        )
    return array


def as_kernel(data: ArrayLike, name: str = "kernel") -> np.ndarray:
    """Return `data` as one 2D kernel; (h, w, 1) and (h, w, 1, 1) lose their last axes.

    Raises ValueError for any other shape.
    """
    array = as_numbers(data, name)
    while array.ndim in (3, 4) and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim != 2:
        raise ValueError(
            f"{name} must have shape (h, w), (h, w, 1) or (h, w, 1, 1), got {array.shape}; "
            "draw one slice at a time"
        )
    return array


def as_images(images: ArrayLike, name: str = "images") -> list[np.ndarray]:
    """Return a list of images from a list of them or from one array (N, H, W[, C]).

    One image (H, W) becomes a list of one. Raises ValueError when there is none, or more than 100:
    then one colour image (H, W, 3) was most likely taken for H images.
    """
    if isinstance(images, np.ndarray) and images.ndim == 2:
        images = [images]
    if isinstance(images, np.ndarray) and images.ndim not in (3, 4):
        raise ValueError(f"{name} must have shape (N, H, W) or (N, H, W, C), got {images.shape}")
    images = list(images)
    if not images:
        raise ValueError(f"{name} must hold at least one image, got none")
    if len(images) > MOST_IMAGES:
        raise ValueError(
            f"{name} must hold at most {MOST_IMAGES} images, got {len(images)}; "
            "put one colour image in a list"
        )
    return [as_image(image, f"{name}[{index}]") for index, image in enumerate(images)]
