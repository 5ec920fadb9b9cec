"""Bring one digit into the form that MNIST's have: 20x20 pixels, centred by mass in 28x28."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike
from scipy import ndimage

from helpers.handwriting.ink import find_ink
from helpers.handwriting.margins import find_ink_without_margin
from helpers.handwriting.pictures import as_picture
from helpers.handwriting.strokes import thickness_of

STEPS = ("light", "ink", "thickness", "shape", "mass")
SIZE, BOX, CENTRE = 28, 20, 14
FINE = 5  # pixels of the working copy to one pixel of the box of 20x20
SMALLEST, LARGEST = 160, 320  # pixels of a crop's longer side, as it is worked on
SMOOTH = 2.0  # pixels, against noise; a fifth to a third of one in the result
# On a page 7 deviations of the noise tell ink; in a crop, where ink is to be expected, fewer do.
CLEAR = 5.0
LEAST = 0.15  # of the crop's longer side; smaller ink is no digit
# In pixels of the box. Of 3,000 training digits of MNIST the middle 90 % lie from 2.0 to 4.5.
THINNEST, THICKEST = 2.3, 4.5
SPECK = 0.02  # of the largest piece's ink


def to_mnist(image: ArrayLike, *, without: Collection[str] = ()) -> np.ndarray:
    """Bring a picture of ONE digit into MNIST's form: (28, 28) float32 from 0 to 1, light on dark.

    image: a crop with one digit and, best, some paper around it, as `Box.cut` makes it, or any that
    `as_picture` takes. Ink may be darker or lighter than its paper.
    As MNIST was made (LeCun et al., 1998, and the page of the database): the digit fits a box of
    20x20 pixels and keeps its shape; grey levels come from the reduction; its centre of mass is
    the centre of 28x28 pixels. Added to that: uneven light is removed, what is not the digit's ink
    is 0, and strokes much thinner or thicker than MNIST's are brought nearer to them.
    without: steps to leave out, from STEPS, to measure what each of them does.
    Raises ValueError for a bad picture, an unknown step, and a picture without ink.
    """
    return steps_of(image, without=without)["mass"]


def steps_of(image: ArrayLike, *, without: Collection[str] = ()) -> dict[str, np.ndarray]:
    """Return what each step of `to_mnist` makes, in order: "picture" and the names in STEPS.

    "picture" is uint8 as given, and all others are (h, w) float32 from 0 to 1, ink light: "light"
    the contrast with the paper beside, "ink" the digit alone, cut to its box, "thickness" with
    its strokes mended, "shape" (20, 20) at most, "mass" (28, 28), the result.
    """
    several = isinstance(without, Collection) and not isinstance(without, str)
    unknown = [step for step in without if step not in STEPS] if several else [without]
    if unknown:
        got = ", ".join(sorted(map(str, unknown)))
        raise ValueError(f"without must be a collection of steps from {STEPS}; got {got}")
    picture = as_picture(image)
    longer = max(picture.shape[:2])
    working = resized(picture, min(max(longer, SMALLEST), LARGEST) / longer)
    window = None if "light" in without else max(working.shape[:2])
    plane, mask = find_ink(working, window, smooth=SMOOTH, clear=CLEAR)
    digit = digit_of(mask)
    if extent_of(digit) < LEAST * max(digit.shape) and window is not None:
        plane, mask = find_ink_without_margin(working, smooth=SMOOTH, clear=CLEAR)
        digit = digit_of(mask)
        if not all(digit.any(axis).mean() > 0.85 for axis in (0, 1)):  # it is no tight crop
            digit[:] = False
    if extent_of(digit) < LEAST * max(digit.shape):
        raise ValueError("expected a picture of one digit, found no ink in this one of shape "
                         f"{picture.shape}")
    plane = np.clip(plane / np.percentile(plane[digit], 75), 0, 1).astype(np.float32)
    steps = {"picture": picture, "light": plane}
    plane = plane if "ink" in without else fine_ink(plane, digit)
    steps["ink"] = plane
    if "thickness" not in without and "ink" not in without:
        plane = mend_thickness(plane)
    steps["thickness"] = plane
    steps["shape"] = fit_box(plane, keep="shape" not in without)
    steps["mass"] = place(steps["shape"], by_mass="mass" not in without)
    return steps


def resized(plane: np.ndarray, factor: float) -> np.ndarray:
    """Return a picture with its sides times `factor`, at least one pixel each."""
    import cv2

    size = [max(1, round(side * factor)) for side in plane.shape[1::-1]]
    return cv2.resize(plane, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)


def digit_of(mask: np.ndarray) -> np.ndarray:
    """Return the mask of the digit alone: no specks, and no stroke that comes in from outside."""
    labels, count = ndimage.label(mask, np.ones((3, 3)))
    areas = np.bincount(labels.ravel(), minlength=count + 1)
    areas[0] = 0
    inside = areas.copy()
    inside[np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])] = 0
    if inside.max() > 0.25 * areas.max():  # else the digit itself is cut off
        areas = inside
    return (areas >= max(4, SPECK * areas.max()))[labels]


def fine_ink(plane: np.ndarray, digit: np.ndarray) -> np.ndarray:
    """Return the digit's ink as 0 and 1, cut to its box, with a longer side of about 100 pixels.

    NIST's digits, of which MNIST was made, were such pictures of ink and no ink.
    """
    import cv2

    around = cv2.dilate(digit.astype(np.uint8), np.ones((5, 5)))
    plane = plane * around
    rows, columns = np.flatnonzero(around.any(1)), np.flatnonzero(around.any(0))
    plane = plane[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    return tight((resized(plane, FINE * BOX / extent_of(digit)) > 0.5).astype(np.float32))


def extent_of(mask: np.ndarray) -> int:
    """Return the longer side of what is not zero in a mask, in pixels; 0 if there is nothing."""
    return max(np.ptp(np.flatnonzero(mask.any(axis))) + 1 for axis in (0, 1)) if mask.any() else 0


def tight(plane: np.ndarray) -> np.ndarray:
    """Cut a plane to what is not zero."""
    rows, columns = np.flatnonzero(plane.any(1)), np.flatnonzero(plane.any(0))
    return plane[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def mend_thickness(plane: np.ndarray) -> np.ndarray:
    """Thicken or thin the strokes of a plane of 0 and 1 to between THINNEST and THICKEST."""
    import cv2

    unit = max(plane.shape) / BOX  # pixels of the plane to one of the box
    thickness = thickness_of(plane > 0) / unit
    change = np.clip(thickness, THINNEST, THICKEST) - thickness
    reach = round(abs(change) * unit / 2)
    if not reach:
        return plane
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1,) * 2)
    if change > 0:
        return cv2.dilate(np.pad(plane, reach), disc)
    thinner = cv2.erode(np.pad(plane, 1), disc)
    return tight(thinner) if thinner.any() else plane


def fit_box(plane: np.ndarray, *, keep: bool) -> np.ndarray:
    """Reduce a plane to 20 pixels on its longer side, or on both if it need not keep its shape."""
    import cv2

    height, width = plane.shape
    longer = max(height, width)
    size = [max(1, round(BOX * side / longer)) if keep else BOX for side in (width, height)]
    box = cv2.resize(plane, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.clip(box / max(float(box.max()), 1e-6), 0, 1)


def place(box: np.ndarray, *, by_mass: bool) -> np.ndarray:
    """Put a box into the middle of 28x28 pixels, by its centre of mass or by its own centre."""
    height, width = box.shape
    middle = ndimage.center_of_mass(box) if by_mass else (height / 2, width / 2)
    top, left = (int(np.clip(round(CENTRE - at), 0, SIZE - side))
                 for at, side in zip(middle, (height, width), strict=True))
    field = np.zeros((SIZE, SIZE), np.float32)
    field[top:top + height, left:left + width] = box
    return field
