"""Tell the dashes of broken printed lines from digits: they follow each other along their own axis.

Ones in a row stand side by side, across their axis.
"""

from __future__ import annotations

import numpy as np

from helpers.handwriting.page.pieces import Piece
from helpers.handwriting.strokes import weighted_median

FEWEST = 8  # dashes; ones in a column, if there are fewer
SMALL = 0.6  # of the usual size of the others, by area
SLENDER = 1.5  # times as long as wide
ASIDE, NEXT = 0.35, 3.2  # lengths from one to the next, across the axis and along it
ALIKE, PARALLEL = 1.7, 20.0  # ratio of their lengths, and degrees between them


def printed_dashes(pieces: list[Piece]) -> list[Piece]:
    """Return the short straight pieces that lie one behind the other, alike, in broken lines."""
    import cv2

    if len(pieces) < FEWEST:
        return []
    sticks, shapes = [], []
    for piece in pieces:
        (row, column), sides, angle = cv2.minAreaRect(piece.outline.astype(np.float32))
        long, wide = max(sides) + 1, min(sides) + 1
        if long > SLENDER * wide and wide < 1.7 * piece.thickness + 1:
            sticks.append(piece)
            turn = np.radians(angle if sides[0] >= sides[1] else angle + 90)
            shapes.append((row, column, long, np.cos(turn), np.sin(turn)))
    if len(sticks) < FEWEST:
        return []
    rows, columns, lengths, down, right = np.array(shapes).T
    apart = rows[:, None] - rows, columns[:, None] - columns
    along = np.abs(apart[0] * down + apart[1] * right)
    aside = np.abs(apart[1] * down - apart[0] * right)
    parallel = np.abs(down[:, None] * down + right[:, None] * right)
    ratio = lengths[:, None] / lengths
    follows = ((along < NEXT * lengths) & (along > 0.8 * lengths) & (aside < ASIDE * lengths)
               & (parallel > np.cos(np.radians(PARALLEL)))
               & (ratio < ALIKE) & (ratio > 1 / ALIKE))
    in_line = follows.any(0) | follows.any(1)
    if in_line.sum() < FEWEST:
        return []
    # The others of their kind are dashes, too, whose neighbours a digit hides.
    length = float(np.median(lengths[in_line]))
    lean = np.abs(np.outer(down, down[in_line]) + np.outer(right, right[in_line])).max(1)
    kind = (np.abs(np.log(lengths / length)) < np.log(ALIKE)) & (
        lean > np.cos(np.radians(PARALLEL)))
    dashes = [stick for stick, one in zip(sticks, in_line | kind, strict=True) if one]
    others = np.array([piece.size for piece in pieces
                       if not any(piece is dash for dash in dashes)], float)
    usual = weighted_median(others, others**2) if len(others) else 0.0
    return dashes if length < SMALL * usual else []
