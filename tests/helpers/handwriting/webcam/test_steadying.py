"""One odd frame changes nothing; a new digit comes within a few frames."""

import numpy as np
import pytest

pytest.importorskip("cv2")

from helpers.handwriting import Box
from helpers.handwriting.webcam.finding import Sighting
from helpers.handwriting.webcam.steadying import Steady

BOX = Box(10, 20, 60, 70)
NONE = Sighting(None, None)


def sighting(digit, probability=0.99, box=BOX):
    probabilities = np.full(10, (1 - probability) / 9)
    probabilities[digit] = probability
    return Sighting(box, probabilities)


def shown(*sightings, **options):
    steady = Steady(**options)
    return [steady.follow(one).digit for one in sightings]


def test_a_digit_comes_with_its_second_frame_and_goes_with_the_second_without():
    assert shown(*[sighting(3)] * 4, *[NONE] * 4) == [None, 3, 3, 3, 3, None, None, None]


def test_one_odd_frame_changes_nothing():
    assert shown(*[sighting(3)] * 5, NONE, *[sighting(3)] * 3)[1:] == [3] * 8
    assert shown(*[sighting(3)] * 5, sighting(8), *[sighting(3)] * 3)[1:] == [3] * 8
    assert shown(*[NONE] * 5, sighting(8), *[NONE] * 5) == [None] * 11


def test_a_new_digit_replaces_the_old_one():
    assert shown(*[sighting(3)] * 5, *[sighting(8)] * 3)[-3:] == [3, 8, 8]


def test_between_the_bounds_nothing_changes():
    torn = [sighting(3, 0.5)] * 20
    assert shown(*torn) == [None] * 20
    assert shown(*[sighting(3)] * 5, *torn)[5:] == [3] * 20


def test_a_digit_that_was_refused_does_not_count():
    refused = Sighting(None, sighting(4).probabilities)
    assert shown(*[refused] * 5) == [None] * 5


def test_the_mean_keeps_its_share_of_no_digit_and_the_box_lasts_as_long_as_the_digit():
    steady = Steady()
    assert steady.follow(sighting(3, 1.0)).probabilities.sum() == pytest.approx(0.5)
    other = Box(0, 0, 5, 5)
    reading = steady.follow(sighting(3, 1.0, other))
    assert reading.box == other
    assert reading.probabilities[3] == pytest.approx(0.75)
    assert steady.follow(NONE).box == other
    assert steady.follow(NONE).box is None


def test_without_memory_every_frame_counts_for_itself():
    assert shown(sighting(3), NONE, sighting(8), memory=0) == [3, None, 8]


@pytest.mark.parametrize("options", [{"memory": 1}, {"memory": -0.1}, {"enter": 1.1},
                                     {"leave": 0.7}, {"leave": -1}, {"memory": float("nan")}])
def test_bounds_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match=r"memory must be from 0|expected 0 <= leave <= enter"):
        Steady(**options)
