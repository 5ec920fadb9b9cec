"""Check what a figure is given, and say what was expected when it cannot be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import is_whole
from helpers.reference.arrays import as_array

MOST_IMAGES = 100
MOST_PANELS = 128


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


def as_maps(data: ArrayLike, name: str = "maps") -> np.ndarray:
    """Return feature maps as (H, W, C); (H, W) gains an axis, (1, H, W, C) loses the batch axis.

    Raises ValueError for any other shape, a batch of several images among them.
    """
    array = as_numbers(data, name)
    if array.ndim == 2:
        return array[:, :, np.newaxis]
    if array.ndim == 4 and array.shape[0] == 1:
        return array[0]
    if array.ndim != 3:
        raise ValueError(
            f"{name} must have shape (H, W), (H, W, C) or (1, H, W, C), got {array.shape}"
        )
    return array


def as_indices(indices: Iterable[int] | None, count: int, name: str) -> list[int]:
    """Return which of `count` filters or channels to draw; None means all of them.

    Raises ValueError when there is none, when one of them does not exist, and for more than 128.
    """
    chosen = list(range(count)) if indices is None else list(np.ravel(indices))
    wrong = [i for i in chosen if not (is_whole(i) and 0 <= i < count)]
    if wrong or not chosen:
        raise ValueError(
            f"indices must be whole numbers from 0 to {count - 1}, at least one, "
            f"got {wrong[0] if wrong else 'none'}"
        )
    if len(chosen) > MOST_PANELS:
        raise ValueError(
            f"at most {MOST_PANELS} {name} can be drawn, got {len(chosen)}; choose with indices"
        )
    return [int(i) for i in chosen]


def as_titles(titles: Sequence[str] | None, count: int, name: str) -> list[str] | None:
    """Return one title for each of `count` panels; ValueError when there are more or fewer."""
    if titles is None:
        return None
    if len(titles) != count:
        raise ValueError(f"expected {count} titles, one for each {name}, got {len(titles)}")
    return [str(title) for title in titles]
