"""The program as a user starts it: what it writes, what it says, and its exit status."""

import csv
import os
import subprocess
import sys

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")
pytest.importorskip("keras")

from helpers.composed_video import Frame, compose_video, write_video  # noqa: E402 - after the check
from helpers.data import load_mnist  # noqa: E402
from helpers.handwriting import Box  # noqa: E402
from helpers.notebooks import ROOT  # noqa: E402
from helpers.webcam import command as module  # noqa: E402
from helpers.webcam.command import DONE, FAILED, INTERRUPTED, WRONG_USE, follow, main  # noqa: E402
from helpers.webcam.finding import Sighting  # noqa: E402

made = []  # the guides of the finders that were made
PICTURE = np.full((120, 160, 3), 200, np.uint8)


class Blind:
    """A finder that sees nothing, at no cost; stands in where the network does not matter."""

    def __init__(self, guide=None):
        made.append(guide)

    def look(self, picture):
        return Sighting(None, None)

    def place(self, picture):
        return Box(10, 20, 50, 60)


class Camera:
    def __init__(self, count, stop=None, opens=True):
        self.count, self.stop, self.opens, self.released = count, stop, opens, False

    def __call__(self, name):
        return self

    def isOpened(self):
        return self.opens

    def read(self):
        if not self.count and self.stop:
            raise self.stop
        self.count -= 1
        return self.count >= 0, PICTURE.copy()

    def get(self, what):
        return 30.0 if what == cv2.CAP_PROP_FPS else -1.0

    def release(self):
        self.released = True


@pytest.fixture
def blind(monkeypatch):
    monkeypatch.setattr(module, "Finder", Blind)


def clip(path, count=12):
    random = np.random.default_rng(0)
    write_video(path, [Frame(random.integers(0, 256, (120, 160, 3)).astype(np.uint8), -1)
                       for _ in range(count)])
    return str(path)


def frames_in(path):
    capture, found = cv2.VideoCapture(str(path)), 0
    while capture.grab():
        found += 1
    return found


def digits_in(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [int(row["digit"] or -1) for row in csv.DictReader(file)]


def test_a_video_of_moving_digits_is_read_on_a_machine_without_a_screen(tmp_path):
    # A seed that nothing was tuned on; the share over many seeds is in book/results/webcam.json.
    source, out, log = (tmp_path / name for name in ("in.mp4", "out.mp4", "out.csv"))
    truth = write_video(source, compose_video(load_mnist("embedded").test, seed=902, frames=24,
                                              scenes=(0, "blank", 3, "noise", 6, 7)))
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND")}
    done = subprocess.run(
        [sys.executable, "-m", "helpers.webcam", "--source", source, "--everywhere",
         "--record", out, "--log", log],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == DONE, done.stderr
    assert f"{len(truth)} frames in " in done.stdout
    assert "Traceback" not in done.stderr
    assert frames_in(out) == len(truth)
    read = np.array(digits_in(log))
    settled = np.arange(len(truth)) % 24 >= 2  # the frames after a change of scene need two
    assert np.mean(read[settled] == truth[settled]) >= 0.9
    last = cv2.VideoCapture(str(out)).read()[1]
    assert last.shape == (480, 640, 3)


def test_follow_yields_every_picture_with_a_reading():
    pairs = list(follow([PICTURE] * 3, finder=Blind()))
    assert len(pairs) == 3
    assert pairs[0][0] is PICTURE or (pairs[0][0] == PICTURE).all()
    assert pairs[0][1].digit is None


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("ending", ["mp4", "avi"])
def test_record_and_log_hold_every_frame(tmp_path, capsys, ending):
    out, log = tmp_path / f"out.{ending}", tmp_path / "out.csv"
    status = main(["--source", clip(tmp_path / "in.avi"), "--record", str(out), "--log", str(log)])
    assert status == DONE
    assert frames_in(out) == len(digits_in(log)) == 12
    said = capsys.readouterr()
    assert "12 frames in" in said.out
    assert "ms (median)" in said.out
    assert said.err == ""


@pytest.mark.usefixtures("blind")
def test_a_video_that_breaks_off_is_kept_and_named(tmp_path, capsys):
    clip(tmp_path / "whole.avi", 40)
    whole = (tmp_path / "whole.avi").read_bytes()
    (tmp_path / "cut.avi").write_bytes(whole[:len(whole) // 2])
    out = tmp_path / "out.mp4"
    assert main(["--source", str(tmp_path / "cut.avi"), "--record", str(out)]) == FAILED
    assert 3 <= frames_in(out) < 30
    assert f"breaks off after frame {frames_in(out)} of 40" in capsys.readouterr().err


@pytest.mark.usefixtures("blind")
def test_a_machine_without_a_screen_is_told_to_record(tmp_path, capsys):
    assert main(["--source", clip(tmp_path / "in.avi")]) == FAILED
    said = capsys.readouterr().err
    assert "no window can be opened" in said
    assert "--record out.mp4" in said


def test_a_camera_that_is_missing_or_silent(capsys):
    assert main(["--record", "out.mp4"], open_capture=Camera(0, opens=False)) == FAILED
    assert "camera 0" in capsys.readouterr().err


@pytest.mark.usefixtures("blind")
def test_a_camera_in_use_leaves_no_file_behind(tmp_path, capsys):
    camera = Camera(0)
    assert main(["--record", str(tmp_path / "out.mp4")], open_capture=camera) == FAILED
    assert "another program may be using it" in capsys.readouterr().err
    assert camera.released
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("blind")
def test_a_recording_from_a_camera_ends_with_the_keyboard_and_is_kept(tmp_path):
    out, camera = tmp_path / "out.avi", Camera(9, stop=KeyboardInterrupt())
    assert main(["--record", str(out)], open_capture=camera) == DONE
    assert frames_in(out) == 9
    assert camera.released


@pytest.mark.usefixtures("blind")
def test_a_file_that_is_interrupted_is_not_done(tmp_path):
    out, video = tmp_path / "out.avi", Camera(4, stop=KeyboardInterrupt())
    clip(tmp_path / "in.avi")
    status = main(["--source", str(tmp_path / "in.avi"), "--record", str(out)], open_capture=video)
    assert status == INTERRUPTED
    assert frames_in(out) == 4


@pytest.mark.usefixtures("blind")
def test_the_window_shows_until_it_is_closed(tmp_path, monkeypatch):
    class Pane:
        def __init__(self, title):
            self.shown, self.is_open, self.closed = [], True, False
            panes.append(self)

        def show(self, picture):
            self.shown.append(picture)
            self.is_open = len(self.shown) < 5

        def close(self):
            self.closed = True

    panes = []
    monkeypatch.setattr(module, "Window", Pane)
    assert main(["--source", clip(tmp_path / "in.avi")]) == DONE
    assert len(panes[0].shown) == 5
    assert panes[0].closed


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize(("options", "message"), [
    (["--source", "none.mp4"], "there is no file none.mp4"),
    (["--source", "{text}"], "cannot be read as a video"),
    (["--record", "out.gif"], "must end in"),
    (["--record", "none/out.mp4"], "there is no folder none"),
    (["--record", "{folder}"], "it is a folder"),
    (["--log", "none/out.csv"], "there is no folder none")])
def test_what_cannot_be_read_or_written_is_said_in_one_line(tmp_path, capsys, options, message):
    (tmp_path / "text.mp4").write_text("no video")
    (tmp_path / "folder.mp4").mkdir()
    options = [option.format(text=tmp_path / "text.mp4", folder=tmp_path / "folder.mp4")
               for option in options]
    status = main(["--source", clip(tmp_path / "in.avi"), *options])  # the last --source counts
    said = capsys.readouterr().err
    assert status == FAILED
    assert said.startswith("webcam: ")
    assert message in said
    assert said.count("\n") == 1


def card(shift):
    """A 3 on a card that is held before a dark wall, its edges in the picture."""
    corners = cv2.boxPoints(((160 + shift, 120), (230, 190), 4)).astype(np.int32)
    cover = cv2.fillPoly(np.zeros((240, 320), np.uint8), [corners], 255, cv2.LINE_AA)
    sheet = np.full((240, 320, 3), (225, 232, 230), np.uint8)
    cv2.putText(sheet, "3", (135 + shift, 150), cv2.FONT_HERSHEY_SIMPLEX, 2.4, (60, 40, 30), 7,
                cv2.LINE_AA)
    picture = 70 + (sheet - 70.0) * (cover[..., np.newaxis] / 255)
    noise = np.random.default_rng(shift + 9).normal(0, 3, picture.shape)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 1) + noise, 0, 255).astype(np.uint8)


def test_a_digit_on_a_card_in_a_file_is_read_and_not_the_cards_edges(tmp_path):
    source, log = tmp_path / "in.avi", tmp_path / "out.csv"
    write_video(source, [Frame(card(shift), 3) for shift in range(-9, 9)])
    assert main(["--source", str(source), "--log", str(log)]) == DONE
    assert digits_in(log)[2:] == [3] * 16  # the first two settle


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("source", ["camera", "file"])
@pytest.mark.parametrize(("options", "guide"), [
    ([], 0.7), (["--guide", "1"], 1.0), (["--guide", "0.5"], 0.5), (["--everywhere"], None)])
def test_a_camera_and_a_file_have_the_same_guide(tmp_path, source, options, guide):
    out = tmp_path / "out.avi"
    if source == "file":
        options = [*options, "--source", clip(tmp_path / "in.avi")]
    camera = Camera(5, stop=KeyboardInterrupt()) if source == "camera" else cv2.VideoCapture
    assert main([*options, "--record", str(out)], open_capture=camera) == DONE
    assert made[-1] == guide


@pytest.mark.parametrize("guide", ["0", "1.5", "nan"])
def test_a_guide_lies_within_the_frame(capsys, guide):
    with pytest.raises(SystemExit) as stopped:
        main(["--guide", guide])
    assert stopped.value.code == WRONG_USE
    assert "--guide must be above 0 and at most 1" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--record", "a.mp4"], ["--log", "a.mp4"],
                                     ["--record", "b.mp4", "--log", "./b.mp4"]])
def test_one_file_cannot_serve_two_ends(capsys, options):
    with pytest.raises(SystemExit) as stopped:
        main(["--source", "a.mp4", *options])
    assert stopped.value.code == WRONG_USE
    assert "name the same file" in capsys.readouterr().err


def test_an_unknown_option_is_a_wrong_use():
    with pytest.raises(SystemExit) as stopped:
        main(["--camera", "1"])
    assert stopped.value.code == WRONG_USE
