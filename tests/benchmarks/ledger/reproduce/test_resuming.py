"""Runs that were stopped or killed go on where they were."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest

keras = pytest.importorskip("keras")
from benchmarks.ledger import reproduce, trial  # noqa: E402
from benchmarks.ledger.rows import ROWS  # noqa: E402
from benchmarks.ledger.underway.checkpoint import Checkpoint  # noqa: E402
from helpers import ROOT  # noqa: E402
from helpers.data.ledger.runs import load_row  # noqa: E402

# Dropout and Adam, so that random numbers and the optimizer's moments must come back, too.
SMALL = """
import dataclasses
import keras
from benchmarks.ledger.rows import ROWS

def build():
    return keras.Sequential([
        keras.layers.Input((28, 28, 1)), keras.layers.Flatten(),
        keras.layers.Dense(16, activation="relu"), keras.layers.Dropout(0.5),
        keras.layers.Dense(10, activation="softmax")])

row = dataclasses.replace(ROWS["L1-mended"], build=build, epochs=4, batch_size=50, steps=1)
"""


KILLED = SMALL + """
import os, signal, sys
from pathlib import Path
from benchmarks.ledger import trial
from helpers.data.mnist import load_mnist

unbroken = trial.progress

def killing(bar, steps):
    before, watch = bar.n, unbroken(bar, steps)
    told = watch.on_train_batch_end
    def on_train_batch_end(batch, logs=None):
        told(batch, logs)
        if before == 4 and batch == 1:  # in the midst of the second epoch
            os.kill(os.getpid(), signal.SIGKILL)
    watch.on_train_batch_end = on_train_batch_end
    return watch

trial.progress = killing
trial.run(row, 5, load_mnist("embedded"), 200, Path(sys.argv[1]))
"""


def test_a_killed_run_goes_on_after_its_last_whole_epoch_and_ends_as_if_unbroken(
        digits, tmp_path, capfd):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "unfinished")],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr[-2000:]
    assert [path.name for path in (tmp_path / "unfinished").iterdir()] == ["L1-mended-5.npz"]
    names = {}
    exec(SMALL, names)
    row = names["row"]
    resumed = trial.run(row, 5, digits, 200, tmp_path / "unfinished")
    assert "goes on after epoch 1" in capfd.readouterr().out
    assert not (tmp_path / "unfinished").exists()
    unbroken = trial.run(row, 5, digits, 200)
    assert (resumed["resumed"], unbroken["resumed"]) == (1, 0)
    assert resumed["epochs"] == 4
    # Threads add up in an order of their own, hence not to the bit.
    for key, series in unbroken["history"].items():
        np.testing.assert_allclose(resumed["history"][key], series, atol=2e-3, err_msg=key)
    assert resumed["test"]["accuracy"] == pytest.approx(unbroken["test"]["accuracy"], abs=5e-3)


def built(row):
    model = row.build()
    model.compile(row.optimizer, "sparse_categorical_crossentropy")
    return model


@pytest.mark.parametrize("wrong", ["recipe", "damaged", "cut"])
def test_a_state_that_does_not_fit_is_left_and_the_run_starts_again(tmp_path, capsys, wrong):
    model = built(ROWS["L5-exercise-2-raw"])
    path = tmp_path / "row-0.npz"
    Checkpoint(path, {"epochs": 3}).save(model, {"history": {}})
    if wrong == "damaged":
        path.write_bytes(b"nothing")
    elif wrong == "cut":
        path.write_bytes(path.read_bytes()[:20_000])
    before = model.get_weights()
    recipe = {"epochs": 4 if wrong == "recipe" else 3}
    assert Checkpoint(path, recipe).restore(model) is None
    assert "the run starts again" in capsys.readouterr().out
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_the_best_weights_and_the_notes_come_back(tmp_path):
    model = built(ROWS["L5-exercise-2-raw"])
    best = [np.full_like(weight, 7) for weight in model.get_weights()]
    Checkpoint(tmp_path / "row-0.npz", {}).save(model, {"seconds": 2.5}, best)
    notes, restored = Checkpoint(tmp_path / "row-0.npz", {}).restore(model)
    assert notes == {"seconds": 2.5}
    assert len(restored) == len(best)
    assert all((weight == 7).all() for weight in restored)


@pytest.mark.parametrize(("losses", "over"), [
    ([3.0, 2.0, 2.5, 2.4], False), ([3.0, 2.0, 2.5, 2.4, 2.3], True), ([1.0], False), ([], False)])
def test_training_stops_when_three_epochs_brought_no_lower_loss(losses, over):
    notes = {"history": {"val_loss": losses, "loss": [1.0] * len(losses)}, "dead_after": None}
    assert trial.finished(ROWS["L2-vgg16-mended"], notes) is over
    assert not trial.finished(ROWS["L2-baseline-mended"], notes)


def test_a_loss_that_is_not_finite_ends_the_run_and_stays_json():
    assert trial.number(float("nan")) is None
    assert trial.finished(ROWS["L1-mended"], {"history": {"loss": [2.0, None]}, "dead_after": None})
    assert trial.lowest([None, 2.0, None]) == 1


def test_a_call_that_ran_out_of_time_is_left_after_an_epoch_and_goes_on(tmp_path, capsys, digits,
                                                                       monkeypatch):
    monkeypatch.setattr(reproduce, "load_mnist", lambda: digits)
    call = ["--row", "L3-dense", "--seeds", "1", "--digits", "200", "--output", str(tmp_path)]
    assert reproduce.main([*call, "--minutes", "0"]) == reproduce.STOPPED
    assert "left after epoch 1 of 5; the same command goes on" in capsys.readouterr().err
    assert reproduce.main(call) == 0
    kept = load_row("L3-dense", tmp_path)["runs"]
    assert [run["resumed"] for run in kept] == [1]
    assert len(kept[0]["history"]["loss"]) == 5
