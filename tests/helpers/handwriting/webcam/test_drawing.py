"""What is drawn says what was read, and leaves the rest of the picture alone."""

import numpy as np
import pytest

pytest.importorskip("cv2")

from helpers.handwriting import Box
from helpers.handwriting.webcam.drawing import ORANGE, SKY, draw
from helpers.handwriting.webcam.steadying import Reading

PICTURE = np.full((480, 640, 3), 200, np.uint8)
PROBABILITIES = np.array([0, 0, 0, 0.9, 0, 0.05, 0, 0, 0, 0])


def row_of_bar(shown, digit, colour, unit=1.0):
    """How many pixels of a colour lie in the middle of a digit's bar."""
    row = round((8 + 19 * digit) * unit) + round(6 * unit)
    bar = shown[row, round(24 * unit):round(126 * unit)]
    return int((bar == colour).all(axis=-1).sum())


def test_bars_are_as_long_as_the_probabilities_and_the_digit_is_marked():
    shown = draw(PICTURE, Reading(3, Box(200, 300, 300, 400), PROBABILITIES))
    assert row_of_bar(shown, 3, ORANGE) == pytest.approx(0.9 * 95, abs=2)
    assert row_of_bar(shown, 5, SKY) == pytest.approx(0.05 * 95, abs=2)
    assert row_of_bar(shown, 7, SKY) <= 2


def test_the_box_stands_where_the_digit_is_and_nothing_else_changes():
    shown = draw(PICTURE, Reading(3, Box(200, 300, 300, 400), PROBABILITIES))
    for row, column in ((200, 350), (299, 350), (250, 300), (250, 399)):
        assert tuple(shown[row, column]) == ORANGE
    np.testing.assert_array_equal(shown[205:295, 305:395], PICTURE[205:295, 305:395])
    np.testing.assert_array_equal(shown[320:], PICTURE[320:])
    assert (PICTURE == 200).all()  # a copy was drawn on


def test_the_guide_is_a_thin_box():
    shown = draw(PICTURE, Reading(None, None, 0 * PROBABILITIES), guide=Box(72, 152, 408, 488))
    assert tuple(shown[72, 300]) == tuple(shown[407, 300]) == tuple(shown[240, 487]) == SKY
    np.testing.assert_array_equal(shown[80:400, 160:480], PICTURE[80:400, 160:480])


def test_without_a_digit_no_box_and_no_orange():
    shown = draw(PICTURE, Reading(None, None, 0.1 * PROBABILITIES))
    assert not (shown == ORANGE).all(axis=-1).any()
    np.testing.assert_array_equal(shown[:, 130:], PICTURE[:, 130:])
    assert shown[208:226, :126].max() > 240  # the words


@pytest.mark.parametrize("shape", [(48, 64, 3), (240, 320, 3), (1080, 1920, 3), (8, 8, 3)])
def test_frames_of_any_size_can_be_drawn_on(shape):
    picture, (height, width, _) = np.full(shape, 90, np.uint8), shape
    for box in (Box(0, 0, height, width), Box(height - 2, width - 2, height, width)):
        shown = draw(picture, Reading(9, box, PROBABILITIES))
        assert shown.shape == shape
        assert (shown != picture).any()
