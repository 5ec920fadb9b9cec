"""The rows of the ledger: the published networks, and digits as each row prepares them."""

import dataclasses
import importlib.util
import json

import numpy as np
import pytest

keras = pytest.importorskip("keras")
from benchmarks.ledger import trial  # noqa: E402
from benchmarks.ledger.batches import (  # noqa: E402
    Parts,
    batches,
    prepare,
    with_features,
)
from benchmarks.ledger.rows import ROWS  # noqa: E402
from helpers.data.mnist import Split  # noqa: E402
from helpers.data.order import epoch_order  # noqa: E402
from helpers.networks.backbones import load_backbone  # noqa: E402
from tests.benchmarks.ledger.reproduce.small_runs import VGG16  # noqa: E402

needs_torch = pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs PyTorch")


# The parameters by hand: 9 weights for each pair of channels, one bias for each filter, and so on.
BASELINE = (27 * 64 + 64) + (576 * 32 + 32) + (26 * 26 * 32 * 64 + 64) + (64 * 32 + 32) + 330

CONVOLUTIONS = (27 * 64 + 64) + (576 * 64 + 64) + (576 * 128 + 128) + (1152 * 128 + 128)

SMALL_VGG = CONVOLUTIONS + (8 * 8 * 128 + 1) * 4096 + 4097 * 1000 + 1001 * 10

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
