"""Frames from files and cameras, and what is said where there are none."""

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")

from helpers.handwriting.composed_video import Frame, write_video  # noqa: E402 - after the check
from helpers.handwriting.webcam.source import Source  # noqa: E402
from helpers.handwriting.webcam.sources import named  # noqa: E402
from helpers.handwriting.webcam.sources.named import SourceError, parse_source  # noqa: E402


def frames(count, size=(64, 96)):
    random = np.random.default_rng(0)
    for number in range(count):
        yield Frame(random.integers(0, 256, (*size, 3)).astype(np.uint8), number)


class Camera:
    """Stands in for cv2.VideoCapture: gives the pictures in a list, None for a failed read."""

    def __init__(self, pictures=(), *, opens=True, rate=25.0):
        self.pictures, self.opens, self.rate, self.released = list(pictures), opens, rate, 0

    def __call__(self, name):
        self.name = name
        return self

    def isOpened(self):
        return self.opens

    def read(self):
        picture = self.pictures.pop(0) if self.pictures else None
        return picture is not None, picture

    def get(self, what):
        return {cv2.CAP_PROP_FPS: self.rate, cv2.CAP_PROP_FRAME_COUNT: -1.0}[what]

    def release(self):
        self.released += 1


PICTURE = np.full((48, 64, 3), 200, np.uint8)


@pytest.mark.parametrize("ending", ["mp4", "avi", "mkv"])
def test_a_file_gives_all_its_frames_and_its_rate(tmp_path, ending):
    path = tmp_path / f"clip.{ending}"
    write_video(path, frames(12), rate=20)
    with Source(str(path)) as source:
        pictures = list(source)
    assert (len(pictures), source.count, source.rate) == (12, 12, 20)
    assert {picture.shape for picture in pictures} == {(64, 96, 3)}


def test_a_camera_is_asked_by_its_number_and_let_go():
    camera = Camera([PICTURE] * 3)
    with Source(2, open_capture=camera) as source:
        pictures = iter(source)
        assert next(pictures).shape == (48, 64, 3)
    assert (camera.name, camera.released, source.rate, source.count) == (2, 1, 25, None)


def test_a_camera_may_fail_at_first():
    source = Source(0, open_capture=Camera([None] * 5 + [PICTURE]))
    np.testing.assert_array_equal(next(iter(source)), PICTURE)


def test_a_grey_camera_gives_colour():
    source = Source(0, open_capture=Camera([PICTURE[..., 0]]))
    np.testing.assert_array_equal(next(iter(source)), PICTURE)


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf"), 1e6])
def test_a_rate_that_cannot_be_is_taken_as_thirty(rate):
    assert Source(0, open_capture=Camera([PICTURE], rate=rate)).rate == 30


def test_no_camera(monkeypatch, tmp_path):
    camera = Camera(opens=False)
    monkeypatch.setattr(named.sys, "platform", "linux")
    monkeypatch.setattr(named, "Path", lambda name: tmp_path / str(name).replace("/", "_"))
    with pytest.raises(SourceError, match=r"no camera 7 .*video7 is missing.*--source FILE"):
        Source(7, open_capture=camera)
    assert camera.released == 1


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_a_camera_in_use_does_not_open(monkeypatch, tmp_path, platform):
    monkeypatch.setattr(named.sys, "platform", platform)
    (tmp_path / "_dev_video0").touch()
    monkeypatch.setattr(named, "Path", lambda name: tmp_path / str(name).replace("/", "_"))
    with pytest.raises(SourceError, match=r"camera 0 does not open: .*another program is using it"):
        Source(0, open_capture=Camera(opens=False))


def test_a_camera_that_the_user_may_not_use(monkeypatch, tmp_path):
    monkeypatch.setattr(named.sys, "platform", "linux")
    (tmp_path / "_dev_video0").touch()
    monkeypatch.setattr(named, "Path", lambda name: tmp_path / str(name).replace("/", "_"))
    monkeypatch.setattr(named.os, "access", lambda path, mode: False)
    with pytest.raises(SourceError, match="camera 0 may not be used by this user"):
        Source(0, open_capture=Camera(opens=False))


def test_a_camera_in_use_opens_and_stays_silent():
    with pytest.raises(SourceError, match=r"sends no picture; another program may be using it"):
        next(iter(Source(0, open_capture=Camera())))


def test_a_camera_that_is_unplugged():
    pictures = iter(Source(0, open_capture=Camera([PICTURE] * 2)))
    next(pictures), next(pictures)
    with pytest.raises(SourceError, match="camera 0 sends no more pictures; is it still plugged"):
        next(pictures)


@pytest.mark.parametrize("ending", ["avi", "mkv"])
def test_a_video_that_breaks_off_gives_its_frames_and_then_says_so(tmp_path, ending):
    path, whole = tmp_path / f"cut.{ending}", tmp_path / f"whole.{ending}"
    write_video(whole, frames(40))
    path.write_bytes(whole.read_bytes()[:whole.stat().st_size // 2])
    source, found = Source(str(path)), 0
    try:
        for _ in source:
            found += 1
    except SourceError as error:
        assert f"cut.{ending} breaks off after frame {found} of 40" in str(error)  # noqa: PT017
    else:
        pytest.fail("nothing was said")
    assert 3 <= found < 30


def test_a_video_whose_index_is_cut_off_cannot_be_read(tmp_path):
    write_video(tmp_path / "whole.mp4", frames(40))
    whole = (tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[:len(whole) // 2])
    with pytest.raises(SourceError, match=r"cut\.mp4 cannot be read as a video.*end is missing"):
        Source(str(tmp_path / "cut.mp4"))


def test_files_that_are_no_video(tmp_path):
    (tmp_path / "text.mp4").write_text("This is no video.\n" * 100)
    (tmp_path / "empty.mp4").touch()
    for name, message in (("text.mp4", "cannot be read as a video: it is another kind"),
                          ("empty.mp4", r"is empty \(0 bytes\)"),
                          ("none.mp4", "there is no file"), ("", "is a folder")):
        with pytest.raises(SourceError, match=message):
            Source(str(tmp_path / name))


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    (tmp_path / "secret.mp4").write_text("x")
    monkeypatch.setattr(named.os, "access", lambda path, mode: False)
    with pytest.raises(SourceError, match="may not be read by this user"):
        Source(str(tmp_path / "secret.mp4"))


def test_numbers_are_cameras_and_all_else_is_a_file():
    assert [parse_source(text) for text in ("0", "12", "clip.mp4", "-1", "½", "1.5")] == [
        0, 12, "clip.mp4", "-1", "½", "1.5"]
