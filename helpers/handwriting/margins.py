"""Find the ink of a digit that was cut out right at its edge, where hardly any paper is left."""

from __future__ import annotations

import numpy as np

from helpers.handwriting.ink import SLENDER, find_ink
from helpers.handwriting.strokes import stroke_sizes, thickness_of

PARTED = 0.79  # of the variance; light that falls off evenly reaches 0.75
MARGIN = 0.3  # of the longer side: paper that is put around
THICKEST = 0.35  # of the longer side of the ink: a stroke is thinner, and an edge of light is not


def find_ink_without_margin(picture: np.ndarray, **options) -> tuple[np.ndarray, np.ndarray]:
    """Return contrast and mask as `find_ink` does, with paper put around the picture before.

    Of the darker and the lighter half of the pixels either may be paper. It is the one beside which
    the other makes the longer and more slender strokes.
    """
    import cv2

    grey = picture if picture.ndim == 2 else picture.max(2)
    if picture.ndim == 3:  # the channel that differs most: ink may be as bright as its paper
        grey = picture[..., int(np.argmax(picture.std((0, 1))))]
    at, lighter = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if parted(grey, at) < PARTED:
        return np.zeros(grey.shape, np.float32), np.zeros(grey.shape, bool)
    rim = max(4, round(MARGIN * max(grey.shape)))
    inside = slice(rim, rim + grey.shape[0]), slice(rim, rim + grey.shape[1])
    best, found = 0.0, None
    for half in (lighter > 0, lighter == 0):
        if not half.any():
            continue
        paper = np.median(picture[half].reshape(half.sum(), -1), axis=0)
        padded = cv2.copyMakeBorder(picture, rim, rim, rim, rim, cv2.BORDER_CONSTANT,
                                    value=[float(one) for one in paper])
        plane, mask = find_ink(padded, max(padded.shape[:2]), **options)
        plane, mask = plane[inside], mask[inside]
        lengths, thicknesses = stroke_sizes(mask)
        score = float((np.minimum(1, lengths / (SLENDER * thicknesses)) * lengths).sum())
        if score > best and thickness_of(mask) < THICKEST * max(grey.shape):
            best, found = score, (plane, mask)
    return found or (np.zeros(grey.shape, np.float32), np.zeros(grey.shape, bool))


def parted(grey: np.ndarray, at: float) -> float:
    """Return which share of the variance of grey levels lies between those up to `at` and above."""
    light = grey > at
    share, total = float(light.mean()), float(grey.var())
    if not 0 < share < 1 or total == 0:
        return 0.0
    step = float(grey[light].mean()) - float(grey[~light].mean())
    return share * (1 - share) * step**2 / total
