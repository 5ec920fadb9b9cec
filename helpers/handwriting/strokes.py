"""Join the pieces of ink that make one digit, and leave out what is no digit."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

SPECK = 0.3  # of the usual size; smaller pieces are no digits of their own
BESIDE = 0.25  # of the usual size; a small piece this near belongs to the digit


def group_strokes(mask: np.ndarray) -> np.ndarray:
    """Return the boxes (n, 4) of the digits in a mask of ink: top, left, bottom, right.

    Pieces are the connected parts of the mask. The usual size is the median length of a piece,
    weighted by its ink.
    """
    labels, count = ndimage.label(mask, np.ones((3, 3)))
    if not count:
        return np.zeros((0, 4))
    areas = np.bincount(labels.ravel())[1:]
    boxes = np.array([(rows.start, columns.start, rows.stop, columns.stop)
                      for rows, columns in ndimage.find_objects(labels)], float)
    fits = ~is_frame(boxes, areas, mask.shape) & (areas >= 9)
    boxes, areas = boxes[fits], areas[fits]
    if not len(boxes):
        return np.zeros((0, 4))
    usual = usual_size(boxes, areas)
    boxes = join_pieces(boxes, usual)
    return boxes[longer_sides(boxes) >= SPECK * usual]


def longer_sides(boxes: np.ndarray) -> np.ndarray:
    """Return the longer side of each box."""
    return np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])


def usual_size(boxes: np.ndarray, areas: np.ndarray) -> float:
    """Return the median of the longer sides, weighted by ink."""
    sides = longer_sides(boxes)
    order = np.argsort(sides)
    half = np.searchsorted(np.cumsum(areas[order]), areas.sum() / 2)
    return float(sides[order][half])


def is_frame(boxes: np.ndarray, areas: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Tell which pieces touch the border and run along most of it: the edge of the sheet."""
    height, width = shape
    touches = ((boxes[:, 0] == 0) | (boxes[:, 1] == 0)
               | (boxes[:, 2] == height) | (boxes[:, 3] == width))
    long = ((boxes[:, 2] - boxes[:, 0] > 0.6 * height)
            | (boxes[:, 3] - boxes[:, 1] > 0.6 * width))
    return touches & long


def join_pieces(boxes: np.ndarray, usual: float) -> np.ndarray:
    """Join pieces, the nearest first, as long as any two belong to one digit."""
    boxes = [tuple(box) for box in boxes]
    while True:
        pairs = [(gap, first, second) for first in range(len(boxes)) for second in range(first)
                 if (gap := gap_if_joined(boxes[first], boxes[second], usual)) is not None]
        if not pairs:
            return np.array(boxes)
        _, first, second = min(pairs)
        joined = union(boxes[first], boxes[second])
        boxes = [box for k, box in enumerate(boxes) if k not in (first, second)] + [joined]


def union(one: tuple, other: tuple) -> tuple:
    """Return the smallest box around two boxes."""
    return (min(one[0], other[0]), min(one[1], other[1]),
            max(one[2], other[2]), max(one[3], other[3]))


def gap_if_joined(one: tuple, other: tuple, usual: float) -> float | None:
    """Return the distance of two boxes if they belong to one digit, else None.

    A digit's pieces overlap in their boxes, or one of them is small and lies close by; and what
    comes out is not wider than it is high, nor larger than its neighbours.
    """
    down = max(one[0], other[0]) - min(one[2], other[2])
    across = max(one[1], other[1]) - min(one[3], other[3])
    gap = float(np.hypot(max(down, 0), max(across, 0)))
    sides = sorted(longer_sides(np.array([one, other])))
    whole = union(one, other)
    height, width = whole[2] - whole[0], whole[3] - whole[1]
    if width > 1.2 * height or max(height, width) > 1.3 * max(usual, sides[1]):
        return None
    small = sides[0] < 0.7 * sides[1]
    near = BESIDE * max(usual, sides[1]) if small else 0
    return gap if gap <= near and (small or down <= 0 or across <= 0) else None
