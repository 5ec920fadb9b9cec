"""A run of a row: what is watched and kept, when it ends, and when it is broken off."""

import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")
from benchmarks.ledger import reproduce, trial  # noqa: E402
from benchmarks.ledger.batches import parts, prepare  # noqa: E402
from benchmarks.ledger.networks import l5_exercise_2  # noqa: E402
from benchmarks.ledger.rows import ROWS  # noqa: E402
from benchmarks.ledger.underway.stuck import stop_when_dead  # noqa: E402
from helpers.data.ledger.runs import load_row  # noqa: E402


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
    watch = stop_when_dead(images)
    before = model.layers[0].kernel.numpy()
    history = model.fit(images, digits.test.labels[:200], epochs=2, verbose=0, callbacks=[watch])
    assert (watch.dead_after, len(history.epoch)) == ((1, 1) if dead else (None, 2))
    assert np.array_equal(before, model.layers[0].kernel.numpy()) == dead
