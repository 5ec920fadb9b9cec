"""Take off the frames that forms and hands put around digits: boxes, cells, rings, underlines."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.handwriting.frames.outlines import ring_of, sides_of, underline_of
from helpers.handwriting.frames.teeth import teeth_on

LEAST = 14  # pixels; a smaller frame holds nothing that can be read
LARGEST = 0.6  # of the page's shorter side
THIN = 0.14  # of a frame's longer side: its stroke is thinner
HELD = 0.25  # of a frame's height: so high is what it holds
BOXED = 0.78  # of the rectangle around it: so much of a frame lies within its outline
ALIKE = 0.15  # frames of a form differ by no more in height and width


class Framed(NamedTuple):
    """A page without frames: the mask of its ink (h, w), the picture, the mask of what was taken
    off it (h, w), None if nothing, and the boxes of the frames."""

    mask: np.ndarray
    picture: np.ndarray
    taken: np.ndarray | None
    boxes: list[tuple[int, int, int, int]]


def without_frames(mask: np.ndarray, picture: np.ndarray, taken: np.ndarray | None,
                   covered: np.ndarray | None = None) -> Framed:
    """Take frames off a mask of ink (h, w) and off the picture uint8 (h, w) or (h, w, 3).

    taken: what was taken off before, or None. covered: the mask (h, w) of printed lines, or None.
    A frame is thin and holds other ink; an empty one counts where one like it holds some.
    """
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    frames, empty = [], []  # (box, mask of the frame's pixels in the box)
    for number in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[number])
        inside = left and top and left + width < mask.shape[1] and top + height < mask.shape[0]
        if max(width, height) < LEAST or max(width, height) > LARGEST * min(mask.shape) \
                or not inside:  # the edge of a sheet is no frame
            continue
        place = slice(top, top + height), slice(left, left + width)
        part = labels[place] == number
        frame, holds = frame_in(part, mask[place])
        if frame is not None:
            (frames if holds else empty).append(((top, left, top + height, left + width), frame))
    frames += [one for one in empty if any(alike(one[0], other[0]) for other in frames)]
    frames += teeth_on(mask, covered)
    if not frames:
        return Framed(mask, picture, taken, [])
    mask, picture = mask.copy(), picture.copy()
    taken = np.zeros(mask.shape, bool) if taken is None else taken.copy()
    for box, frame in frames:
        wipe(mask, picture, taken, box, frame)
    return Framed(mask, picture, taken, [box for box, _ in frames])


def frame_in(part: np.ndarray, ink: np.ndarray) -> tuple[np.ndarray | None, bool]:
    """Return the pixels of a frame in one piece of ink (h, w), None if it is none, and whether it
    holds something. ink: all ink in the piece's box."""
    import cv2

    lines, _ = cv2.findContours(part.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(lines, key=len)
    filled = cv2.drawContours(np.zeros(part.shape, np.uint8), [outline], -1, 1, -1) > 0
    if filled.sum() > 1.6 * part.sum() and thin(part) and holds(ink & ~part & filled, part.shape):
        return part, True
    _, (high, wide), _ = cv2.minAreaRect(outline)
    boxed = filled.sum() > BOXED * high * wide  # no more work for what is far from a rectangle
    frame = sides_of(part) if boxed else None
    if frame is not None:
        return frame, holds(ink & filled & ~widened(frame, 1), part.shape)
    ring = ring_of(part, outline)
    if ring is not None and holds(part & ~widened(ring, 1), part.shape):
        return ring, True
    line = underline_of(part)
    return line, line is not None


def thin(part: np.ndarray) -> bool:
    """Tell whether the strokes of a piece (h, w) are thin beside its size, and it has a hole."""
    import cv2

    outside = cv2.copyMakeBorder((~part).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    count, _, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=4)
    largest = max((stats[hole, cv2.CC_STAT_AREA] for hole in range(2, count)), default=0)
    return bool(largest > 0.4 * part.size and part.sum() < 4 * THIN * max(part.shape) ** 2)


def holds(inner: np.ndarray, shape: tuple[int, int]) -> bool:
    """Tell whether ink (h, w) within a frame of a shape is large enough for a digit."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(inner.astype(np.uint8))
    return bool((stats[1:, cv2.CC_STAT_HEIGHT] > HELD * shape[0]).any())


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Tell whether two boxes are as high and as wide as each other."""
    first, second = (np.array([box[2] - box[0], box[3] - box[1]]) for box in (one, other))
    return bool((np.abs(first - second) <= ALIKE * np.maximum(first, second)).all())


def widened(mask: np.ndarray, reach: int) -> np.ndarray:
    """Widen a mask (h, w) by some pixels."""
    import cv2

    return cv2.dilate(mask.astype(np.uint8), np.ones((2 * reach + 1,) * 2, np.uint8)) > 0


def wipe(mask: np.ndarray, picture: np.ndarray, taken: np.ndarray, box: tuple[int, ...],
         frame: np.ndarray) -> None:
    """Take a frame, a mask in a box, off a mask, a picture and note it in `taken`, in place."""
    import cv2

    top, left, bottom, right = box
    rim = 4
    place = (slice(max(0, top - rim), bottom + rim), slice(max(0, left - rim), right + rim))
    part = np.zeros(mask.shape, bool)[place]
    part[top - place[0].start:bottom - place[0].start,
         left - place[1].start:right - place[1].start] = frame
    mask[place] &= ~part
    kept = widened(mask[place], 1)
    gone = widened(part, 3) & ~kept
    picture[place] = cv2.inpaint(np.ascontiguousarray(picture[place]), gone.astype(np.uint8), 3,
                                 cv2.INPAINT_TELEA)
    taken[place] |= gone
