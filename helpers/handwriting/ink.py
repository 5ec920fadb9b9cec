"""Decide which pixels are ink, and how thick the strokes are."""

from __future__ import annotations

import cv2
import numpy as np

from helpers.handwriting.light import contrast, noise_of, paper_of

LEAST_CONTRAST = 0.12  # a share of the paper's brightness; weaker marks are stains
PALEST = 0.3  # of the page's strongest ink; paler marks are the lines of the paper
WINDOW = 7  # strokes; in a square this wide even crossing strokes are the smaller part


def ink_mask(plane: np.ndarray, *, smooth: float = 1.0) -> np.ndarray:
    """Return a mask (h, w) of the ink in a contrast (h, w).

    Ink is found by two thresholds. A stroke must somewhere stand out clearly, from the noise and
    beside the strongest ink of the page, and is followed from there. Then each stroke is cut at
    half of its own peak, so that pencil beside pen keeps its thickness, and blur joins no digits.
    """
    plane = cv2.GaussianBlur(plane, (0, 0), smooth) if smooth else plane
    noise = noise_of(plane)
    weak = plane > max(4 * noise, LEAST_CONTRAST / 2)
    count, strokes = cv2.connectedComponents(weak.astype(np.uint8))
    peaks = np.zeros(count, np.float32)
    np.maximum.at(peaks, strokes[weak], plane[weak])
    clear = max(7 * noise, LEAST_CONTRAST)
    ink = plane[weak & (peaks >= clear)[strokes]]
    if ink.size:
        clear = max(clear, PALEST * np.quantile(ink, 0.95))
    peaks[peaks < clear] = np.inf  # the paper, number 0, among them
    return plane > 0.5 * peaks[strokes]


def find_ink(picture: np.ndarray, window: float, *,
             smooth: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Return the contrast (h, w) and the mask of the ink (h, w) of a picture.

    window: in pixels, wide enough for any stroke. smooth: standard deviation of the blur against
    noise, in pixels. A first look tells how thick the strokes are; a second one takes a window
    that fits them, and so follows the light more closely.
    """
    plane = contrast(picture, paper_of(picture, window))
    mask = ink_mask(plane, smooth=smooth)
    narrower = WINDOW * thickness_of(mask)
    if not 0 < narrower < window:
        return plane, mask
    plane = contrast(picture, paper_of(picture, narrower))
    return plane, ink_mask(plane, smooth=smooth)


def thickness_of(mask: np.ndarray) -> float:
    """Return the mean thickness of the strokes in a mask, in pixels; 0 without ink.

    In a long bar the mean distance of its points from the edge is a quarter of its thickness.
    """
    if not mask.any():
        return 0.0
    distances = cv2.distanceTransform(np.pad(mask, 1).astype(np.uint8), cv2.DIST_L2, 5)
    return float(4 * (distances[distances > 0] - 0.25).mean())
