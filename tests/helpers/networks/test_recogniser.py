"""The committed recogniser: what it reads, what it refuses, and that its record speaks of it."""

import hashlib

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytest.importorskip("cv2")

from helpers.data.mnist import load_mnist  # noqa: E402 - keras is slow to import and may be missing
from helpers.handwriting.non_digits import KINDS, draw_non_digits  # noqa: E402
from helpers.networks.recogniser import (  # noqa: E402
    NO_DIGIT,
    WEIGHTS,
    build_recogniser,
    decide,
    load_recogniser,
    read_record,
    save_recogniser,
)


@pytest.fixture(scope="module")
def model():
    return load_recogniser()


def prepared(images):
    return images[..., np.newaxis].astype("float32") / 255


def answers(model, images):
    return decide(model.predict(images, batch_size=500, verbose=0))


def test_it_takes_mnists_form_and_gives_probabilities(model):
    assert model.input_shape == (None, 28, 28, 1)
    probabilities = model.predict(np.zeros((2, 28, 28, 1)), verbose=0)
    assert probabilities.shape == (2, 10)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


def test_it_reads_the_embedded_digits_and_refuses_few(model):
    # Most of these digits took part in the training: this shows that the weights have arrived.
    test = load_mnist("embedded").test
    read = answers(model, prepared(test.images))
    assert np.mean(read == test.labels) > 0.975
    assert np.mean(read == NO_DIGIT) < 0.02


def test_it_reads_the_test_digits_as_well_as_its_record_says(model):
    try:
        digits = load_mnist()
    except (FileNotFoundError, ValueError) as error:
        pytest.skip(str(error))
    if not digits.is_full:
        pytest.skip("needs the full MNIST")
    images = prepared(digits.test.images)
    probabilities, plain = model.predict(images, batch_size=500, verbose=0), \
        read_record()["test"]["plain"]
    # Another machine may round two nearly equal answers the other way.
    right = np.mean(probabilities.argmax(axis=1) == digits.test.labels)
    assert right == pytest.approx(plain["accuracy"], abs=3e-4)
    assert np.mean(decide(probabilities) == NO_DIGIT) == pytest.approx(plain["refused"], abs=5e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_it_refuses_what_is_no_digit(model, kind):
    strange = draw_non_digits(300, seed=77, kind=kind)[..., np.newaxis]
    # The record's shares lie above 0.95; 300 pictures of one kind vary by 0.013 at that share.
    assert np.mean(answers(model, strange) == NO_DIGIT) > 0.9


def test_it_refuses_an_empty_picture_and_noise(model):
    noise = np.random.default_rng(0).uniform(size=(50, 28, 28, 1))
    assert (answers(model, np.zeros((1, 28, 28, 1))) == NO_DIGIT).all()
    assert np.mean(answers(model, noise) == NO_DIGIT) > 0.95


def test_the_record_is_of_this_file_and_complete(model):
    record = read_record()
    assert record["file"] == WEIGHTS.name
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() == record["sha256"]
    assert WEIGHTS.stat().st_size < 400_000
    assert record["parameters"] == model.count_params() == 66_778
    data = record["data"]
    assert (data["train"], data["validation"], data["test"]) == (55_000, 5_000, 10_000)
    assert {"python", "keras", "tensorflow", "opencv", "numpy"} == set(record["versions"])
    assert len(record["training"]["loss"]) == record["recipe"]["epochs"]
    assert set(record["test"]["non_digits_refused"]) == set(KINDS)
    assert data["lessons"]["letters"] > 10_000
    assert 0.1 < record["threshold"] < 1
    assert record["test"]["plain"]["accuracy"] > 0.985


def test_an_answer_needs_the_threshold():
    sure, unsure = np.full(10, 0.01), np.full(10, 0.1)
    sure[7] = 0.91
    assert decide([sure, unsure], threshold=0.5).tolist() == [7, NO_DIGIT]
    assert decide([sure], threshold=0.92).tolist() == [NO_DIGIT]
    assert decide([sure], threshold=0.91).tolist() == [7]
    assert decide(np.zeros((0, 10)), threshold=0.5).shape == (0,)
    low = read_record()["threshold"] - 0.01
    assert decide([np.r_[low, np.full(9, (1 - low) / 9)]]).tolist() == [NO_DIGIT]


@pytest.mark.parametrize(("probabilities", "threshold", "message"), [
    (np.zeros(10), 0.5, r"shape \(n, 10\), got \(10,\)"),
    (np.zeros((2, 11)), 0.5, r"got \(2, 11\)"),
    (np.zeros((2, 10)), 1.5, "threshold must be from 0 to 1, got 1.5"),
    (np.zeros((2, 10)), float("nan"), "got nan")])
def test_bad_probabilities_are_refused(probabilities, threshold, message):
    with pytest.raises(ValueError, match=message):
        decide(probabilities, threshold=threshold)


def test_what_is_saved_is_loaded_and_what_is_missing_or_damaged_named(tmp_path):
    model = build_recogniser()
    save_recogniser(model, tmp_path / "other.npz")
    again = load_recogniser(tmp_path / "other.npz")
    for one, other in zip(model.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    with pytest.raises(FileNotFoundError, match=r"expected .*none\.npz.*make recogniser"):
        load_recogniser(tmp_path / "none.npz")
    (tmp_path / "bad.npz").write_bytes(WEIGHTS.read_bytes()[:1000])
    with pytest.raises(ValueError, match=r"bad\.npz does not hold.*make recogniser"):
        load_recogniser(tmp_path / "bad.npz")
