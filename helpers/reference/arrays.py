"""Check and pad the arrays that the layers compute with; what would be wrong in silence is refused.

Every function raises a ValueError that names the array, what was expected and what came.
"""

import numpy as np
from numpy.typing import ArrayLike

# Half a gigabyte in float64: far beyond any use. Where the images are larger than that themselves,
# there may be as much padding as image.
MOST_PADDING = 2**26
SHAPES = {
    3: "(height, width, channels)",
    4: "(batch, height, width, channels)",
}


def as_array(values: ArrayLike, name: str) -> np.ndarray:
    """Return `values` as an array; a list must have rows of equal length, no cell may be masked."""
    if np.ma.is_masked(values):
        raise ValueError(f"{name} must have no masked cells; got {np.ma.count_masked(values)}")
    try:
        return np.asarray(values)
    except (ValueError, TypeError) as error:
        # NumPy speaks of sequences and elements, Keras of placeholders.
        raise ValueError(f"{name} must be an array, or lists of equal length; "
                         f"got a {type(values).__name__} that is not") from error


def finite_numbers(values: ArrayLike, name: str) -> np.ndarray:
    """Return `values` as an array that is not empty and holds real, finite numbers."""
    array = as_array(values, name)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} must hold real numbers; got an array of {array.dtype}")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty; got shape {array.shape}")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = np.count_nonzero(~np.isfinite(array))
        raise ValueError(f"{name} must hold finite numbers; got {bad} that are NaN or infinite")
    return array


def computing_type(*arrays: np.ndarray) -> np.dtype:
    """Return the floating-point type of a result: NumPy's promotion, float64 for integers."""
    promoted = np.result_type(*(array.dtype for array in arrays))
    return promoted if promoted.kind == "f" else np.dtype(np.float64)


def summing_type(kind: np.dtype) -> np.dtype:
    """Return the type to add up in: float32 for float16, where 2048 + 1 is 2048."""
    return np.promote_types(kind, np.float32)


def pad_images(images: np.ndarray, rows: tuple[int, int], columns: tuple[int, int],
               outside: float = 0) -> np.ndarray:
    """Put cells of the value `outside` around each image, unless they would fill the memory."""
    batch, height, width, channels = images.shape
    padded = height + sum(rows), width + sum(columns)
    added = batch * channels * (padded[0] * padded[1] - height * width)
    most = max(MOST_PADDING, images.size)
    if added > most:
        raise ValueError(
            f"padding must add at most {most} cells; around {batch} x {channels} planes of "
            f"{height}x{width}, {rows[0]} + {rows[1]} rows and {columns[0]} + {columns[1]} columns "
            f"would add {added}"
        )
    return np.pad(images, ((0, 0), rows, columns, (0, 0)), constant_values=outside)


def image_batch(image: ArrayLike) -> tuple[np.ndarray, bool]:
    """Return the image as a batch, and whether it came as a batch."""
    array = as_array(image, "image")
    if array.ndim not in SHAPES:
        hint = "; add the channel with image[..., np.newaxis]" if array.ndim == 2 else ""
        raise ValueError(
            f"image must have shape {SHAPES[3]} or {SHAPES[4]}; got shape {array.shape}{hint}"
        )
    array = finite_numbers(array, "image")
    return (array, True) if array.ndim == 4 else (array[np.newaxis], False)
