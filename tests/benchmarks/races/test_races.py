"""The races: what they may use, that they can be stopped, and that what is stored was so run."""

import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.races import __main__ as command  # noqa: E402 - keras may be missing
from benchmarks.races import race as races  # noqa: E402
from benchmarks.races import training  # noqa: E402
from benchmarks.races.contenders import CANDIDATES, RACES, Recipe, three_layers  # noqa: E402
from helpers.data.ledger.runs import file_of, load_row, values  # noqa: E402
from helpers.data.mnist import load_mnist  # noqa: E402

pytestmark = pytest.mark.usefixtures("no_graphs")

STORED = [name for name in RACES if file_of(f"race-{name}").is_file()]
TRIED = [name for name in CANDIDATES if file_of(f"candidate-{name}").is_file()]


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


@pytest.fixture
def tiny(monkeypatch):
    """A candidate that trains in no time, in place of those that race."""
    recipe = Recipe(lambda: three_layers(2, 2, 2), epochs=2, changes={"shift": 1.0})
    for name in CANDIDATES:
        monkeypatch.setitem(CANDIDATES, name, recipe)
    return recipe


@pytest.mark.parametrize("name", CANDIDATES)
def test_candidates_read_digits_and_answer_with_ten_logits(name):
    model = CANDIDATES[name].build()
    logits = np.array(model(np.random.default_rng(0).uniform(size=(3, 28, 28, 1))))
    assert logits.shape == (3, 10)
    assert logits.min() < 0, "logits, not probabilities"


@pytest.mark.parametrize("race", RACES.values(), ids=lambda race: race.name)
def test_a_race_s_candidate_is_within_the_limit_on_parameters(race):
    count = CANDIDATES[race.candidate].build().count_params()
    assert race.parameters is None or count < race.parameters


def test_the_rate_rises_to_its_peak_and_falls_to_zero():
    recipe = Recipe(lambda: None, epochs=5, peak=0.01, batch_size=100, warmup=0.2)
    schedule = training.rate(recipe, 1_950)  # 20 steps in each epoch, the last one short
    rates = np.array([float(schedule(step)) for step in range(101)])
    assert rates[0] == 0
    assert rates.argmax() == 20
    assert rates[20] == pytest.approx(0.01)
    assert rates[60] == pytest.approx(0.005, rel=1e-4)
    assert rates[100] == pytest.approx(0, abs=1e-9)


def test_a_race_trains_on_what_l3_trains_on_and_a_try_holds_out(digits):
    images, labels = training.training_digits(digits, None, hold_out=False)
    assert images.shape == (4_000, 28, 28, 1)
    assert (images.min(), images.max()) == (0, 1)
    assert len(labels) == 4_000
    assert len(training.training_digits(digits, None, hold_out=True)[1]) == 3_500


def test_one_seed_holds_all_that_is_kept(digits, tiny):
    measured = races.run(RACES["quick"], 1, digits, 300)
    assert measured["data"] == {"source": "embedded", "train": 300, "validation": 0, "test": 1000}
    assert len(measured["history"]["loss"]) == measured["epochs"] == 2
    assert len(measured["l3"]["epoch_seconds"]) == 1
    assert measured["l3"]["seconds"] == pytest.approx(
        5 * measured["l3"]["epoch_seconds"][0], abs=0.06)
    assert measured["seconds"] > 0
    assert {"python", "keras", "tensorflow", "numpy"} == set(measured["versions"])
    assert 0 <= measured["test"]["accuracy"] <= 1
    json.dumps(measured)


def test_l3_runs_its_whole_recipe_once_and_not_where_time_is_free(digits, tiny):
    assert len(races.run(RACES["quick"], 0, digits, 100)["l3"]["epoch_seconds"]) == 5
    assert races.run(RACES["small"], 0, digits, 100)["l3"] is None
    assert races.run(RACES["quick"], 0, digits, 100, clock=False)["l3"] is None


def test_a_try_never_opens_the_test_digits(digits, tiny):
    closed = digits._replace(test=None)
    measured = races.attempt("three-16-bold", 0, closed, 300)
    assert len(measured["history"]["val_accuracy"]) == 2
    assert measured["data"] == {"source": "embedded", "train": 300, "validation": 500, "test": 0}
    assert "test" not in measured


def test_each_epoch_sees_new_copies_and_a_seed_repeats_them(digits, tiny, monkeypatch):
    seen = []

    def watch(images, *, seed, **changes):
        seen.append((seed, changes))
        return images

    monkeypatch.setattr(training, "augment", watch)
    images, labels = training.training_digits(digits, 50, hold_out=True)
    for _ in range(2):
        training.train(tiny, 3, images, labels)
    assert seen == 2 * [(3_000, {"shift": 1.0}), (3_001, {"shift": 1.0})]


def test_each_epoch_has_an_order_of_its_own_that_the_seed_repeats(digits, tiny, monkeypatch):
    asked, real = [], training.new_order_each_epoch

    def watch(images, labels, **options):
        asked.append(options)
        return real(images, labels, **options)

    monkeypatch.setattr(training, "new_order_each_epoch", watch)
    training.train(tiny, 3, *training.training_digits(digits, 50, hold_out=True))
    assert asked == [{"batch_size": tiny.batch_size, "seed": 3, "first_epoch": epoch}
                     for epoch in range(2)]


def test_results_refuse_runs_on_a_part_of_the_data(capsys):
    with pytest.raises(SystemExit):
        command.main(["--race", "quick", "--digits", "100"])
    assert "full data only" in capsys.readouterr().err


def test_one_race_and_one_try_from_the_command_line(tmp_path, tiny, monkeypatch, capsys):
    monkeypatch.setattr(command, "load_mnist", lambda: load_mnist("embedded"))
    common = ["--digits", "100", "--seeds", "1", "--output", str(tmp_path)]
    command.main(["--race", "small", *common])
    command.main(["--try", "three-16-bold", *common])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "candidate-three-16-bold.json", "race-small.json"]
    assert load_row("race-small", tmp_path)["target"]["parameters"] == 10_000


@pytest.mark.parametrize("name", STORED)
def test_a_stored_race_was_run_by_the_recipe_that_stands_here(name):
    race, stored = RACES[name], load_row(f"race-{name}")
    assert stored["candidate"] == race.candidate
    assert stored["recipe"] == races.described(CANDIDATES[race.candidate])
    seeds = values(stored, "seed").tolist()
    assert len(set(seeds)) == len(seeds) >= 5
    assert set(values(stored, "data", "train")) == {60_000}
    assert set(values(stored, "data", "test")) == {10_000}
    assert (values(stored, "parameters") == CANDIDATES[race.candidate].build().count_params()).all()


@pytest.mark.parametrize("name", TRIED)
def test_a_stored_try_saw_no_test_digit(name):
    stored = load_row(f"candidate-{name}")
    assert stored["recipe"] == races.described(CANDIDATES[name])
    for run in stored["runs"]:
        assert run["data"] == {"source": "folder", "train": 55_000, "validation": 5_000, "test": 0}
        assert "test" not in run
