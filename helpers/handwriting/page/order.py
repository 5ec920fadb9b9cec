"""Put boxes in reading order, row by row, also on a tilted page."""

from __future__ import annotations

import numpy as np

STEEPEST = 20  # degrees; a page is not tilted more than that


def reading_order(boxes: np.ndarray) -> np.ndarray:
    """Sort boxes (n, 4), top, left, bottom, right: rows from top to bottom, each left to right."""
    if len(boxes) < 2:
        return boxes
    rows, columns = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    size = float(np.median(boxes[:, 2] - boxes[:, 0]))
    angle = tilt(rows, columns, size)
    down, across = turned(rows, columns, angle)
    order = np.argsort(down)
    starts = np.concatenate([[True], np.diff(down[order]) > 0.5 * size])
    row_of = np.empty(len(boxes), int)
    row_of[order] = np.cumsum(starts)
    return boxes[np.lexsort((across, row_of))]


def tilt(rows: np.ndarray, columns: np.ndarray, size: float) -> float:
    """Return the angle in degrees at which the centres lie in the tightest rows.

    Sorted along the page, centres of one row follow each other closely. Each gap counts in full
    up to half a digit; a larger one is the step to the next row and counts no more than that. Two
    degrees cost as much as a gap of a twentieth of a digit, so that a level page stays level.
    """
    def cost(angle: float) -> float:
        gaps = np.diff(np.sort(turned(rows, columns, angle)[0]))
        return float(np.minimum(gaps, 0.5 * size).sum()) + 0.025 * size * abs(angle)

    if len(rows) < 3:
        return 0.0
    return min(np.arange(-STEEPEST, STEEPEST + 0.5, 0.5), key=lambda angle: (cost(angle), angle))


def turned(rows: np.ndarray, columns: np.ndarray, angle: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the centres' coordinates down and across a page that is tilted by an angle."""
    sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
    return rows * cosine - columns * sine, rows * sine + columns * cosine
