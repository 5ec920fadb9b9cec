"""The bench of the order: equal weights, nothing learned from what is held out, what is stored."""

import ast
import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.order import __main__ as program  # noqa: E402 - keras may be missing
from benchmarks.order import measuring  # noqa: E402
from benchmarks.order.conclusion import conclusion  # noqa: E402
from benchmarks.order.settings import SETTINGS, Setting, small_network  # noqa: E402
from helpers import ROOT  # noqa: E402
from helpers.data.ledger.runs import file_of, load_row, values  # noqa: E402
from helpers.data.mnist import Split, load_mnist  # noqa: E402

STORED = [name for name in SETTINGS if file_of(f"order-{name}").is_file()]
# Here the order of a seeded fit on arrays does not matter, or is what is measured, or is that of a
# result which is stored.
ON_ARRAYS = {("benchmarks/races/training.py", "time_l3"), ("benchmarks/order/measuring.py",
                                                            "trained"),
             ("benchmarks/transfer/thawed.py", "first_head")}


@pytest.fixture(scope="module")
def digits():
    full = load_mnist("embedded")
    return full._replace(test=Split(*(part[:200] for part in full.test)))


@pytest.fixture
def tiny(monkeypatch):
    """A network that trains in no time, in place of those that are measured."""
    def build():
        return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(),
                                 keras.layers.Dense(10, activation="softmax")])

    for name, setting in SETTINGS.items():
        monkeypatch.setitem(SETTINGS, name, Setting("tiny", build, "adam", 20, 2, 100, seeds=2,
                                                    embedded=setting.embedded))
    return SETTINGS


def test_the_small_network_is_that_of_chapter_6():
    text = (ROOT / "notebooks" / "06_better_and_faster.ipynb").read_text(encoding="utf-8")
    assert f"{small_network().count_params():,}" == "56,970"
    assert "((16, 5), (32, 3))" in text


@pytest.mark.parametrize("name", ["small", "convnet"])
def test_both_trainings_begin_with_the_same_weights_on_the_same_digits(name, digits, tiny,
                                                                       monkeypatch):
    begun, given = [], []

    def fit(self, images, labels=None, **options):
        begun.append([weights.copy() for weights in self.get_weights()])
        if labels is None:
            assert options["shuffle"] is False
            images, labels = (np.concatenate(part) for part in
                              zip(*((a.numpy(), b.numpy()) for a, b in images), strict=True))
        given.append((images, labels))

    monkeypatch.setattr(keras.Model, "fit", fit)
    measured = measuring.compare_orders(tiny[name], 3, digits)
    for one, new in zip(*begun, strict=True):
        np.testing.assert_array_equal(one, new)
    (images, labels), (shuffled, shuffled_labels) = given
    np.testing.assert_array_equal(np.sort(images.sum(axis=(1, 2, 3))),
                                  np.sort(shuffled.sum(axis=(1, 2, 3))))
    np.testing.assert_array_equal(np.sort(labels), np.sort(shuffled_labels))
    assert len(labels) == measured["data"]["train"] == 100
    assert measured["wrong"]["one_order"] == measured["wrong"]["new_orders"]  # nothing was trained
    json.dumps(measured)


def test_embedded_digits_are_of_all_classes_also_when_few(digits, tiny, monkeypatch):
    seen = []
    monkeypatch.setattr(measuring, "trained", lambda setting, seed, images, labels, **options: (
        seen.append(labels), setting.build())[1])
    measuring.compare_orders(tiny["small"], 0, digits, most=50)
    assert np.bincount(seen[0], minlength=10).tolist() == [5] * 10


def test_no_slice_is_read_by_a_network_that_learned_from_it(digits, tiny, monkeypatch):
    learned, read = [], []
    count = len(digits.train.labels) + len(digits.validation.labels)
    marked = np.arange(count)
    given = digits._replace(
        train=Split(digits.train.images, marked[:len(digits.train.labels)]),
        validation=Split(digits.validation.images, marked[len(digits.train.labels):]))

    def train(setting, seed, images, labels, *, new_orders):
        assert new_orders
        learned.append(set(labels.tolist()))
        return setting.build()

    def wrong(model, images, labels):
        if len(labels) != len(digits.test.labels):
            assert not learned[-1] & set(labels.tolist())
            read.extend(labels.tolist())
        return np.arange(len(labels)) == 0

    monkeypatch.setattr(measuring, "trained", train)
    monkeypatch.setattr(measuring, "wrong", wrong)
    measured = measuring.compare_slices(tiny["slices"], 0, given)
    assert sorted(read) == marked.tolist()
    assert len(measured["slice_errors"]) == 12
    assert measured["test_tenth_errors"] == [1 / 20] + [0] * 9
    assert all(len(some) == pytest.approx(count * 2 / 3, rel=0.01) for some in learned)


@pytest.mark.parametrize("name", ["small", "slices"])
def test_a_stopped_part_goes_on_with_the_seed_that_is_missing(name, tmp_path, digits, tiny,
                                                              monkeypatch, capsys):
    monkeypatch.setattr(program, "load_mnist", lambda: digits)
    command = ["--part", name, "--digits", "60", "--output", str(tmp_path)]
    program.main([*command, "--seeds", "1"])
    first = load_row(f"order-{name}", tmp_path)["runs"]
    program.main(command)
    runs = load_row(f"order-{name}", tmp_path)["runs"]
    assert [run["seed"] for run in runs] == [0, 1]
    assert runs[:1] == first
    assert capsys.readouterr().out.count(f"order-{name}, seed") == 2


def test_a_conclusion_is_drawn_over_the_seeds(capsys, tmp_path):
    orders = {"part": "small", "runs": [
        {"wrong": {"one_order": one, "new_orders": 20}, "data": {"test": 1_000}}
        for one in (21, 22, 23)]}
    assert conclusion(orders) == (
        "small, 3 seeds: test errors 2.20 % with one order, 2.00 % with new orders; new orders "
        "gain 0.20 points (standard error 0.06, 95 % interval -0.05 to 0.45), in 3 of 3 seeds")
    slices = {"part": "slices", "runs": [
        {"slice_errors": [0.03] * 11 + [last], "test_tenth_errors": [0.04] * 5 + [0.02] * 5}
        for last in (0.01, 0.02)]}
    assert "the others more than the last by 1.50 points (standard error 0.50" in conclusion(slices)
    assert "test digits 3.00, first half 4.00, second 2.00" in conclusion(slices)
    (tmp_path / "order-small.json").write_text(json.dumps(orders | {"runs": orders["runs"][:1]}))
    program.main(["--show", "--output", str(tmp_path)])
    assert capsys.readouterr().out == "small: 1 of the two seeds that an uncertainty needs\n"


def test_results_refuse_runs_on_a_part_of_the_data(capsys):
    with pytest.raises(SystemExit):
        program.main(["--digits", "100"])
    assert "full data only" in capsys.readouterr().err


@pytest.mark.parametrize("name", STORED)
def test_what_is_stored_was_run_by_the_recipe_that_stands_here(name):
    setting, stored = SETTINGS[name], load_row(f"order-{name}")
    assert stored["recipe"] == setting.recipe()
    seeds = values(stored, "seed").tolist()
    assert len(set(seeds)) == len(seeds) <= setting.seeds
    assert set(values(stored, "data", "train")) == {setting.digits}
    assert set(values(stored, "data", "test")) == {10_000}


def fits(path):
    """The calls of `fit` in a source file: the function they stand in, and their options."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "fit":
                    yield function.name, {option.arg: option.value for option in call.keywords}


def test_no_bench_repeats_one_order_of_the_digits():
    found = {(path.relative_to(ROOT).as_posix(), name)
             for path in sorted((ROOT / "benchmarks").rglob("*.py"))
             for name, options in fits(path)
             if "verbose" in options and "shuffle" not in options}  # scikit-learn has no verbose
    assert found == ON_ARRAYS
