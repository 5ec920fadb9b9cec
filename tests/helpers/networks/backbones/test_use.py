"""Pretrained bases: their own preprocessing, and frozen means frozen."""

import keras
import numpy as np
import pytest

from helpers.networks import backbones
from helpers.networks.backbones import load_backbone
from tests.helpers.networks.backbones.heads import SHAPE, with_head

pytestmark = pytest.mark.usefixtures("offline")


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(0).integers(0, 256, (8, *SHAPE)).astype("uint8")


@pytest.mark.parametrize(("name", "low", "high"), [("VGG16", -124, 152), ("ResNet50V2", -1, 1)])
def test_each_network_has_the_preprocessing_it_was_trained_with(images, name, low, high):
    preprocess = backbones._preprocessing(backbones._module_of(name))
    given = images.astype("float32")
    prepared = preprocess(given)
    np.testing.assert_array_equal(given, images)  # Keras itself changes its argument
    np.testing.assert_array_equal(prepared, preprocess(images))
    assert prepared.dtype == np.float32
    assert low <= prepared.min() < prepared.max() <= high


def test_vgg_takes_blue_first_less_the_means_of_imagenet():
    red = np.zeros((1, 1, 1, 3), "uint8")
    red[..., 0] = 200
    prepared = backbones._preprocessing(backbones._module_of("VGG16"))(red)
    np.testing.assert_allclose(prepared.ravel(), [-103.939, -116.779, 200 - 123.68], rtol=1e-6)


@pytest.mark.parametrize(("wrong", "says"), [
    (np.full((1, 4, 4, 3), 0.7), "got fractions up to 0.7: multiply them by 255"),
    (np.full((1, 4, 4, 3), 256), "from 0 to 255, got 256 to 256"),
    (np.full((1, 4, 4, 3), -1.0), "from 0 to 255, got -1 to -1"),
    (np.full((1, 4, 4, 3), np.nan), "from 0 to 255, got nan"),
    (np.zeros((4, 4, 3)), r"shape \(n, rows, columns, 3\), got \(4, 4, 3\)"),
    (np.zeros((2, 4, 4, 1)), r"got \(2, 4, 4, 1\)")])
def test_pixels_that_are_not_from_0_to_255_are_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        backbones._preprocessing(backbones._module_of("VGG16"))(wrong)


def test_black_images_and_whole_numbers_of_0_and_1_are_pixels():
    preprocess = backbones._preprocessing(backbones._module_of("ResNet50V2"))
    assert preprocess(np.zeros((1, 2, 2, 3))).max() == -1
    assert preprocess(np.ones((1, 2, 2, 3), "uint8")).shape == (1, 2, 2, 3)


@pytest.mark.parametrize(("name", "options", "says"), [
    ("VGG-16", {}, "no network 'VGG-16'; there are: .*EfficientNetLite0.*VGG16"),
    ("VGG16", {"input_shape": (32, 32, 1)}, r"must be \(rows, columns, 3\), got \(32, 32, 1\)"),
    ("VGG16", {"weights": "random"}, "must be 'imagenet' or None, got 'random'"),
    ("VGG16", {"input_shape": (16, 16, 3), "weights": None}, "at least 32x32")])
def test_wrong_arguments_are_told_what_was_expected(name, options, says):
    with pytest.raises(ValueError, match=says):
        load_backbone(name, **({"input_shape": SHAPE} | options))


@pytest.mark.parametrize("name", ["VGG16", "ResNet50V2"])
def test_frozen_means_that_no_weight_and_no_statistic_of_the_base_changes(images, name):
    """ResNet50V2 has 45 layers of batch normalisation, which VGG16 lacks."""
    keras.utils.set_random_seed(0)
    backbone = load_backbone(name, input_shape=SHAPE, weights=None)
    statistics = [part for part in backbone.model.weights if "moving" in part.name]
    assert bool(statistics) == (name != "VGG16")
    model, before = with_head(backbone.model), backbone.model.get_weights()
    assert len(model.trainable_variables) == 2
    head = model.layers[-1].get_weights()
    model.fit(backbone.preprocess(images), np.arange(8), epochs=2, batch_size=4, verbose=0)
    for old, new in zip(before, backbone.model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
    assert all((old != new).any() for old, new in zip(head, model.layers[-1].get_weights(),
                                                      strict=True))


def test_fine_tuning_changes_just_the_layers_it_names(images):
    backbone = load_backbone("VGG16", input_shape=SHAPE)
    base = backbone.model
    base.trainable = True
    for layer in base.layers:
        layer.trainable = layer.name.startswith("block5")
    before = {layer.name: layer.get_weights() for layer in base.layers}
    with_head(base).fit(backbone.preprocess(images), np.arange(8), verbose=0)
    changed = {layer.name for layer in base.layers for old, new in
               zip(before[layer.name], layer.get_weights(), strict=True) if (old != new).any()}
    assert changed == {"block5_conv1", "block5_conv2", "block5_conv3"}
