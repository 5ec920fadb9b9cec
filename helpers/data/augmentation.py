"""New training images from old ones: small random rotations, scalings, shears and shifts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

AT_ONCE = 10_000  # images in one call; bounds the memory


def random_affines(
    count: int,
    *,
    size: int,
    rotation: float = 0.0,
    scale: float = 0.0,
    shear: float = 0.0,
    shift: float = 0.0,
    seed: int | None = None,
) -> np.ndarray:
    """Draw one affine map for each image, as `warp` takes it: shape (count, 8), float32.

    size: rows, and columns, of the images; all maps but the shift leave their centre in place.
    rotation: the largest angle in degrees, either way. scale: the largest relative change of size
    (0.1 gives 0.9 to 1.1), the same for both directions. shear: the largest sideways shift of a
    row for each row of distance from the centre. shift: the largest shift in pixels, in each
    direction, not rounded. Each is drawn uniformly and independently.
    Raises ValueError for a negative bound, a count or size below 1, or a scale of 1 or more.
    """
    if count < 1 or size < 1:
        raise ValueError(f"count and size must be at least 1, got {count} and {size}")
    bounds = {"rotation": rotation, "scale": scale, "shear": shear, "shift": shift}
    for name, bound in bounds.items():
        if not 0 <= bound < np.inf:
            raise ValueError(f"{name} must be a number of at least 0, got {bound}")
    if scale >= 1:
        raise ValueError(f"scale must be below 1, or an image could vanish, got {scale}")
    random = np.random.default_rng(seed)
    angle = np.radians(random.uniform(-rotation, rotation, count))
    factor = random.uniform(1 - scale, 1 + scale, count)
    slant = random.uniform(-shear, shear, count)
    move_x, move_y = random.uniform(-shift, shift, (2, count))
    # From the place of an output pixel to the place in the input that it takes its value from.
    a, b = np.cos(angle) / factor, (np.sin(angle) + slant * np.cos(angle)) / factor
    d, e = -np.sin(angle) / factor, (np.cos(angle) - slant * np.sin(angle)) / factor
    centre = (size - 1) / 2
    c = centre - a * (centre + move_x) - b * (centre + move_y)
    f = centre - d * (centre + move_x) - e * (centre + move_y)
    zero = np.zeros(count)
    return np.stack([a, b, c, d, e, f, zero, zero], axis=1).astype("float32")


def warp(images: ArrayLike, affines: ArrayLike) -> np.ndarray:
    """Apply one affine map to each image; returns float32 images of the same shape.

    images: (n, height, width, channels). affines: (n, 8), rows (a, b, c, d, e, f, 0, 0): the output
    pixel in column x and row y takes the input's value at (a x + b y + c, d x + e y + f), between
    pixels by bilinear interpolation, and 0 outside.
    Raises ValueError for other shapes.
    """
    from keras import ops

    images, affines = np.asarray(images, "float32"), np.asarray(affines, "float32")
    if images.ndim != 4:
        raise ValueError(f"images must have shape (n, height, width, channels), got {images.shape}")
    if affines.shape != (len(images), 8):
        raise ValueError(f"affines must have shape ({len(images)}, 8), one row for each image, "
                         f"got {affines.shape}")
    warped = np.empty_like(images)
    for start in range(0, len(images), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        warped[part] = ops.convert_to_numpy(ops.image.affine_transform(
            images[part], affines[part], interpolation="bilinear", fill_mode="constant",
            data_format="channels_last"))
    return warped


def augment(images: ArrayLike, *, seed: int | None = None, **bounds: float) -> np.ndarray:
    """Return a randomly changed copy of every image; `bounds` as for `random_affines`.

    images: (n, size, size, channels). Raises ValueError for images that are not square.
    """
    shape = np.shape(images)
    if len(shape) != 4 or shape[1] != shape[2]:
        raise ValueError(f"images must have shape (n, size, size, channels), got {shape}")
    return warp(images, random_affines(shape[0], size=shape[1], seed=seed, **bounds))
