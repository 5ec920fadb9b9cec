"""What the guide square and a sheet held up do to what is found."""

from collections import Counter

import numpy as np
import pytest

pytest.importorskip("keras")
from skimage import data

from helpers.handwriting.composed_video import compose_video
from helpers.handwriting.webcam.finding import Finder, marks
from helpers.handwriting.webcam.source import as_colour
from tests.helpers.handwriting.webcam.frames import SEED, cv2, grey


def held_up(background, scene):
    """A sheet with a digit on it, somewhat turned, before a photograph of a room."""
    sheet = cv2.resize(scene, (480, 400))
    turn = cv2.getRotationMatrix2D((240, 200), 5, 1)
    turn[:, 2] += 80, 40
    cover = cv2.warpAffine(np.ones((400, 480), np.float32), turn, (640, 480))[..., np.newaxis]
    return (background * (1 - cover)
            + cv2.warpAffine(sheet, turn, (640, 480)) * cover).astype(np.uint8)


def test_paper_held_over_the_guide_hides_the_room_behind_it(digits):
    rooms = [cv2.resize(as_colour(room), (640, 480)) for room in
             (data.astronaut(), data.coffee(), data.chelsea(), data.rocket(), data.brick())]
    right = {None: 0, 0.7: 0}
    for guide in right:
        finder = Finder(guide=guide)
        for number, room in enumerate(rooms):
            ((scene, digit),) = compose_video(digits, seed=SEED + number, scenes=[2 * number],
                                              frames=1)
            sighting = finder.look(held_up(room, middle(scene)))
            if sighting.digit == digit:
                right[guide] += 1
                assert 60 < sighting.box.top < sighting.box.bottom < 420
                assert 140 < sighting.box.left < sighting.box.right < 500
    assert right[0.7] >= 4
    assert right[None] < right[0.7]


def middle(scene):
    """The scene with its digit in the middle."""
    (box, *_) = marks(grey(scene))
    down, across = 240 - (box.top + box.bottom) / 2, 320 - (box.left + box.right) / 2
    return cv2.warpAffine(scene, np.float32([[1, 0, across], [0, 1, down]]), (640, 480),
                          borderMode=cv2.BORDER_REPLICATE)


@pytest.mark.parametrize("guide", [0, -0.5, 1.1, float("nan")])
def test_a_guide_lies_within_the_frame(guide):
    with pytest.raises(ValueError, match="guide must be above 0 and at most 1"):
        Finder(guide=guide)


def test_marks_show_no_printed_line_that_ran_through_them():
    picture = np.full((480, 640), 220, np.uint8)
    for row in range(30, 480, 60):
        cv2.line(picture, (0, row), (639, row), 120, 4)
    cv2.ellipse(picture, (320, 240), (60, 85), 0, 0, 360, 30, 12)
    (box,) = marks(picture)
    assert box.top < 155
    assert box.bottom > 325
    rim = box.cut(picture)[:, :20]
    assert box.cut(picture).shape == (box.bottom - box.top, box.right - box.left)
    assert rim.min() > 180
    assert picture[box.top:box.bottom, box.left:box.left + 20].min() < 130


def test_a_sheet_before_a_wall_is_no_mark():
    picture = np.full((480, 640), 110, np.uint8)
    sheet = cv2.boxPoints(((320, 240), (420, 340), 6)).astype(np.int32)
    cv2.fillPoly(picture, [sheet], 30)
    counts = Counter()
    assert all(box.bottom - box.top < 240 for box in marks(picture, counts))
    assert counts["edge"]
