"""Find the digits on a page and say where they are, in reading order."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.handwriting.frames.frames import Framed, without_frames
from helpers.handwriting.ink import find_ink
from helpers.handwriting.page.found import Box, CleanedBox, Found, LeftOut
from helpers.handwriting.page.joining import group_strokes
from helpers.handwriting.page.order import reading_order
from helpers.handwriting.pictures import as_picture
from helpers.handwriting.rulings.unruled import Unruled, paper_named, without_lines

LONGEST, SHORTEST = 2000, 320  # the longer side, in pixels, that the search works on
WINDOW = 3 / 4  # of the shorter side: wide enough for a digit that fills the picture
FEW = 2  # lines; where nothing else is left on the page, they may be strokes
RIM = 0.15  # paper around the ink, as a share of the longer side of the ink's box


def find_digits(image: ArrayLike) -> Found:
    """Find the digits on a page; boxes in reading order, rows from top to bottom.

    image: as `read_image` returns it, or any that `as_picture` takes. Ink may be darker or lighter
    than its paper, and of any colour.
    Strokes that belong together are joined, specks are left out, and a tilted page is read along
    its rows. Lines and squares of the paper and frames around digits are taken off: what a box
    cuts out of the page does not show them. Digits that touch come as one box: nothing here can
    tell where one ends. A page without ink, or smaller than 8 pixels, gives an empty list.
    The list that is returned also tells what was left out and why: see `Found`.
    """
    import cv2

    picture = as_picture(image)
    height, width = picture.shape[:2]
    if min(height, width) < 8:
        return Found()
    longest = max(height, width)
    factor = min(max(longest, SHORTEST), LONGEST) / longest
    size = max(1, round(width * factor)), max(1, round(height * factor))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    working = cv2.resize(picture, size, interpolation=way)
    unruled = without_lines(working)
    boxes, left, framed = marks_on(unruled, WINDOW * min(size))
    if not len(boxes) and 0 < len(unruled.boxes) <= FEW:  # a large 1, perhaps
        unruled = Unruled(working)
        boxes, left, framed = marks_on(unruled, WINDOW * min(size))

    def there(box: np.ndarray, rim: float = 0.0) -> Box:
        return with_rim(np.asarray(box, float) / factor, height, width, rim)

    marks = [*left, *((box, "frame") for box in framed.boxes),
             *((line, "line") for line in unruled.boxes)]
    found = [carried(there(box, RIM), framed.picture, framed.taken, factor)
             for box in reading_order(boxes)]
    return Found(found, [LeftOut(there(box), reason) for box, reason in marks],
                 paper_named(unruled.boxes, size))


def marks_on(unruled: Unruled, window: float) -> tuple[np.ndarray, list, Framed]:
    """Return the boxes (n, 4) of digits on a page without its lines, what was left out as
    `group_strokes` gives it, and the page without frames."""
    _, mask = find_ink(unruled.picture, window)
    mask = unruled.without_remains(mask)
    framed = without_frames(mask, unruled.picture, unruled.taken, unruled.covered)
    boxes, left = group_strokes(framed.mask)
    return boxes, left, framed


def carried(box: Box, cleaned: np.ndarray, taken: np.ndarray | None, factor: float) -> Box:
    """Return a box that knows what was taken off the page in it, if anything was."""
    if taken is None:
        return box
    top, left, bottom, right = (round(side * factor) for side in box)
    place = slice(top, max(bottom, top + 1)), slice(left, max(right, left + 1))
    if not taken[place].any():
        return box
    box = CleanedBox(*box)
    box.cleaned, box.taken = cleaned[place].copy(), taken[place].copy()
    return box


def with_rim(box: np.ndarray, height: int, width: int, share: float) -> Box:
    """Widen (top, left, bottom, right) by a share of its longer side of paper, in the picture."""
    top, left, bottom, right = box
    rim = share * max(bottom - top, right - left) + 1
    return Box(int(max(0, np.floor(top - rim))), int(max(0, np.floor(left - rim))),
               int(min(height, np.ceil(bottom + rim))), int(min(width, np.ceil(right + rim))))
