"""Compare what was found and read on a sheet with the truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from helpers.handwriting import Box
from helpers.handwriting.sheets.compose import Sheet


class Score(NamedTuple):
    """Counts for a sheet: digits on it, found, read right; boxes with no digit of their own; and
    whether the found digits came in reading order."""

    digits: int
    found: int
    right: int
    extra: int
    in_order: bool


def score_sheet(sheet: Sheet, boxes: Sequence[Box], answers: Sequence[int]) -> Score:
    """Count what was found and what was read right.

    A digit is found by the nearest box whose middle lies within half the digit's size of its own;
    a box finds at most one digit. A digit that is not found counts as read wrong.
    """
    if len(boxes) != len(answers):
        raise ValueError(f"expected one answer for each of {len(boxes)} boxes, got {len(answers)}")
    finder = np.full(len(sheet.labels), -1)
    if len(boxes):
        corners = np.array(boxes, float)
        middles = (corners[:, :2] + corners[:, 2:]) / 2
        distances = np.linalg.norm(sheet.centres[:, None] - middles, axis=2)  # (digits, boxes)
        for digit, box in zip(*np.unravel_index(np.argsort(distances, axis=None),
                                                distances.shape), strict=True):
            near = distances[digit, box] <= 0.5 * sheet.sizes[digit]
            if near and finder[digit] < 0 and box not in finder:
                finder[digit] = box
    found = finder >= 0
    answers = np.asarray(answers, int)
    right = int(np.sum(answers[finder[found]] == sheet.labels[found])) if found.any() else 0
    return Score(len(sheet.labels), int(found.sum()), right, len(boxes) - int(found.sum()),
                 bool(np.all(np.diff(finder[found]) > 0)))
