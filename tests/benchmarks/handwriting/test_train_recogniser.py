"""The command that makes the recogniser, on few digits, and what it computes on the way."""

import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytest.importorskip("cv2")

from benchmarks.handwriting import train_recogniser as module  # noqa: E402 - keras may be missing
from benchmarks.handwriting.photographed import photographed  # noqa: E402
from benchmarks.letters.shapes import SHAPES  # noqa: E402
from helpers.data.mnist import load_mnist  # noqa: E402
from helpers.handwriting.non_digits import KINDS  # noqa: E402
from helpers.networks.recogniser import decide, load_recogniser  # noqa: E402


def test_a_small_run_writes_what_can_be_loaded(tmp_path):
    digits = load_mnist("embedded")
    record = module.make_recogniser(digits, tmp_path, epochs=2, most=1500)
    assert record == json.loads((tmp_path / "recogniser.json").read_text())
    assert record["training"]["loss"][1] < record["training"]["loss"][0]
    assert record["data"]["train"] == 1500
    assert set(record["test"]["non_digits_refused"]) == set(KINDS)
    assert set(record["test"]["shapes_refused"]) == set(SHAPES)
    assert record["data"]["lessons"]["letters"] == 0  # the typefaces are not asked for
    model = load_recogniser(tmp_path / "recogniser.npz")
    again = module.measure(model, digits.test, seed=3_000, threshold=record["threshold"])
    assert again["plain"]["accuracy"] == pytest.approx(record["test"]["plain"]["accuracy"],
                                                       abs=0.003)
    assert again["plain"]["accuracy"] > 0.2  # guessing gives 0.10


def test_the_committed_network_is_not_replaced_by_a_lesser_one(capsys):
    with pytest.raises(SystemExit):
        module.main(["--digits", "100"])
    assert "full data and recipe only" in capsys.readouterr().err


def test_a_temperature_undoes_what_a_factor_did_to_the_logits():
    random = np.random.default_rng(0)
    true = random.dirichlet(np.full(10, 0.3), 4000)
    labels = np.array([random.choice(10, p=row / row.sum()) for row in true])
    for factor in (0.5, 2.0):
        wrong = module.softened(true, 1 / factor)
        found = module.best_temperature(wrong, labels)
        assert found == pytest.approx(factor, rel=0.12)
        mended = module.softened(wrong, found)
        assert module.calibration_error(mended, labels) < 0.04
        assert module.calibration_error(wrong, labels) > 0.08


def test_the_threshold_parts_sure_from_unsure():
    sure, unsure = np.full((50, 10), 0.02), np.full((50, 10), 0.05)
    sure[:, 3], unsure[:, 3] = 0.82, 0.55
    labels = np.full(50, 3)
    threshold = module.best_threshold(sure, labels, unsure)
    assert 0.55 < threshold <= 0.82
    assert (decide(sure, threshold=threshold) == 3).all()
    assert (decide(unsure, threshold=threshold) == -1).all()


def test_the_threshold_refuses_few_digits_whatever_it_would_win():
    confidences = np.linspace(0.5, 1, 1000)
    digits = np.full((1000, 10), 0.01)
    digits[:, 3] = confidences
    strange = np.full((1000, 10), 0.01)
    strange[:, 3] = 0.85
    threshold = module.best_threshold(digits, np.full(1000, 3), strange)
    assert np.mean(confidences < threshold) <= 0.02


def test_perfect_confidence_has_no_error_and_empty_boasting_a_full_one():
    labels = np.arange(10)
    assert module.calibration_error(np.eye(10), labels) == 0
    assert module.calibration_error(np.eye(10), labels[::-1]) == 1


def test_changed_digits_stay_in_form_and_a_seed_repeats_them():
    images = load_mnist("embedded").test.images[:60, ..., np.newaxis].astype("float32") / 255
    changed = photographed(images, seed=4)
    assert changed.shape == images.shape
    assert changed.dtype == np.float32
    assert changed.min() >= 0
    assert changed.max() <= 1
    np.testing.assert_array_equal(changed, photographed(images, seed=4))
    moved = np.abs(changed - images).mean(axis=(1, 2, 3))
    assert moved.min() > 0.005
    ink = changed.sum(axis=(1, 2, 3)) / images.sum(axis=(1, 2, 3))
    assert ink.min() < 0.9 < 1.2 < ink.max()  # thinner ones and thicker ones
