"""The bench of pixels from 0 to 255: two networks a seed, which differ by their first biases."""

import json

import pytest

pytest.importorskip("torch")

from benchmarks.ledger import raw_pixels
from helpers.data.ledger.runs import RESULTS, file_of
from helpers.data.mnist import load_mnist


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


def test_without_biases_raw_pixels_change_no_answer(digits):
    untrained = {start: raw_pixels.run(0, start, digits, 100, epochs=0)
                 for start in raw_pixels.STARTS}
    zero, drawn = untrained["zero"], untrained["drawn"]
    assert zero["raw"]["accuracy"] == zero["test"]["accuracy"]
    assert drawn["raw"]["loss"] > 20 * drawn["test"]["loss"]
    assert zero["test"] != drawn["test"]
    assert zero["loss"] == []


def test_only_the_biases_differ_at_the_start(digits, monkeypatch):
    kept = []

    def keep(network, *_):
        kept.append([weights.detach().clone() for weights in network.module.parameters()])
        return {"test": {"accuracy": 0.0, "loss": 0.0}}

    monkeypatch.setattr(raw_pixels, "test", keep)
    for start in raw_pixels.STARTS:
        raw_pixels.run(3, start, digits, 100, epochs=0)
    drawn, zero = kept[0], kept[2]
    for one, other in zip(drawn, zero, strict=True):
        if one.ndim > 1:
            assert (one == other).all()
        else:
            assert one.any()
            assert not other.any()


def test_another_start_is_refused(digits):
    with pytest.raises(ValueError, match="drawn or zero; got 'ones'"):
        raw_pixels.run(0, "ones", digits)


def test_it_goes_on_and_keeps_to_its_time(digits, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(raw_pixels, "load_mnist", lambda: digits)
    done = []

    def run(seed, start, *_):
        done.append((seed, start))
        return {"seed": seed, "start": start, "test": {"accuracy": 0.9}, "raw": {"accuracy": 0.8}}

    monkeypatch.setattr(raw_pixels, "run", run)
    call = ["--digits", "100", "--output", str(tmp_path)]
    assert raw_pixels.main(["--seeds", "1", *call]) == 0
    assert raw_pixels.main(["--seeds", "2", *call]) == 0
    assert done == [(seed, start) for seed in (0, 1) for start in raw_pixels.STARTS]
    kept = json.loads(file_of(raw_pixels.NAME, tmp_path).read_text())["runs"]
    assert [(one["seed"], one["start"]) for one in kept] == done
    assert raw_pixels.main(["--seeds", "3", "--minutes", "-1", *call]) == 0
    assert len(done) == 4
    assert "goes on" in capsys.readouterr().err


def test_the_course_keeps_runs_on_the_full_data_alone(digits, monkeypatch, capsys):
    monkeypatch.setattr(raw_pixels, "load_mnist", lambda: digits)
    assert raw_pixels.main([]) == 1
    assert "full MNIST" in capsys.readouterr().err


def test_what_is_committed_comes_in_pairs():
    kept = json.loads(file_of(raw_pixels.NAME, RESULTS).read_text())["runs"]
    seeds = [run["seed"] for run in kept if run["start"] == "drawn"]
    assert seeds == [run["seed"] for run in kept if run["start"] == "zero"]
    assert len(set(seeds)) == len(seeds) >= 3
    for run in kept:
        assert (run["train"], run["test_digits"], run["source"]) == (4_000, 10_000, "folder")
        assert len(run["loss"]) == 15
