"""The benchmark of the webcam program: its file, and what the committed runs say."""

import json
import statistics

import pytest

pytest.importorskip("keras")
pytest.importorskip("cv2")

from benchmarks.handwriting import webcam_videos as module

NEW = {"first": 2001, "frames": 60}


def test_a_small_run_writes_what_it_counted_and_goes_on(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr(module, "load_mnist", lambda: digits("embedded"))
    options = ["--seeds", "1", "--frames", "2", "--output", str(tmp_path / "try.json")]
    module.main(options)
    kept = json.loads((tmp_path / "try.json").read_text())
    (measured,) = kept["runs"]
    assert measured["seed"] == NEW["first"]
    assert measured["frames"] == 32
    assert "speed" not in measured  # nobody said that the machine is idle
    assert measured["digit_frames_right_alone"] > 0.6
    assert measured["empty_frames_right"] > 0.6
    capsys.readouterr()
    module.main(options)
    assert capsys.readouterr().out.count("seed") == 0  # nothing is missing
    assert json.loads((tmp_path / "try.json").read_text()) == kept


def digits(source):
    from helpers.data.mnist import load_mnist

    return load_mnist(source)


def test_the_committed_runs_are_of_the_full_test_digits_and_keep_the_promise():
    kept = json.loads(module.OUTPUT.read_text(encoding="utf-8"))
    assert (kept["data"]["source"], kept["data"]["split"]) == ("folder", "test")
    assert kept["frames_of_a_scene"] == NEW["frames"]
    runs = kept["runs"]
    # Every seed from the first on, none left out because of how it went.
    assert [run["seed"] for run in runs] == [NEW["first"] + n for n in range(len(runs))]
    assert {run["frames"] for run in runs} == {960}
    assert statistics.mean(run["digit_frames_right"] for run in runs) >= 0.95
    assert min(run["empty_frames_right"] for run in runs) >= 0.95
    speeds = [run["speed"] for run in runs if "speed" in run]
    assert speeds
    assert min(speed["frames_a_second"] for speed in speeds) >= 15


def test_results_of_less_do_not_replace_the_committed_ones(capsys):
    with pytest.raises(SystemExit):
        module.main(["--frames", "5"])
    assert "whole scenes only" in capsys.readouterr().err
