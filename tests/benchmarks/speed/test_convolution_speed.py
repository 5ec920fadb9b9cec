"""Check the speed bench: what it measures, what it writes, and the limit on the stored result."""

import json
import sys

import pytest

from benchmarks.speed import convolution_speed


def test_the_bench_writes_what_it_prints(tmp_path, monkeypatch, capsys):
    path = tmp_path / "results" / "speed.json"
    monkeypatch.setattr(sys, "argv", ["bench", "--rounds", "2", "--output", str(path)])
    convolution_speed.main()
    result = json.loads(path.read_text(encoding="utf-8"))
    assert result["rounds"] == {"tensorflow": 2, "vectorised": 2, "loop": 2}
    assert set(result["versions"]) == {"python", "tensorflow", "numpy"}
    assert result["cores"] >= 1
    for name in ("vectorised", "loop"):
        times, ratio = result["milliseconds"], result["ratio"][name]
        assert ratio["median"] == pytest.approx(
            times[name]["median"] / times["tensorflow"]["median"], rel=0.02)
        assert ratio["low"] <= ratio["high"]
    assert result["ratio"]["loop"]["median"] > result["ratio"]["vectorised"]["median"]
    printed = capsys.readouterr().out
    assert f"{result['ratio']['vectorised']['median']:.2f} times TensorFlow's" in printed


def test_the_stored_result_is_within_the_limit():
    result = json.loads(convolution_speed.OUTPUT.read_text(encoding="utf-8"))
    assert result["ratio"]["vectorised"]["median"] <= result["limit"] == 5
