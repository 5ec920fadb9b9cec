"""Take a picture as an array and check it, so that every step works on bytes in known axes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference.arrays import finite_numbers

ONE_COLOUR = 60  # grey levels; ink of one pen differs by less
DARK_PAPER = 96  # a blackboard is darker
SHOWN = 100  # grey levels between ink and white paper that are enough


def as_picture(image: ArrayLike) -> np.ndarray:
    """Return a picture as uint8 of shape (h, w) or (h, w, 3).

    Takes (h, w), (h, w, 1), (h, w, 3), or with transparency (h, w, 2) and (h, w, 4), which is laid
    on white, or on black where its strokes are light. The numbers may be bool, uint8, uint16, or
    floating-point from 0 to 1.
    Raises ValueError for any other shape, type or range, NaN among them.
    """
    array = finite_numbers(image, "image")
    shapes = "(h, w), (h, w, 1) or (h, w, 3), or with transparency (h, w, 2) or (h, w, 4)"
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (1, 2, 3, 4)):
        raise ValueError(f"image must have shape {shapes}; got {array.shape}")
    array = to_bytes(array)
    if array.ndim == 2:
        return array
    if array.shape[2] in (2, 4):
        return lay_on_paper(array)
    return array[:, :, 0] if array.shape[2] == 1 else array


def to_bytes(array: np.ndarray) -> np.ndarray:
    """Reduce the numbers of a picture to uint8, 0 to 255, from the range that their type has.

    Other whole numbers than uint8 and uint16 count as 8 bits if they fit, else as 16.
    """
    low, high = array.min(), array.max()
    if array.dtype == np.uint8:
        return array
    if array.dtype == bool:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype.kind == "f":
        if not (low >= 0 and high <= 1):  # NaN fails as well
            raise ValueError("a floating-point image must lie from 0 to 1; "
                             f"got {low:g} to {high:g}. Divide by 255, or use uint8")
        return np.round(array * 255).astype(np.uint8)
    if low < 0 or high > 65535:
        raise ValueError(f"image must lie from 0 to 255, or to 65535 in 16 bits; "
                         f"got {low} to {high}")
    if array.dtype != np.uint16 and high <= 255:
        return array.astype(np.uint8)
    return ((array.astype(np.uint32) + 128) // 257).astype(np.uint8)  # 65535 = 257 * 255


def lay_on_paper(array: np.ndarray) -> np.ndarray:
    """Lay uint8 (h, w, 2) or (h, w, 4), whose last channel is the opacity, on white or black paper.

    White, unless what is drawn would not show on it: light strokes get a black page. A picture of
    many colours that covers most of its field has its own paper, and gets what is most like that.
    """
    opacity = array[..., -1:] / np.float32(255)
    paper = paper_for(array[..., :-1], opacity[..., 0])
    laid = np.round(array[..., :-1] * opacity + paper * (1 - opacity)).astype(np.uint8)
    return laid[..., 0] if laid.shape[2] == 1 else laid


def paper_for(colours: np.ndarray, opacity: np.ndarray) -> int:
    """Return 255 for white or 0 for black: the paper for colours (h, w, channels) of an opacity."""
    drawn = opacity > 0.5 * float(opacity.max())
    if not opacity.any() or drawn.all():
        return 255
    seen = colours[drawn].astype(np.float32)
    low, middle, high = np.quantile(seen, [0.05, 0.5, 0.95], axis=0)
    if drawn.mean() > 0.5 and (high - low).max() > ONE_COLOUR:
        return 0 if middle.mean() < DARK_PAPER else 255
    # Of the ink nine tenths must show, each pixel in the channel in which it shows best.
    shown = [np.quantile(np.abs(seen - paper).max(1), 0.1) for paper in (255, 0)]
    return 255 if shown[0] >= min(SHOWN, shown[1]) else 0
