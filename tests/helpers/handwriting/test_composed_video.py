"""Composed videos: what the truth says is what the frames show."""

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")

from helpers.data.mnist import load_mnist  # noqa: E402
from helpers.handwriting.composed_video import compose_video, write_video  # noqa: E402 - after the check

SMALL = {"size": (120, 160), "frames": 4}


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded").test


def spread(picture):
    """How far the darkest or lightest half per mille lies from the paper beside, in grey levels."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (0, 0), 1.5)
    difference = np.abs(grey.astype(float) - cv2.medianBlur(grey, 61))
    return np.quantile(difference, 0.998)


def test_every_scene_comes_once_and_whole(digits):
    frames = list(compose_video(digits, seed=1, **SMALL))
    truth = [frame.digit for frame in frames]
    assert len(frames) == 16 * 4
    assert sorted(truth) == sorted([*range(10)] * 4 + [-1] * 24)
    starts = truth[::4]
    assert truth == [digit for digit in starts for _ in range(4)]
    assert {frame.picture.shape for frame in frames} == {(120, 160, 3)}
    assert {frame.picture.dtype for frame in frames} == {np.dtype("uint8")}


def test_a_seed_repeats_a_video_and_another_makes_another(digits):
    def pictures(seed):
        return np.array([frame.picture for frame in
                         compose_video(digits, seed=seed, scenes=(3, "noise"), **SMALL)], int)

    np.testing.assert_array_equal(pictures(1), pictures(1))
    assert np.abs(pictures(1) - pictures(2)).mean() > 5


def test_digits_stand_out_and_empty_paper_does_not(digits):
    for seed in range(6):
        shown = [spread(frame.picture) for frame in
                 compose_video(digits, seed=seed, scenes=(8, 0), **SMALL)]
        empty = [spread(frame.picture) for frame in
                 compose_video(digits, seed=seed, scenes=("blank",), **SMALL)]
        assert min(shown) > 30
        assert max(empty) < 20


def test_a_digit_moves_and_stays_in_the_picture(digits):
    for seed in range(4):
        frames = list(compose_video(digits, seed=seed, scenes=(6,), frames=40, size=(120, 160)))
        places = []
        for frame in frames:
            grey = cv2.cvtColor(frame.picture, cv2.COLOR_BGR2GRAY)
            grey = cv2.GaussianBlur(grey, (0, 0), 1.5).astype(float)
            strong = np.abs(grey - cv2.medianBlur(grey.astype("uint8"), 81)) > 40
            rows, columns = np.nonzero(strong)
            assert rows.min() > 0
            assert columns.min() > 0
            assert rows.max() < 119
            assert columns.max() < 159
            places.append((rows.mean(), columns.mean()))
        steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
        assert np.linalg.norm(np.ptp(places, axis=0)) > 2
        assert steps.max() < 12  # it moves, it does not jump


def test_noise_is_new_in_every_frame(digits):
    first, second = (frame.picture.astype(int) for frame in
                     compose_video(digits, seed=3, scenes=("noise",), size=(120, 160), frames=2))
    assert first.std() > 10
    assert np.abs(first - second).mean() > 10


@pytest.mark.parametrize("ending", ["mp4", "avi"])
def test_a_written_video_has_as_many_frames_as_the_truth(digits, tmp_path, ending):
    path = tmp_path / f"digits.{ending}"
    truth = write_video(path, compose_video(digits, seed=1, scenes=(4, "blank"), **SMALL))
    assert sorted(truth) == [-1] * 4 + [4] * 4
    capture, found = cv2.VideoCapture(str(path)), 0
    while capture.read()[0]:
        found += 1
    assert found == len(truth)


@pytest.mark.parametrize(("options", "message"), [
    ({"scenes": (10,)}, "got 10"), ({"scenes": ("dark",)}, "got 'dark'"),
    ({"size": (10, 10)}, "64x64"), ({"frames": 0}, "got 0 of")])
def test_bad_wishes_are_named(digits, options, message):
    with pytest.raises(ValueError, match=message):
        compose_video(digits, seed=0, **options)


def test_a_video_of_nothing_is_refused(tmp_path):
    with pytest.raises(ValueError, match="at least one frame, got none"):
        write_video(tmp_path / "none.mp4", [])
