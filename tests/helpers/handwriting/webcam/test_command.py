"""The program as a user starts it: what it reads, writes and says."""

import os
import subprocess
import sys

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")
pytest.importorskip("keras")
from helpers import ROOT  # noqa: E402
from helpers.data.mnist import load_mnist  # noqa: E402
from helpers.handwriting.composed_video import compose_video, write_video  # noqa: E402 - after the check
from helpers.handwriting.webcam.command import DONE, FAILED, follow, main  # noqa: E402
from tests.helpers.handwriting.webcam.clips import (  # noqa: E402
    PICTURE,
    Blind,
    Camera,
    clip,
    digits_in,
    frames_in,
)


def test_a_video_of_moving_digits_is_read_on_a_machine_without_a_screen(tmp_path):
    # A seed that nothing was tuned on; the share over many seeds is in book/results/webcam.json.
    source, out, log = (tmp_path / name for name in ("in.mp4", "out.mp4", "out.csv"))
    truth = write_video(source, compose_video(load_mnist("embedded").test, seed=902, frames=24,
                                              scenes=(0, "blank", 3, "noise", 6, 7)))
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND")}
    done = subprocess.run(
        [sys.executable, "-m", "helpers.handwriting.webcam", "--source", source, "--everywhere",
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
