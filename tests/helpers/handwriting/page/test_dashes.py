"""The dashes of a broken printed line are no digits; ones beside each other are."""

import cv2
import numpy as np
import pytest

from helpers.handwriting.page.joining import group_strokes


def with_digits():
    """A mask with a 0, a 7 and a 2, about 60 pixels high."""
    mask = np.zeros((420, 640), np.uint8)
    cv2.ellipse(mask, (120, 210), (20, 30), 0, 0, 360, 1, 7)
    for strokes in ([(260, 180), (300, 180), (275, 240)],
                    [(420, 190), (440, 180), (455, 195), (420, 240), (460, 240)]):
        cv2.polylines(mask, [np.array(strokes)], False, 1, 7)
    return mask


@pytest.mark.parametrize("lean", [-0.2, 0.0, 0.15])
@pytest.mark.parametrize("period", [18, 26])
def test_upright_dashes_are_left_out_and_digits_stay(lean, period):
    mask = with_digits()
    for column in (40, 200, 360, 560):
        for row in range(15, 400, period):
            top = column + lean * (row - 200), row
            end = top[0] + lean * 0.6 * period, row + 0.6 * period
            cv2.line(mask, tuple(round(one) for one in top), tuple(round(one) for one in end), 1, 2)
    boxes, left_out = group_strokes(mask > 0)
    assert len(boxes) == 3
    assert sum(reason == "dash" for _, reason in left_out) >= 40


@pytest.mark.parametrize("height", [20, 34])
def test_ones_in_a_row_are_kept_beside_larger_digits(height):
    mask = with_digits()
    for number in range(12):
        cv2.line(mask, (40 + 45 * number, 340), (44 + 45 * number, 340 - height), 1, 4)
    boxes, _ = group_strokes(mask > 0)
    assert len(boxes) == 15
