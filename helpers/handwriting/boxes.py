"""Find the digits on a page and say where they are, in reading order."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import ArrayLike

from helpers.handwriting.ink import find_ink
from helpers.handwriting.joining import group_strokes
from helpers.handwriting.order import reading_order
from helpers.handwriting.pictures import as_picture

LONGEST, SHORTEST = 2000, 320  # the longer side, in pixels, that the search works on
WINDOW = 3 / 4  # of the shorter side: wide enough for a digit that fills the picture
RIM = 0.15  # paper around the ink, as a share of the longer side of the ink's box


class Box(NamedTuple):
    """Where a digit is: rows top to bottom - 1 and columns left to right - 1 of the picture.

    A rim of paper belongs to it, so that what is cut out shows what is paper and what is ink.
    """

    top: int
    left: int
    bottom: int
    right: int

    def cut(self, image: np.ndarray) -> np.ndarray:
        """Return the part of an image (h, w) or (h, w, channels) that lies in the box."""
        return image[self.top:self.bottom, self.left:self.right]


def find_digits(image: ArrayLike) -> list[Box]:
    """Find the digits on a page; boxes in reading order, rows from top to bottom.

    image: as `read_image` returns it, or any that `as_picture` takes. Ink may be darker or lighter
    than its paper, and of any colour.
    Strokes that belong together are joined, specks are left out, and a tilted page is read along
    its rows. Digits that touch come as one box: nothing here can tell where one ends. A page
    without ink, or smaller than 8 pixels, gives an empty list.
    """
    picture = as_picture(image)
    height, width = picture.shape[:2]
    if min(height, width) < 8:
        return []
    longest = max(height, width)
    factor = min(max(longest, SHORTEST), LONGEST) / longest
    size = max(1, round(width * factor)), max(1, round(height * factor))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    working = cv2.resize(picture, size, interpolation=way)
    _, mask = find_ink(working, WINDOW * min(size))
    boxes = reading_order(group_strokes(mask))
    return [with_rim(box / factor, height, width) for box in boxes]


def with_rim(box: np.ndarray, height: int, width: int) -> Box:
    """Widen (top, left, bottom, right) by a rim of paper, within the picture."""
    top, left, bottom, right = box
    rim = RIM * max(bottom - top, right - left) + 1
    return Box(int(max(0, np.floor(top - rim))), int(max(0, np.floor(left - rim))),
               int(min(height, np.ceil(bottom + rim))), int(min(width, np.ceil(right + rim))))
