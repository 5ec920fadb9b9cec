"""Ink as a camera photographs it on paper, brought back into MNIST's form.

Whoever trains on clean drawings alone trains on pictures that the recogniser never gets: what
reaches it has been blurred, covered with noise, and found again by helpers.handwriting. Digits
and what is none go the same way, so that the way tells nothing.
"""

from __future__ import annotations

import numpy as np
from tqdm import tqdm

from benchmarks.letters.glyphs import formed
from helpers.handwriting.composed_video import pen_strokes
from helpers.handwriting.form import (
    LARGEST,
    LEAST,
    SMALLEST,
    SMOOTH,
    digit_of,
    extent_of,
    fine_ink,
    fit_box,
    mend_thickness,
    place,
    resized,
    tight,
)

SIDE = 30, 160  # pixels of the ink's longer side in the photograph
RIM = 0.12, 0.35  # paper around it, in longer sides
SHARE = 0.4  # of all drawings are photographed; the others go by the last steps alone


def prepared(plane: np.ndarray, random: np.random.Generator) -> np.ndarray | None:
    """Bring a drawing (h, w) of 0 and 1 into MNIST's form, some by a photograph; None without ink.
    """
    if not plane.any():
        return None
    return snapshot(tight(plane), random) if random.random() < SHARE else formed(plane)


def snapshot(ink: np.ndarray, random: np.random.Generator) -> np.ndarray | None:
    """Photograph ink (h, w), float32 from 0 to 1, and prepare it: (28, 28), or None if it is lost.

    The contrast with the paper is drawn at once, for to estimate the paper, as
    helpers.handwriting.ink does, would take most of the time.
    """
    import cv2

    side = random.uniform(*SIDE)
    ink = resized(ink, side / max(ink.shape))
    contrast = np.pad(ink, round(random.uniform(*RIM) * side) + 2)
    contrast = cv2.GaussianBlur(contrast, (0, 0), random.uniform(0.3, 0.015 * side + 0.6))
    contrast += random.normal(0, random.uniform(0.005, 0.08), contrast.shape).astype(np.float32)
    longer = max(contrast.shape)
    contrast = resized(contrast, min(max(longer, SMALLEST), LARGEST) / longer)
    smooth = cv2.GaussianBlur(contrast, (0, 0), SMOOTH)
    digit = digit_of(smooth > 0.5 * smooth.max())
    if extent_of(digit) < LEAST * max(digit.shape):
        return None
    contrast = np.clip(contrast / np.percentile(contrast[digit], 75), 0, 1)
    plane = fine_ink(contrast.astype(np.float32), digit)
    return place(fit_box(mend_thickness(plane), keep=True), by_mass=True)


def photograph_digits(images: np.ndarray, *, seed: int, first: int = 0) -> np.ndarray:
    """Photograph MNIST digits (n, 28, 28), float32 from 0 to 1; one that is lost stays.

    first: the number of the first image, if they are done in parts: each has a seed of its own.
    """
    taken = images.copy()
    for number, image in enumerate(tqdm(images, desc="snapshots", unit="digit", leave=False)):
        strokes = pen_strokes(255 * image)
        rows, columns = (np.flatnonzero((strokes > 0.5).any(axis)) for axis in (1, 0))
        if len(rows):
            ink = strokes[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
            new = snapshot(ink, np.random.default_rng((seed, first + number)))
            taken[number] = image if new is None else new
    return taken
