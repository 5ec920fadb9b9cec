"""Decide which pixels are ink."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.handwriting.light import (
    difference,
    flat_paper,
    grain_of,
    ink_axis,
    noise_of,
    paper_of,
)
from helpers.handwriting.strokes import stroke_sizes, weighted_median

LEAST_CONTRAST = 0.12  # a share of the paper's brightness; weaker marks are stains
PALEST = 0.3  # of the page's strongest ink; paler marks are the lines of the paper
LEAST_WINDOW = 0.06  # of the shorter side
SLENDER = 8  # thicknesses; as long as the stroke of a 1
WINDOW = 7  # strokes; in a square this wide even crossing strokes are the smaller part


def ink_mask(plane: np.ndarray, *, smooth: float = 1.0, clear: float = 7.0,
             noise_of: Callable[[np.ndarray], float] = noise_of) -> np.ndarray:
    """Return a mask (h, w) of the ink in a contrast (h, w).

    smooth: of the blur against noise, in pixels. clear: how many standard deviations of the noise
    a stroke must stand out somewhere. noise_of: tells that deviation from the blurred contrast.
    Ink is found by two thresholds. A stroke must somewhere stand out clearly, from the noise and
    beside the strongest ink of the page, and is followed from there. Then each stroke is cut at
    half of its own peak, so that pencil beside pen keeps its thickness, and blur joins no digits.
    """
    import cv2

    plane = cv2.GaussianBlur(plane, (0, 0), smooth) if smooth else plane
    noise = noise_of(plane)
    weak = plane > max(4 * noise, LEAST_CONTRAST / 2)
    count, strokes = cv2.connectedComponents(weak.astype(np.uint8))
    peaks = np.zeros(count, np.float32)
    np.maximum.at(peaks, strokes[weak], plane[weak])
    least = max(clear * noise, LEAST_CONTRAST * min(1, clear / 7))
    ink = plane[weak & (peaks >= least)[strokes]]
    if ink.size:
        least = max(least, PALEST * np.quantile(ink, 0.95))
    peaks[peaks < least] = np.inf  # the paper, number 0, among them
    return plane > 0.5 * peaks[strokes]


def find_ink(picture: np.ndarray, window: float | None, *,
             smooth: float = 1.0, clear: float = 7.0) -> tuple[np.ndarray, np.ndarray]:
    """Return the contrast (h, w) and the mask of the ink (h, w) of a picture.

    window: in pixels, wide enough for any stroke; None takes one paper for the whole picture.
    smooth, clear: see `ink_mask`.
    The first look tells dark ink from light ink, by which of them makes the longer, stronger and
    more slender strokes, and how thick these are. A second look takes a window that fits them,
    and so follows the light more closely.
    """
    paper = flat_paper(picture) if window is None else paper_of(picture, window)
    differences = difference(picture, paper)
    axis = ink_axis(differences)
    # Dark ink first; and grey ink is to have the same contrast in a grey and in a colour picture.
    axis *= (-1 if axis.sum() > 0 else 1) / np.sqrt(len(axis))
    looks = []
    for direction in (axis, -axis):
        plane = differences @ direction
        mask = (plane > 0.5 * plane.max() if window is None  # one threshold for all
                else ink_mask(plane, smooth=smooth, clear=clear, noise_of=grain_of))
        lengths, thicknesses = stroke_sizes(mask)
        strength = min(1.0, float(plane[mask].mean())) if mask.any() else 0.0
        slender = np.minimum(1, lengths / (SLENDER * thicknesses))  # strokes are, blobs are not
        score = strength * (slender * lengths).sum()
        looks.append((score, direction, plane, mask))
    _, direction, plane, mask = max(looks, key=lambda look: look[0])
    if window is None:
        return plane, mask
    lengths, thicknesses = stroke_sizes(mask, edges=False)
    narrower = (max(WINDOW * weighted_median(thicknesses, lengths),
                    LEAST_WINDOW * min(mask.shape)) if lengths.size else window)
    if narrower < window:
        plane = difference(picture, paper_of(picture, narrower)) @ direction
    return plane, ink_mask(plane, smooth=smooth, clear=clear)
