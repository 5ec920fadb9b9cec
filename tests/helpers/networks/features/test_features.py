"""Features kept in files: equal to fresh ones, renewed on any change."""

import keras
import numpy as np
import pytest
from keras import layers

from helpers.networks.features import features, fingerprint
from tests.helpers.networks.features.small_model import build


def test_features_are_what_the_layer_puts_out(model, inputs, tmp_path):
    got = features(model, inputs, "second", folder=tmp_path, batch_size=2)
    part = keras.Model(model.inputs[0], model.get_layer("second").output)
    assert got.shape == (5, 2, 2, 4)
    np.testing.assert_allclose(got, part(inputs), atol=1e-6)


def test_kept_features_equal_fresh_ones_and_cost_no_pass(model, inputs, tmp_path, passes):
    fresh = features(model, inputs, ["first", "second"], folder=tmp_path)
    kept = features(model, inputs, ["second", "first"], folder=tmp_path)
    assert list(kept) == ["second", "first"]
    for name in fresh:
        np.testing.assert_array_equal(kept[name], fresh[name])
        assert kept[name].dtype == fresh[name].dtype == np.float32
    assert passes == [5]
    features(model, inputs, ["first", "flat"], folder=tmp_path)
    assert passes == [5, 5]


def test_an_equal_model_built_later_finds_them(inputs, tmp_path, passes):
    features(build(), inputs, "second", folder=tmp_path)
    keras.Sequential([layers.Input((3,))])  # the next input layer has another name
    features(build(), inputs, "second", folder=tmp_path)
    assert passes == [5]


@pytest.mark.parametrize("change", ["pixel", "order", "type", "fewer", "layer", "weight",
                                    "statistic", "activation"])
def test_any_change_gives_new_features(model, inputs, tmp_path, passes, change):
    features(model, inputs, "second", folder=tmp_path)
    layer = "second"
    if change == "pixel":
        inputs[4, 5, 5, 1] += 1e-3
    elif change == "order":
        inputs = inputs[::-1]
    elif change == "type":
        inputs = inputs.astype("float64")
    elif change == "fewer":
        inputs = inputs[:4]
    elif change == "layer":
        layer = "normal"
    elif change == "weight":
        kernel = model.get_layer("first").kernel
        kernel.assign(np.asarray(kernel) + 1e-3)
    elif change == "statistic":
        model.get_layer("normal").moving_mean.assign(np.ones(3))
    else:
        weights = model.get_weights()
        model.get_layer("first").activation = keras.activations.tanh
        assert all((old == new).all()
                   for old, new in zip(weights, model.get_weights(), strict=True))
    again = features(model, inputs, layer, folder=tmp_path)
    assert len(passes) == 2
    part = keras.Model(model.inputs[0], model.get_layer(layer).output)
    np.testing.assert_allclose(again, part(inputs), atol=1e-5)


def test_layers_after_the_one_that_is_asked_for_do_not_matter(model, inputs, tmp_path, passes):
    features(model, inputs, "second", folder=tmp_path)
    before = fingerprint(model, "second")
    model.get_layer("head").bias.assign(np.ones(2))
    assert fingerprint(model, "second") == before
    features(model, inputs, "second", folder=tmp_path)
    assert passes == [5]
