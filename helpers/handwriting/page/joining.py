"""Join the pieces of ink that make one digit: the bar of a 5, the two strokes of an open 4."""

from __future__ import annotations

import numpy as np

from helpers.handwriting.dashes import printed_dashes
from helpers.handwriting.page.pieces import (
    CRUMB,
    Piece,
    pieces_of,
    printed_dots,
    usual_size,
    why_no_digit,
)

WIDEST = 1.25  # width of a digit, in its heights
LARGEST = 1.3  # of the usual size, or of the larger piece
# How far apart pieces of one digit may lie: in usual sizes, the last in thicknesses of the stroke.
ABOVE, BESIDE, CROSSING, BROKEN = 0.25, 0.12, 0.15, 0.8
WHOLE = 1.6  # a digit is at most so many times as large as its largest piece
PART = 0.7  # a piece shorter than this share of the other is a part


def group_strokes(mask: np.ndarray) -> tuple[np.ndarray, list[tuple[tuple[int, ...], str]]]:
    """Return the boxes (n, 4) of the digits in a mask of ink (h, w): top, left, bottom, right; and
    the boxes of what is no digit, each with the reason."""
    pieces, left_out = pieces_of(mask)
    if not pieces:
        return np.zeros((0, 4)), left_out
    usual = usual_size(pieces)
    if dots := printed_dots(pieces, usual):
        left_out += [(piece.box, "dot") for piece in dots]
        pieces = [piece for piece in pieces if not any(piece is dot for dot in dots)]
        usual = usual_size(pieces) if pieces else usual
    if dashes := {id(piece): piece for piece in printed_dashes(pieces)}:
        left_out += [(piece.box, "dash") for piece in dashes.values()]
        pieces = [piece for piece in pieces if id(piece) not in dashes]
        usual = usual_size(pieces) if pieces else usual
    left_out += [(piece.box, "speck") for piece in pieces if piece.size < CRUMB * usual]
    pieces = join_pieces([piece for piece in pieces if piece.size >= CRUMB * usual], usual)
    reasons = [why_no_digit(piece, usual) for piece in pieces]
    left_out += [(piece.box, reason) for piece, reason in zip(pieces, reasons, strict=True)
                 if reason]
    boxes = [piece.box for piece, reason in zip(pieces, reasons, strict=True) if not reason]
    return np.array(boxes, float).reshape(-1, 4), left_out


def join_pieces(pieces: list[Piece], usual: float) -> list[Piece]:
    """Join the two nearest pieces that belong together, until no two do."""
    pieces = list(pieces)
    gaps = {}
    while True:
        for first, second in near_pairs(pieces, ABOVE * LARGEST * usual):
            key = id(pieces[first]), id(pieces[second])
            if key not in gaps:
                gaps[key] = (gap_if_joined(pieces[first], pieces[second], usual),
                             pieces[first], pieces[second])
        alive = {id(piece) for piece in pieces}
        gaps = {key: pair for key, pair in gaps.items() if alive.issuperset(key)}
        joinable = [pair for pair in gaps.values() if pair[0] is not None]
        if not joinable:
            return pieces
        _, one, other = min(joinable, key=lambda pair: pair[0])
        pieces = [piece for piece in pieces if piece is not one and piece is not other]
        pieces.append(one.joined(other))


def near_pairs(pieces: list[Piece], reach: float) -> np.ndarray:
    """Return the pairs (n, 2) of numbers of pieces whose boxes come as near as `reach`."""
    boxes = np.array([piece.box for piece in pieces], float)
    down = np.maximum(boxes[:, None, 0], boxes[:, 0]) - np.minimum(boxes[:, None, 2], boxes[:, 2])
    across = np.maximum(boxes[:, None, 1], boxes[:, 1]) - np.minimum(boxes[:, None, 3], boxes[:, 3])
    return np.argwhere(np.triu((down <= reach) & (across <= reach), 1))


def gap_if_joined(one: Piece, other: Piece, usual: float) -> float | None:
    """Return the distance of the ink of two pieces if they belong to one digit, else None.

    Together they must not be wider than a digit is, nor larger than its neighbours. Then it counts
    whether one is a part beside or above the other, whether their boxes cross, or whether they
    nearly touch.
    """
    small, large = sorted((one, other), key=lambda piece: piece.size)
    whole, unit = one.joined(other), max(large.size, min(usual, WHOLE * large.size))
    if whole.width > WIDEST * whole.height or whole.size > LARGEST * unit:
        return None
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    across = max(one.left, other.left) - min(one.right, other.right)
    near = BROKEN * min(one.thickness, other.thickness)
    if small.size < PART * large.size:
        over = -across > 0.5 * small.width  # it lies above, below or within the other's columns
        near = max(near, (ABOVE if over else BESIDE) * unit)
    if down < 0 and across < 0:
        near = max(near, CROSSING * unit)
    if max(down, across) > near:
        return None
    gap = float(np.sqrt(((one.outline[:, None] - other.outline) ** 2).sum(2).min()))
    return gap if gap <= near else None
