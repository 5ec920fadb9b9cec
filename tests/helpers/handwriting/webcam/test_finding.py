"""Digits and marks in a frame."""

from typing import NamedTuple

import numpy as np
import pytest

pytest.importorskip("keras")
from skimage import data

from helpers.handwriting import Box
from helpers.handwriting.composed_video import compose_video
from helpers.handwriting.webcam.finding import CROWD, MOST, Finder, marks
from helpers.handwriting.webcam.source import as_colour
from tests.helpers.handwriting.webcam.frames import SEED, cv2, grey


def page(*places, size=(240, 320), side=40):
    """Paper with filled squares at places (row, column)."""
    picture = np.full((*size, 3), 220, np.uint8)
    for row, column in places:
        cv2.rectangle(picture, (column, row), (column + side, row + side), (30, 30, 30),
                      max(2, side // 8))
    return picture


def test_digits_are_found_where_they_are_and_read(finder, digits):
    right, total = 0, 0
    for picture, digit in compose_video(digits, seed=SEED, scenes=range(10), frames=3):
        sighting = finder.look(picture)
        total += 1
        right += sighting.box is not None and sighting.probabilities.argmax() == digit
    # Single frames of ten digits; over many seeds 0.99 of them are read right.
    assert right / total >= 0.8


@pytest.mark.parametrize("scene", ["blank", "noise"])
def test_paper_and_noise_are_no_digit(finder, digits, scene):
    frames = compose_video(digits, seed=SEED, scenes=[scene] * 8, frames=2)
    assert sum(finder.look(picture).box is not None for picture, _ in frames) <= 1


def test_photographs_of_other_things_show_no_digit_but_lines(finder):
    # A straight line, such as a tripod's leg or a joint between bricks, can be read as a 1; a coin
    # (left out) as a 0. Against such rooms there is the guide, tested below.
    photographs = [data.astronaut(), data.camera(), data.chelsea(), data.brick(), data.grass()]
    found = {finder.look(as_colour(photograph)).digit for photograph in photographs}
    assert found <= {None, 1}


def test_the_box_lies_around_the_ink_of_the_full_frame():
    for size, place, side in (((480, 640), (200, 300), 100), ((60, 80), (20, 30), 16),
                              ((720, 1280), (100, 900), 150)):
        (box,) = marks(grey(page(place, size=size, side=side)))
        top, left, bottom, right = box
        margin = 0.35 * side + 8
        assert place[0] - margin < top <= place[0]
        assert place[1] - margin < left <= place[1]
        assert place[0] + side <= bottom < place[0] + side + margin
        assert place[1] + side <= right < place[1] + side + margin
        assert bottom <= size[0]
        assert right <= size[1]


def test_the_largest_marks_come_first_and_no_more_than_a_few():
    picture = page(*((30, 10 + 60 * column) for column in range(5)), side=36)
    cv2.ellipse(picture, (135, 160), (28, 40), 0, 0, 360, (30, 30, 30), 6)  # a large 0
    found = marks(grey(picture))
    assert len(found) == MOST
    assert found[0].top > 80
    sides = [max(box.bottom - box.top, box.right - box.left) for box in found]
    assert sides == sorted(sides, reverse=True)


def test_a_crowd_of_marks_is_no_writing():
    places = [(10 + 32 * row, 10 + 30 * column) for row in range(7) for column in range(10)]
    picture = page(*places, side=18)
    assert len(places) > CROWD
    assert marks(grey(picture)) == []


def test_the_largest_mark_that_is_a_digit_is_taken():
    read = iter([np.full(10, 0.1), np.eye(10)[7], np.eye(10)[4], np.full(10, 0.1)])
    finder = Finder(read=lambda batch: np.array([next(read) for _ in batch]), threshold=0.5)
    picture = page((10, 10), (10, 200), side=60)
    cv2.rectangle(picture, (100, 140), (190, 225), (30, 30, 30), 6)  # the largest, not a digit
    sighting = finder.look(picture)
    assert sighting.probabilities.argmax() == 7
    assert sighting.box.bottom < 120


def test_a_sighting_counts_the_marks_that_are_no_digit_by_the_reason(monkeypatch):
    from helpers.handwriting.webcam import finding

    class Found(list):
        left_out = (Mark("frame"), Mark("frame"), Mark("dot"))

    picture = page((10, 10), (10, 200), (140, 20))
    picture[200:206, 300:306] = 30
    boxes = [*finding.find_digits(grey(picture)), Box(200, 300, 206, 306)]
    monkeypatch.setattr(finding, "find_digits", lambda image: Found(boxes))
    read = iter([np.full(10, 0.1), np.eye(10)[7], np.full(10, 0.1), np.full(10, 0.1)])
    sighting = Finder(read=lambda batch: np.array([next(read) for _ in batch])).look(picture)
    assert sighting.digit == 7
    assert sighting.left_out == {"frame": 2, "dot": 1, "small": 1, "unsure": 2}
    monkeypatch.setattr(finding, "find_digits", lambda image: boxes[:1] * (CROWD + 1))
    assert Finder(read=len).look(picture).left_out == {"crowd": CROWD + 1}


class Mark(NamedTuple):
    """A mark that `find_digits` may leave out."""

    reason: str


def test_refused_marks_keep_their_probabilities_for_the_curious():
    finder = Finder(read=lambda batch: np.full((len(batch), 10), 0.1), threshold=0.5)
    sighting = finder.look(page((50, 50)))
    assert sighting.box is None
    np.testing.assert_array_equal(sighting.probabilities, np.full(10, 0.1))
    empty = finder.look(page())
    assert (empty.box, empty.probabilities) == (None, None)


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 640, 3), (480, 3, 3), (7, 7, 3)])
def test_frames_too_small_for_a_digit_show_none(finder, shape):
    assert finder.look(np.full(shape, 128, np.uint8)).box is None
