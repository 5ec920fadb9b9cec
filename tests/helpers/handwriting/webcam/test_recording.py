"""Files that the program writes: they open again, whole, or it is said why not."""

import csv

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")

from helpers.handwriting.webcam import recording as module  # noqa: E402 - after the check
from helpers.handwriting.webcam.recording import CODECS, Log, Recorder  # noqa: E402

PICTURES = np.random.default_rng(0).integers(0, 256, (7, 48, 64, 3)).astype(np.uint8)


@pytest.mark.parametrize("ending", CODECS)
def test_what_is_written_opens_again_with_every_frame(tmp_path, ending):
    path = tmp_path / f"out{ending.upper()}"
    with Recorder(path, rate=20) as recorder:
        for picture in PICTURES:
            recorder.write(picture)
    recorder.check()
    capture = cv2.VideoCapture(str(path))
    assert capture.get(cv2.CAP_PROP_FPS) == pytest.approx(20)
    assert capture.get(cv2.CAP_PROP_FRAME_COUNT) == 7
    assert capture.read()[1].shape == (48, 64, 3)


@pytest.mark.parametrize(("rate", "written"), [(0, 30), (float("nan"), 30), (1000, 120)])
def test_a_rate_that_no_player_knows_is_replaced(tmp_path, rate, written):
    assert Recorder(tmp_path / "out.avi", rate=rate).rate == written


def test_an_unknown_rate_is_that_of_the_first_pictures(tmp_path, monkeypatch):
    clock = iter(np.arange(100) / 12.5)
    monkeypatch.setattr(module.time, "perf_counter", lambda: next(clock))
    for count in (5, 50):  # fewer than are waited for, and more
        path = tmp_path / f"out{count}.avi"
        with Recorder(path, rate=None) as recorder:
            for number in range(count):
                recorder.write(PICTURES[number % 7])
        recorder.check()
        assert recorder.rate == pytest.approx(12.5)
        assert cv2.VideoCapture(str(path)).get(cv2.CAP_PROP_FPS) == pytest.approx(12.5)


@pytest.mark.parametrize("ending", ["mp4", "avi"])
def test_odd_sizes_are_kept(tmp_path, ending):
    with Recorder(tmp_path / f"out.{ending}", rate=20) as recorder:
        for _ in range(5):
            recorder.write(PICTURES[0][:47, :63])
    recorder.check()


def test_a_file_that_lost_frames_is_noticed(tmp_path):
    path = tmp_path / "out.avi"
    with Recorder(path, rate=20) as recorder:
        for picture in PICTURES:
            recorder.write(picture)
    path.write_bytes(path.read_bytes()[:path.stat().st_size // 2])
    with pytest.raises(OSError, match=r"not whole: 7 frames were written and \d can be read"):
        recorder.check()


def test_pictures_of_another_size_are_refused(tmp_path):
    with Recorder(tmp_path / "out.avi", rate=20) as recorder:
        recorder.write(PICTURES[0])
        with pytest.raises(ValueError, match="64x48 pixels like the first, got 32x48"):
            recorder.write(PICTURES[0][:, :32])


def test_names_that_cannot_be_written(tmp_path, monkeypatch):
    for name in ("out", "out.gif", "out.txt"):
        with pytest.raises(ValueError, match=r"must end in \.mp4, .*\.avi; got .*out"):
            Recorder(tmp_path / name, rate=20)
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        Recorder(tmp_path / "none" / "out.mp4", rate=20)
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(IsADirectoryError, match="it is a folder"):
        Recorder(tmp_path / "folder.mp4", rate=20)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(module, "open", refuse, raising=False)
    for make in (lambda: Recorder(tmp_path / "out.mp4", rate=20), lambda: Log(tmp_path / "a.csv")):
        with pytest.raises(OSError, match=r"cannot write .*: Permission denied"):
            make()


def test_a_missing_encoder_is_named(tmp_path, monkeypatch):
    class Deaf:
        def __init__(self, *_):
            pass

        def isOpened(self):
            return False

        def release(self):
            pass

    monkeypatch.setattr("cv2.VideoWriter", Deaf)
    monkeypatch.setattr(Deaf, "fourcc", staticmethod(lambda *_: 0), raising=False)
    with (Recorder(tmp_path / "out.mp4", rate=20) as recorder,
          pytest.raises(OSError, match=r"out\.mp4: OpenCV has no encoder")):
        recorder.write(PICTURES[0])


def test_to_look_whether_a_file_can_be_written_changes_nothing(tmp_path):
    Recorder(tmp_path / "new.mp4", rate=20).close()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "old.mp4").write_text("kept")
    Recorder(tmp_path / "old.mp4", rate=20).close()
    assert (tmp_path / "old.mp4").read_text() == "kept"


def test_the_log_is_a_table(tmp_path):
    with Log(tmp_path / "out.csv") as log:
        log.write(None, 0.25, None)
        log.write(7, 0.98765, 1)
    with open(tmp_path / "out.csv", newline="", encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == [
            {"frame": "0", "digit": "", "probability": "0.2500", "seen": ""},
            {"frame": "1", "digit": "7", "probability": "0.9877", "seen": "1"}]
