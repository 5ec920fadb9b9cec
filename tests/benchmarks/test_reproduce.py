"""The runs behind the ledger: resumable, whole after a stop, and honest about networks that die."""

import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks import reproduce  # noqa: E402 - keras is slow to import and may be missing
from benchmarks.networks import l5_exercise_2  # noqa: E402
from benchmarks.rows import ROWS  # noqa: E402
from benchmarks.stuck import StopWhenDead  # noqa: E402
from helpers.data import load_mnist  # noqa: E402
from helpers.ledger import RESULTS, load_row, row_names  # noqa: E402


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


@pytest.mark.parametrize(("name", "parameters"), [
    ("L3-convnet", 104_202), ("L3-dense", 407_050),
    ("L5-exercise-1-raw", 54_410), ("L5-exercise-1-scaled", 54_410),
    ("L5-exercise-2-raw", 44_602), ("L5-exercise-2-scaled", 44_602)])
def test_networks_have_the_published_number_of_parameters(name, parameters):
    assert ROWS[name].build().count_params() == parameters


def test_raw_pixels_stay_and_scaled_ones_end_at_one(digits):
    raw = reproduce.prepare(digits.test.images, ROWS["L5-exercise-1-raw"])
    scaled = reproduce.prepare(digits.test.images, ROWS["L5-exercise-1-scaled"])
    assert raw.shape == (1000, 28, 28, 1)
    assert raw.dtype == scaled.dtype == np.float32
    assert (raw.max(), scaled.max()) == (255, 1)


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
    measured = reproduce.run(ROWS["L3-dense"], 1, digits, 500)
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
    images = reproduce.prepare(digits.test.images[:200], ROWS["L5-exercise-2-scaled"])
    model = l5_exercise_2()
    if dead:
        model.layers[-2].bias.assign(np.full(16, -1e6))
    model.compile("adam", "sparse_categorical_crossentropy")
    watch = StopWhenDead(images)
    before = model.layers[0].kernel.numpy()
    history = model.fit(images, digits.test.labels[:200], epochs=2, verbose=0, callbacks=[watch])
    assert (watch.dead_after, len(history.epoch)) == ((1, 1) if dead else (None, 2))
    assert np.array_equal(before, model.layers[0].kernel.numpy()) == dead


def test_the_ledger_refuses_runs_on_a_part_of_the_data(capsys):
    with pytest.raises(SystemExit):
        reproduce.main(["--row", "L3-dense", "--digits", "100"])
    assert "full data only" in capsys.readouterr().err


@pytest.mark.parametrize("name", row_names())
def test_what_is_committed_was_run_by_the_recipe_that_stands_here(name):
    row, recipe = load_row(name), ROWS[name]
    assert row["claim"] == recipe.claim
    assert row["recipe"]["epochs"] == recipe.epochs
    seeds = [run["seed"] for run in row["runs"]]
    assert len(seeds) == len(set(seeds))
    for run in row["runs"]:
        assert run["data"]["train"] == (55_000 if recipe.validation else 60_000)
        assert run["epochs"] == recipe.epochs or run["dead_after"] == run["epochs"]
        assert sum(run["test_answers"]) == run["data"]["test"] == 10_000
    assert RESULTS.is_dir()
