"""The ablation: one tool less at a time, on validation digits, and what is stored of it."""

from dataclasses import fields, replace

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.races import __main__ as command  # noqa: E402 - keras may be missing
from benchmarks.races import ablation, training  # noqa: E402
from benchmarks.races.contenders import CANDIDATES, RACES, Recipe, three_layers  # noqa: E402
from helpers.data.ledger.runs import file_of, load_row  # noqa: E402
from helpers.data.mnist import load_mnist  # noqa: E402

pytestmark = pytest.mark.usefixtures("no_graphs")

ONE_TOOL = {"no copies": {"changes"}, "no normalisation": {"build"}, "no cropping": {"build"},
            "no strides": {"build"}, "textbook's network": {"build"},
            "no schedule": {"falls", "warmup"}, "usual rate": {"falls", "warmup", "peak"}}
STORED = load_row("ablation")["runs"] if file_of("ablation").is_file() else []


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


@pytest.mark.parametrize("race", RACES)
def test_a_variant_lacks_what_its_name_says_and_nothing_else(race):
    variants = ablation.variants(race)
    whole = CANDIDATES[RACES[race].candidate]
    assert variants.pop(ablation.WHOLE) == whole
    variants.pop("textbook's recipe", None)
    for name, recipe in variants.items():
        differ = {one.name for one in fields(Recipe)
                  if getattr(recipe, one.name) != getattr(whole, one.name)}
        assert differ == ONE_TOOL[name]


def kinds(model):
    return [type(layer).__name__ for layer in model.layers]


def test_the_networks_lack_the_layers_that_are_left_out():
    built = {name: recipe.build() for name, recipe in ablation.variants("quick").items()}
    whole = built[ablation.WHOLE]
    assert kinds(whole).count("BatchNormalization") == 3
    assert "BatchNormalization" not in kinds(built["no normalisation"])
    assert built["no normalisation"].layers[2].use_bias
    assert "Cropping2D" not in kinds(built["no cropping"])
    assert kinds(built["no strides"]).count("MaxPooling2D") == 2
    # The same maps reach the dense layer, so the same number of weights waits there.
    assert built["no strides"].count_params() == whole.count_params()
    assert built["textbook's network"].count_params() == 104_202


@pytest.mark.parametrize("race", RACES)
def test_every_variant_answers_with_logits(race):
    some = np.random.default_rng(0).uniform(size=(2, 28, 28, 1))
    for recipe in ablation.variants(race).values():
        logits = np.array(recipe.build()(some))
        assert logits.shape == (2, 10)
        assert abs(logits.sum(axis=1) - 1).max() > 1e-3, "logits, not probabilities"


def test_a_rate_without_schedule_stays_where_it_is():
    recipe = ablation.variants("quick")["usual rate"]
    assert training.rate(recipe, 1_000) == 0.001
    assert ablation.variants("small")["no schedule"].peak == 0.01


def test_a_stopped_ablation_goes_on_and_opens_no_test_digit(digits, tmp_path, monkeypatch, capsys):
    tiny = Recipe(lambda **options: three_layers(2, 2, 2), epochs=2)
    variants = {ablation.WHOLE: tiny, "no copies": replace(tiny, epochs=1)}
    monkeypatch.setattr(ablation, "variants", lambda race: variants)
    monkeypatch.setattr(command, "load_mnist", lambda: digits._replace(test=None))
    common = ["--digits", "60", "--seeds", "2", "--output", str(tmp_path)]
    command.main(["--ablation", "quick", *common, "--first", "1"])
    first = load_row("ablation", tmp_path)["runs"]
    command.main(["--ablation", "quick", "--ablation", "small", *common])
    runs = load_row("ablation", tmp_path)["runs"]
    assert [ablation.key_of(run) for run in runs] == sorted(
        (race, name, seed) for race, seeds in (("quick", range(3)), ("small", range(2)))
        for name in variants for seed in seeds)
    assert all(run in runs for run in first)
    truth = digits.validation.labels
    for run in runs:
        assert run["data"] == {"source": "embedded", "train": 60, "validation": 500, "test": 0}
        assert 1 - len(run["misread"]) / len(truth) == pytest.approx(
            run["history"]["val_accuracy"][-1], abs=1e-5)
        assert len(run["epoch_seconds"]) == run["epochs"]
        assert sum(run["copying"]) <= sum(run["epoch_processor"])
    assert "ablation, seed 2: quick, no copies: " in capsys.readouterr().out


def test_some_variants_can_be_chosen_and_a_wrong_one_is_named(capsys):
    assert ablation.wanted(["quick"], ["no copies"], range(2)) == [
        ("quick", "no copies", 0), ("quick", "no copies", 1)]
    with pytest.raises(SystemExit):
        command.main(["--ablation", "small", "--variant", "no strides"])
    assert "no cropping" in capsys.readouterr().err


def test_what_is_stored_was_so_run():
    recipes = ablation.recipes()
    if STORED:
        assert load_row("ablation")["recipe"] == recipes
    for run in STORED:
        assert run["data"] == {"source": "folder", "train": 55_000, "validation": 5_000, "test": 0}
        assert run["parameters"] == recipes[run["race"]][run["variant"]]["parameters"]
