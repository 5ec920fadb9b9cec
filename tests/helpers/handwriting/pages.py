"""Pages with digits at known places."""

import cv2
import numpy as np

from helpers.data.mnist import read_embedded
from helpers.handwriting import find_digits

DIGITS = read_embedded().validation

INK, PAPER = 40, 225


def page(height=480, width=640, paper=PAPER):
    return np.full((height, width), paper, np.uint8)


def line(image, *points, ink=INK, thickness=7):
    """Draw strokes through points (row, column)."""
    corners = np.array([[column, row] for row, column in points], np.int32)
    cv2.polylines(image, [corners], False, ink, thickness, cv2.LINE_AA)


def write_digits(image, places, ink=INK, size=70, start=0):
    """Write embedded digits with their middles at places (row, column)."""
    for number, (row, column) in enumerate(places, start):
        opacity = cv2.resize(DIGITS.images[number], (size, size)).astype(float) / 255
        part = image[row - size // 2:row - size // 2 + size,
                     column - size // 2:column - size // 2 + size]
        part[:] = np.round(part + opacity * (ink - part.astype(float)))


def middles(boxes):
    return [((box.top + box.bottom) / 2, (box.left + box.right) / 2) for box in boxes]


def assert_found(image, places, within=18):
    found = find_digits(image)
    assert len(found) == len(places), found
    np.testing.assert_allclose(middles(found), places, atol=within)


GRID = [(row, column) for row in (90, 240, 390) for column in (90, 240, 390, 540)]
