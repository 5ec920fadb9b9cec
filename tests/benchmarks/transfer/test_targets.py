"""What borrowed features are measured on: each class once in ten, fair draws, no picture twice."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from benchmarks.transfer import targets  # noqa: E402 - keras is slow to import
from benchmarks.transfer.heads import least_squares, logistic  # noqa: E402
from benchmarks.transfer.targets import choose, coloured, scaled  # noqa: E402
from helpers.data.mnist import load_mnist  # noqa: E402


@pytest.fixture(scope="module")
def digits():
    return load_mnist("embedded")


def test_every_ten_digits_hold_each_class_once(digits):
    pool = choose(digits.train, 30)
    np.testing.assert_array_equal(pool.labels.reshape(30, 10), np.tile(np.arange(10), (30, 1)))
    assert len({image.tobytes() for image in pool.images}) == 300
    with pytest.raises(ValueError, match="expected 351 digits of each class, got 350"):
        choose(digits.train, 351)


def test_digits_keep_their_pixels_at_32_and_their_range_at_every_size(digits):
    small = coloured(digits.test.images[:3])
    np.testing.assert_array_equal(scaled(small, 32), small)
    np.testing.assert_array_equal(small[:, 2:30, 2:30, 1], digits.test.images[:3])
    large = scaled(small, 96)
    assert large.shape == (3, 96, 96, 3)
    assert large.min() >= 0
    assert large.max() <= 255
    np.testing.assert_allclose(large.mean(), small.mean(), rtol=0.02)


def test_smaller_images_average_areas():
    stripes = np.tile(np.array([0, 255] * 32, "float32"), (1, 64, 1))[..., None]
    np.testing.assert_allclose(scaled(stripes, 16)[:, :, 1:-1], 127.5, atol=3)


@pytest.mark.parametrize("count", [40, 3_200])
@pytest.mark.parametrize("head", [least_squares, logistic])
def test_a_linear_head_finds_what_is_linear(head, count):
    """More than 3,000 take another way, with the strength that the first 3,000 chose."""
    random = np.random.default_rng(0)
    inputs = random.normal(size=(count + 500, 4, 5))
    labels = (inputs[:, 0, 0] > 0).astype(int)
    answers = head(inputs[:count], labels[:count], inputs[count:])
    assert np.mean(answers == labels[count:]) > 0.75


def test_the_units_of_the_features_mean_nothing_to_the_heads():
    random = np.random.default_rng(0)
    inputs, labels = random.normal(size=(300, 8)), random.integers(0, 3, 300)
    for head in (least_squares, logistic):
        first, second = (head(inputs[:100] * unit, labels[:100], inputs[100:] * unit)
                         for unit in (1, 1000))
        assert np.mean(first == second) > 0.99


@pytest.mark.parametrize("make", ["digits", "faces"])
def test_draws_hold_100_labels_of_all_classes_and_nothing_that_is_tested(make, digits):
    target = {"digits": lambda: targets.digit_target(digits),
              "faces": lambda: targets.face_target(100)}[make]()
    assert len(target.draws) == len(target.watched) == len(target.test) == 10
    for draw, watched, test in zip(target.draws, target.watched, target.test, strict=True):
        assert len(set(draw)) == 100
        counts = np.bincount(target.labels[draw])
        assert counts.min() == counts.max()
        assert not {*watched, *test} & {*draw}
        assert len(np.unique(target.labels[test])) == len(counts)
    if make == "digits":
        assert len(set(np.concatenate(target.draws))) == 1000
    if make != "faces":
        assert not {*target.watched[0]} & {*target.test[0]}
    assert target.images.shape[-1] == 3
    assert target.images.min() >= 0
    assert target.images.max() > 200
