"""The command that makes the trained network, on few digits."""

import json

import pytest

keras = pytest.importorskip("keras")

from benchmarks.reader import train_reader  # noqa: E402 - keras is slow to import and may be missing
from helpers.data.mnist import load_mnist  # noqa: E402
from helpers.networks.reader import load_reader  # noqa: E402


def test_a_small_run_keeps_the_best_on_validation_and_can_be_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr(train_reader, "PEAK_RATES", (0.002, 1e-7))
    digits = load_mnist("embedded")
    record = train_reader.make_reader(digits, tmp_path, epochs=1, most=1500)
    assert record == json.loads((tmp_path / "reader.json").read_text())
    assert record["peak_rate"] == 0.002  # the other hardly moves
    assert [tried["peak_rate"] for tried in record["tried"]] == [0.002, 1e-7]
    assert record["data"] == {"source": "embedded", "train": 1500, "validation": 500, "test": 1000}
    model = load_reader(tmp_path / "reader.npz")
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    again = train_reader.measure(model, train_reader.prepare(digits.test))
    assert again == pytest.approx(record["test"], abs=1e-4)
    assert again["accuracy"] > 0.3  # guessing gives 0.10


def test_the_committed_network_is_not_replaced_by_a_lesser_one(capsys):
    with pytest.raises(SystemExit):
        train_reader.main(["--digits", "100"])
    assert "full data and recipe only" in capsys.readouterr().err
