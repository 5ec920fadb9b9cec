"""Letters as a pen writes them, in MNIST's form, drawn from typefaces.

A glyph is taken as it is printed, or its middle line is followed by a pen as thick as those of
MNIST's writers; either is bent a little, as no hand writes a letter twice alike. From there on it
goes the way of every digit, by the steps of helpers.handwriting.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from skimage.morphology import skeletonize

from helpers.handwriting.form import BOX, FINE, fit_box, mend_thickness, place, tight

HEIGHT = 120  # pixels of the type
FULL = BOX * FINE  # pixels of the longer side of the ink, as helpers.handwriting works on it
PENS = 2.0, 4.5  # thickness in pixels of the box of 20x20: the middle 90 % of MNIST's
BEND, SMOOTH = 4.0, (9.0, 20.0)  # pixels at the full size: how far, and over which distance


@lru_cache(maxsize=64)
def typeface(path: Path, size: int = HEIGHT) -> ImageFont.FreeTypeFont:
    """Open a font file at a size in pixels."""
    return ImageFont.truetype(str(path), size)


def glyph(path: Path, character: str) -> np.ndarray:
    """Draw a character: uint8 (h, w), ink 255, cut to its ink; (0, 0) for one without ink."""
    font = typeface(path)
    left, top, right, bottom = font.getbbox(character)
    sheet = Image.new("L", (max(1, right - left) + 20, max(1, bottom - top) + 20))
    ImageDraw.Draw(sheet).text((10 - left, 10 - top), character, fill=255, font=font)
    drawn = np.asarray(sheet)
    return tight(drawn) if drawn.any() else np.zeros((0, 0), np.uint8)


def enlarged(ink: np.ndarray) -> np.ndarray:
    """Scale ink (h, w) uint8 to FULL pixels on its longer side: float32, 0 and 1, with a rim."""
    import cv2

    factor = FULL / max(ink.shape)
    size = [max(1, round(side * factor)) for side in ink.shape[::-1]]
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    large = cv2.resize(ink, size, interpolation=way) > 127
    return np.pad(large.astype(np.float32), 20)


def penned(plane: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Follow the middle line of a glyph (h, w) of 0 and 1 with a pen."""
    import cv2

    width = max(1, round(random.uniform(*PENS) * FINE))
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    return cv2.dilate(skeletonize(plane > 0).astype(np.float32), pen)


def bent(plane: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Bend a plane (h, w) smoothly by a random field, as Simard, Steinkraus and Platt (2003) do."""
    import cv2

    sigma, reach = random.uniform(*SMOOTH), random.uniform(0, BEND)
    rows, columns = np.indices(plane.shape, np.float32)
    moves = [cv2.GaussianBlur(random.normal(size=plane.shape).astype(np.float32), (0, 0), sigma)
             for _ in range(2)]
    down, across = (reach * move / max(float(move.std()), 1e-6) for move in moves)
    moved = cv2.remap(plane, columns + across, rows + down, cv2.INTER_LINEAR)
    return (moved > 0.5).astype(np.float32)


def formed(plane: np.ndarray) -> np.ndarray | None:
    """Bring a plane of 0 and 1 into MNIST's form, (28, 28) float32; None without ink."""
    if not plane.any():
        return None
    return place(fit_box(mend_thickness(tight(plane)), keep=True), by_mass=True)


def written(path: Path, character: str, random: np.random.Generator, *,
            pen: bool) -> np.ndarray | None:
    """Draw one character by hand or as printed: (h, w) of 0 and 1; None for one without ink."""
    ink = glyph(path, character)
    if not ink.size:
        return None
    plane = enlarged(ink)
    return bent(penned(plane, random) if pen else plane, random)
