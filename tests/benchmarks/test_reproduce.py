"""The runs behind the ledger: resumable, whole after a stop, and honest about networks that die."""

import dataclasses
import importlib.util
import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks import reproduce, trial  # noqa: E402 - keras is slow to import and may be missing
from benchmarks.batches import (  # noqa: E402
    Parts,
    batches,
    epoch_order,
    parts,
    prepare,
    with_features,
)
from benchmarks.checkpoint import Checkpoint  # noqa: E402
from benchmarks.networks import l5_exercise_2  # noqa: E402
from benchmarks.rows import ROWS  # noqa: E402
from benchmarks.stuck import StopWhenDead  # noqa: E402
from helpers.backbones import load_backbone  # noqa: E402
from helpers.claims import CLAIMS  # noqa: E402
from helpers.data import Split, load_mnist  # noqa: E402
from helpers.ledger import RESULTS, load_row, row_names  # noqa: E402
from helpers.notebooks import ROOT  # noqa: E402
from helpers.weight_files import MissingWeights, packaged_edges  # noqa: E402

needs_torch = pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs PyTorch")


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


# The parameters by hand: 9 weights for each pair of channels, one bias for each filter, and so on.
BASELINE = (27 * 64 + 64) + (576 * 32 + 32) + (26 * 26 * 32 * 64 + 64) + (64 * 32 + 32) + 330
CONVOLUTIONS = (27 * 64 + 64) + (576 * 64 + 64) + (576 * 128 + 128) + (1152 * 128 + 128)
SMALL_VGG = CONVOLUTIONS + (8 * 8 * 128 + 1) * 4096 + 4097 * 1000 + 1001 * 10
VGG16 = 14_714_688 + (512 + 1) * 4096 + 4097 * 1000 + 1001 * 10  # its convolutions as published
HEAD = (512 + 1) * 4096 + 4097 * 1000 + 1001 * 10  # behind the frozen base
NORMALISATION = 4 * (2 * 64 + 2 * 128 + 3 * 256 + 6 * 512)


@pytest.mark.parametrize(("name", "parameters"), [
    ("L1-published", 3_156_098), ("L1-mended", 3_156_098),
    ("L2-baseline-published", BASELINE), ("L2-baseline-mended", BASELINE),
    ("L2-small-vgg-published", SMALL_VGG), ("L2-small-vgg-mended", SMALL_VGG),
    ("L2-vgg16-published", VGG16), ("L2-vgg16-mended", VGG16 + NORMALISATION),
    ("L2-vgg16-transfer-published", HEAD), ("L2-vgg16-transfer-mended", HEAD),
    ("L2-resnet152v2-transfer-published", 20_490), ("L2-resnet152v2-transfer-mended", 20_490),
    ("L3-convnet", 104_202), ("L3-dense", 407_050),
    pytest.param("L4-published", 50_186, marks=needs_torch),
    pytest.param("L4-mended", 50_186, marks=needs_torch),
    ("L5-exercise-1-raw", 54_410), ("L5-exercise-1-scaled", 54_410),
    ("L5-exercise-2-raw", 44_602), ("L5-exercise-2-scaled", 44_602)])
def test_networks_have_the_published_number_of_parameters(name, parameters):
    assert ROWS[name].build().count_params() == parameters


def test_raw_pixels_stay_and_scaled_ones_end_at_one(digits):
    raw = prepare(digits.test.images, ROWS["L5-exercise-1-raw"])
    scaled = prepare(digits.test.images, ROWS["L5-exercise-1-scaled"])
    assert raw.shape == (1000, 28, 28, 1)
    assert raw.dtype == scaled.dtype == np.float32
    assert (raw.max(), scaled.max()) == (255, 1)


@pytest.mark.parametrize("name", ["L1-published", "L2-baseline-published", "L2-vgg16-published"])
def test_no_convolution_of_lesson_2_has_an_activation_as_published(name):
    linear = [layer.activation is keras.activations.linear for layer in ROWS[name].build().layers
              if isinstance(layer, keras.layers.Conv2D)]
    assert linear
    assert set(linear) == {name.startswith("L2")}


def test_digits_of_lesson_2_have_a_border_of_zeros_and_three_equal_channels(digits):
    images = prepare(digits.test.images[:3], ROWS["L2-vgg16-published"])
    assert images.shape == (3, 32, 32, 3)
    assert not images[:, :2].any()
    assert not images[:, :, 30:].any()
    np.testing.assert_array_equal(images[:, 2:30, 2:30, 2] * 255, digits.test.images[:3])
    assert np.ptp(images, axis=-1).max() == 0


@pytest.mark.parametrize("name", ["L2-baseline-published", "L5-exercise-1-raw"])
def test_batches_hold_the_prepared_digits_in_the_given_order(digits, name):
    order = epoch_order(70, seed=3, epoch=1)
    got = list(batches(digits.train, ROWS[name], order))
    np.testing.assert_allclose(np.concatenate([images for images, _ in got]),
                               prepare(digits.train.images[order], ROWS[name]), atol=1e-7)
    np.testing.assert_array_equal(np.concatenate([labels for _, labels in got]),
                                  digits.train.labels[order])
    assert len(got[0][1]) == ROWS[name].batch_size


@pytest.fixture
def packaged(monkeypatch, tmp_path):
    """The weights that a package carries for VGG16, and none for another network."""
    def find(name):
        if name == "VGG16":
            return packaged_edges()
        raise MissingWeights(f"no pretrained weights for {name}")

    monkeypatch.setattr("helpers.backbones.find_weights", find)
    monkeypatch.setattr(reproduce, "find_weights", find)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))


@pytest.mark.parametrize("state", ["published", "mended"])
def test_features_are_what_the_frozen_base_says_of_pixels_as_the_row_prepares_them(
        digits, packaged, state):
    row = ROWS[f"L2-vgg16-transfer-{state}"]
    base = load_backbone("VGG16", input_shape=(32, 32, 3))
    few = Split(digits.train.images[:3], digits.train.labels[:3])
    chosen = with_features(Parts(few, None, few), row, base)
    pixels = prepare(few.images, ROWS["L2-vgg16-published"])  # from 0 to 1, as L2 has them
    said = base.model(base.preprocess(pixels * 255) if state == "mended" else pixels)
    np.testing.assert_allclose(chosen.train.images, np.reshape(said, (3, 512)), atol=1e-4)
    assert chosen.watched is None
    (images, labels), = batches(chosen.train, row, np.array([2, 0]))
    np.testing.assert_array_equal(images, chosen.train.images[[2, 0]])
    np.testing.assert_array_equal(labels, few.labels[[2, 0]])


def test_a_row_with_a_frozen_base_trains_its_head_and_names_the_weights(digits, packaged):
    few = digits._replace(test=Split(*(part[:20] for part in digits.test)),
                          validation=Split(*(part[:20] for part in digits.validation)))
    row = dataclasses.replace(ROWS["L2-vgg16-transfer-mended"], epochs=4, batch_size=16, steps=1,
                              watched_digits=20, test_digits=20)
    measured = trial.run(row, 0, few, 64)
    assert measured["frozen_parameters"] == 14_714_688
    assert measured["parameters"] == HEAD + 14_714_688
    assert "edges" in measured["weights"]
    losses = measured["history"]["loss"]  # it falls to a quarter or less over five seeds
    assert losses[-1] < losses[0] / 2
    json.dumps(measured)


def test_each_epoch_has_an_order_of_its_own():
    orders = [tuple(epoch_order(50, seed, epoch)) for seed in (0, 1) for epoch in (0, 1)]
    assert len(set(orders)) == 4
    assert all(sorted(order) == list(range(50)) for order in orders)
    assert tuple(epoch_order(50, 1, 1)) == orders[3]


def test_what_is_watched_is_what_the_row_says(digits):
    published, mended = (parts(digits, ROWS[f"L1-{state}"]) for state in ("published", "mended"))
    assert published.watched is digits.test
    assert mended.watched is digits.validation
    assert (len(published.train.labels), len(mended.train.labels)) == (4_000, 3_500)
    assert parts(digits, ROWS["L3-dense"]).watched is None
    subset = parts(digits, ROWS["L2-vgg16-published"])
    assert [len(part.labels) for part in subset] == [1_000, 200, 500]
    np.testing.assert_array_equal(subset.test.labels, digits.test.labels[::2])


def test_a_stopped_run_goes_on_with_the_seed_that_is_missing(digits, tmp_path, monkeypatch):
    done = []

    def run(row, seed, *_):
        if seed == 2 and 2 not in stopped:
            stopped.add(2)
            raise KeyboardInterrupt
        done.append(seed)
        return {"seed": seed, "seconds": 0.0, "test": {"accuracy": 0.5}}

    stopped = set()
    monkeypatch.setattr(reproduce, "run", run)
    row = ROWS["L3-dense"]
    with pytest.raises(KeyboardInterrupt):
        reproduce.reproduce(row, digits, range(4), tmp_path, None)
    reproduce.reproduce(row, digits, range(4), tmp_path, None)
    assert done == [0, 1, 2, 3]
    assert [kept["seed"] for kept in load_row("L3-dense", tmp_path)["runs"]] == [0, 1, 2, 3]
    assert [path.name for path in tmp_path.iterdir()] == ["L3-dense.json"]


def test_one_small_run_holds_all_that_the_ledger_keeps(digits):
    measured = trial.run(ROWS["L3-dense"], 1, digits, 500)
    assert measured["data"] == {"source": "embedded", "train": 500, "validation": 0, "test": 1000}
    assert measured["epochs"] == len(measured["history"]["loss"]) == 5
    assert measured["dead_after"] is None
    assert sum(measured["test_answers"]) == 1000
    assert measured["test"]["accuracy"] > 0.5  # 0.84 to 0.87 over ten seeds; guessing gives 0.10
    assert {"python", "keras", "tensorflow", "numpy"} == set(measured["versions"])
    json.dumps(measured)


@pytest.mark.parametrize("dead", [False, True])
def test_only_a_network_that_cannot_learn_is_broken_off(digits, dead):
    keras.utils.set_random_seed(0)
    images = prepare(digits.test.images[:200], ROWS["L5-exercise-2-scaled"])
    model = l5_exercise_2()
    if dead:
        model.layers[-2].bias.assign(np.full(16, -1e6))
    model.compile("adam", "sparse_categorical_crossentropy")
    watch = StopWhenDead(images)
    before = model.layers[0].kernel.numpy()
    history = model.fit(images, digits.test.labels[:200], epochs=2, verbose=0, callbacks=[watch])
    assert (watch.dead_after, len(history.epoch)) == ((1, 1) if dead else (None, 2))
    assert np.array_equal(before, model.layers[0].kernel.numpy()) == dead


# Dropout and Adam, so that random numbers and the optimizer's moments must come back, too.
SMALL = """
import dataclasses
import keras
from benchmarks.rows import ROWS

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
from benchmarks import trial
from helpers.data import load_mnist

class Kill(trial.Progress):
    def on_train_batch_end(self, batch, logs=None):
        super().on_train_batch_end(batch, logs)
        if self.before == 4 and batch == 1:  # in the midst of the second epoch
            os.kill(os.getpid(), signal.SIGKILL)

trial.Progress = Kill
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


def test_a_row_that_lacks_something_says_so_and_leaves_the_others(capsys, monkeypatch, digits,
                                                                 tmp_path, packaged):
    ran = []
    monkeypatch.setattr(reproduce, "load_mnist", lambda: digits)
    monkeypatch.setattr(reproduce, "reproduce", lambda row, *_: ran.append(row.name))
    lacking = dataclasses.replace(ROWS["L3-dense"], build=None, missing="it lacks a part")
    monkeypatch.setitem(ROWS, "L3-dense", lacking)
    assert reproduce.main(["--output", str(tmp_path)]) == 0
    missing = {name: row.missing for name, row in ROWS.items() if row.build is None} | {
        name: f"no pretrained weights for {row.backbone}" for name, row in ROWS.items()
        if row.backbone not in ("", "VGG16")}
    assert ran == [name for name in ROWS if name not in missing]
    said = capsys.readouterr().err
    assert all(f"{name}: not run: {reason}" in said for name, reason in missing.items())
    assert reproduce.main(["--row", "L2-resnet152v2-transfer", "--output", str(tmp_path)]) == 1
    assert reproduce.main(["--row", "L3-dense", "--output", str(tmp_path)]) == 1
    with pytest.raises(ValueError, match="L3-dense cannot run yet: it lacks a part"):
        trial.run(lacking, 0, digits)


def test_a_row_of_pytorch_says_how_to_get_it(capsys, monkeypatch, digits, tmp_path):
    monkeypatch.setattr(reproduce, "load_mnist", lambda: digits)
    monkeypatch.setattr(reproduce.importlib.util, "find_spec", lambda _: None)
    assert reproduce.main(["--row", "L4-mended", "--output", str(tmp_path)]) == 1
    assert "L4-mended: not run: it needs PyTorch" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "reason"), [
    ([], "needs the full MNIST"), (["--digits", "100"], "name another --output")])
def test_the_ledger_refuses_runs_on_a_part_of_the_data(capsys, monkeypatch, digits, arguments,
                                                       reason):
    monkeypatch.setattr(reproduce, "load_mnist", lambda: digits)
    monkeypatch.setattr(reproduce, "run", lambda *_: pytest.fail("must not run"))
    assert reproduce.main(["--row", "L3-dense", *arguments]) == 1
    said = capsys.readouterr().err
    assert "L3-dense: not run" in said
    assert reason in said


def test_a_name_that_is_no_row_lists_the_rows(capsys):
    with pytest.raises(SystemExit):
        reproduce.main(["--row", "L9"])
    said = " ".join(capsys.readouterr().err.split())
    assert "there is no row 'L9'" in said
    assert all(name in said for name in [*ROWS, *CLAIMS])


def test_a_claim_stands_for_its_rows_and_every_row_tests_a_claim():
    assert [row.name for row in reproduce.named(["L5-exercise-1", "L5-exercise-1-raw"])] == [
        "L5-exercise-1-raw", "L5-exercise-1-scaled"]
    tested = [name for claim in CLAIMS.values() for name in claim.rows]
    assert sorted(tested) == sorted(ROWS)
    assert all(ROWS[name].missing == claim.waits_for for claim in CLAIMS.values()
               for name in claim.rows)


@pytest.mark.parametrize("name", row_names())
def test_what_is_committed_was_run_by_the_recipe_that_stands_here(name):
    row, recipe = load_row(name), ROWS[name]
    assert row["claim"] == recipe.claim
    assert row["about"] == recipe.about
    assert row["recipe"] == recipe.recipe()
    seeds = [run["seed"] for run in row["runs"]]
    assert seeds
    assert len(seeds) == len(set(seeds))
    everything = 55_000 if recipe.validation else 60_000
    for run in row["runs"]:
        assert run["data"]["train"] == (recipe.digits or everything)
        frozen = run.get("frozen_parameters", 0)
        assert bool(frozen) == bool(recipe.backbone) == bool(run.get("weights"))
        assert run["parameters"] - frozen == recipe.build().count_params()
        assert run["epochs"] == len(run["history"]["loss"])
        over = {"history": run["history"], "dead_after": run.get("dead_after")}
        assert run["epochs"] == recipe.epochs or trial.finished(recipe, over)
        assert sum(run["test_answers"]) == run["data"]["test"] == (recipe.test_digits or 10_000)
    assert RESULTS.is_dir()
