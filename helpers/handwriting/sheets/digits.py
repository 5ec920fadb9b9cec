"""Draw one digit as a pen would: large, smooth, with a stroke of a given thickness."""

from __future__ import annotations

import numpy as np
from skimage.morphology import skeletonize


def draw_digit(image: np.ndarray, *, size: int, thickness: float | None = None) -> np.ndarray:
    """Return the opacity of the ink, float32 (h, w) from 0 to 1, cut to the digit.

    image: an MNIST digit (28, 28) uint8. size: the longer side of the digit, in pixels.
    thickness: of the stroke, as a share of that side; None leaves it as it is.
    """
    import cv2

    rows, columns = np.flatnonzero(image.any(1)), np.flatnonzero(image.any(0))
    digit = np.pad(image[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1], 2).astype(np.float32)
    factor = max(size, 160) / (max(digit.shape) - 4)
    large = cv2.resize(digit, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    large = cv2.GaussianBlur(large, (0, 0), 0.35 * factor)  # no stairs from the old pixels
    ink = (large > 110).astype(np.uint8)
    if thickness is not None:
        ink = with_thickness(ink, thickness)
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    ink = ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1].astype(np.float32)
    scale = size / max(ink.shape)
    shape = [max(1, round(scale * side)) for side in ink.shape[::-1]]
    return np.clip(cv2.resize(ink, shape, interpolation=cv2.INTER_AREA), 0, 1)


def with_thickness(ink: np.ndarray, thickness: float) -> np.ndarray:
    """Redraw a mask of ink with a pen of the given thickness, a share of its longer side.

    A thin pen keeps the middle of the stroke, a thick one is dragged along it.
    """
    import cv2

    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    wanted = thickness * max(np.ptp(rows), np.ptp(columns))
    reach = max(1, round(wanted / 2))
    middle = np.pad(skeletonize(ink > 0), reach + 1).astype(np.uint8)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1,) * 2)
    return cv2.dilate(middle, disc)

