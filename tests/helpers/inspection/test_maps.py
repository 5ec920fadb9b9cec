"""Feature maps against the hand-written layers, the names of layers, and every kind of input."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers import reference  # noqa: E402
from helpers.inspection import (  # noqa: E402
    activation_statistics,
    feature_maps,
    filters,
    layer_names,
)
from tests.helpers import inspection_models as models  # noqa: E402

NAMES = ["first", "pooled", "second", "averaged"]


def by_hand(weights, images):
    """Every layer of the chain, by helpers.reference."""
    first, first_bias, second, second_bias, hidden, hidden_bias, classes, classes_bias = weights
    out = {"first": reference.relu(reference.conv2d(images, first, bias=first_bias))}
    out["pooled"] = reference.max_pool2d(out["first"], 2)
    out["second"] = reference.relu(reference.conv2d(out["pooled"], second, bias=second_bias,
                                                    stride=2, padding="same"))
    out["averaged"] = reference.avg_pool2d(out["second"], 2, padding="same")
    out["flat"] = out["averaged"].reshape(len(images), -1)
    out["hidden"] = reference.relu(reference.dense(out["flat"], hidden, hidden_bias))
    out["classes"] = reference.softmax(reference.dense(out["hidden"], classes, classes_bias))
    return out


@pytest.mark.parametrize("kind", models.BUILDERS)
def test_every_layer_equals_the_reference(kind):
    model, images = models.BUILDERS[kind](), models.images()
    expected = by_hand(model.get_weights(), images)
    names = [name for name in layer_names(model) if models.last_name(name) in expected]
    maps = feature_maps(model, images, names, batch_size=2)
    assert [models.last_name(name) for name in maps] == list(expected)
    for name, values in maps.items():
        assert_allclose(values, expected[models.last_name(name)], rtol=0, atol=1e-4)
    # Without names: the maps with four axes, in order.
    assert [models.last_name(name) for name in feature_maps(model, images)] == NAMES


def test_a_model_inside_a_model_goes_by_paths_and_its_own_name():
    model = models.nested()
    assert layer_names(model) == ["body/first", "body/pooled", "body/second", "body",
                                  "head/averaged", "head/flat", "head/hidden", "head/classes",
                                  "head"]
    maps = feature_maps(model, models.images(), ["body", "body/second"])
    assert_array_equal(maps["body"], maps["body/second"])


def test_the_model_is_left_as_it_was():
    model, images = models.nested(), models.images()
    before, own = model(images).numpy(), [set(vars(layer)) for layer in model.layers]
    for _ in range(2):
        feature_maps(model, images)
        activation_statistics(model, images)
        with pytest.raises(ValueError):
            feature_maps(model, images, "body/first@2")
    assert [set(vars(layer)) for layer in model.layers] == own
    assert_array_equal(model(images).numpy(), before)
    assert_allclose(model.predict(images, verbose=0), before, atol=1e-6)


def test_each_call_of_a_shared_layer_has_its_name():
    shared = layers.Conv2D(2, 3, padding="same", name="shared")
    inputs = keras.Input(models.SHAPE)
    model = keras.Model(inputs, shared(shared(inputs)))
    maps = feature_maps(model, models.images())
    assert list(maps) == ["shared", "shared@2"]
    assert_allclose(shared(maps["shared"]).numpy(), maps["shared@2"], atol=1e-5)
    assert list(feature_maps(model, models.images(), "shared@2")) == ["shared@2"]


def test_dropout_and_normalisation_work_as_in_use_not_in_training():
    model = keras.Sequential([keras.Input(models.SHAPE), layers.Dropout(0.9, name="dropout"),
                              layers.BatchNormalization(name="normal")])
    images = 5 + models.images()
    maps = feature_maps(model, images)
    assert_array_equal(maps["dropout"], images)
    assert_allclose(maps["normal"], images, rtol=1e-3)


@pytest.mark.parametrize("images", [
    np.zeros((28, 28)), np.full((28, 28, 1), 7.0), np.arange(784, dtype=np.uint8).reshape(28, 28),
    -np.ones((3, 28, 28), np.float16), np.ones((2, 28, 28, 1), bool), [[1] * 28] * 28])
def test_one_image_or_a_batch_of_any_number_type(images):
    model = keras.Sequential([keras.Input((28, 28, 1)),
                              layers.Conv2D(2, 3, use_bias=False, name="conv")])
    batch = np.asarray(images, np.float32).reshape(-1, 28, 28, 1)
    maps = feature_maps(model, images)["conv"]
    assert maps.dtype == np.float32
    assert maps.shape == (len(batch), 26, 26, 2)
    assert_allclose(maps, reference.conv2d(batch, filters(model.layers[-1])), rtol=1e-4, atol=1e-3)


def test_a_model_whose_input_has_no_channel_axis():
    model = keras.Sequential([keras.Input((6, 5)), layers.Reshape((6, 5, 1), name="channel")])
    images = models.images(3, (6, 5))
    assert_array_equal(feature_maps(model, images)["channel"][..., 0], images)
    assert_array_equal(feature_maps(model, images[0])["channel"][0, ..., 0], images[0])


def test_mobilenet_from_keras_applications():
    model = keras.applications.MobileNetV2(weights=None, input_shape=(64, 64, 3), classes=5)
    maps = feature_maps(model, models.images(2, (64, 64, 3)))
    assert maps["Conv1"].shape == (2, 32, 32, 32)
    assert list(maps)[-1] == "out_relu"
    # Keras's own way to a layer of a model without models inside.
    until = keras.Model(model.input, model.get_layer("block_3_expand").output)
    assert_allclose(maps["block_3_expand"], until(models.images(2, (64, 64, 3))), atol=1e-5)


def test_refusals_name_what_was_expected_and_what_came():
    model = models.functional()
    with pytest.raises(ValueError, match="got 'third'; there are: first, pooled, second, averaged, "
                                         "flat, hidden, classes"):
        feature_maps(model, models.images(), ["first", "third"])
    with pytest.raises(ValueError, match=r"calls.*got 'first@2'; there are: first, pooled"):
        feature_maps(model, models.images(), "first@2")
    with pytest.raises(ValueError, match=r"\(12, 10, 2\) or \(n, 12, 10, 2\).* got \(12, 10\)"):
        feature_maps(model, models.images()[0, ..., 0])
    with pytest.raises(ValueError, match=r"got \(5, 12, 10, 3\)"):
        feature_maps(model, models.images(5, (12, 10, 3)))
    with pytest.raises(ValueError, match="images must hold finite numbers; got 1 "):
        feature_maps(model, np.where(np.arange(240).reshape(models.SHAPE) == 7, np.nan, 0))
    with pytest.raises(ValueError, match="must not be empty"):
        feature_maps(model, models.images(0))
    with pytest.raises(ValueError, match="'unbuilt' must be built"):
        feature_maps(keras.Sequential([layers.Conv2D(1, 1)], name="unbuilt"), models.images())
    with pytest.raises(ValueError, match="must be a Keras model, got str"):
        feature_maps("model", models.images())
    two = keras.Model(inputs := [keras.Input(models.SHAPE), keras.Input(models.SHAPE)],
                      layers.Add()(inputs))
    with pytest.raises(ValueError, match="must have one input, got 2"):
        feature_maps(two, models.images())
    flat = keras.Sequential([keras.Input((784,)), layers.Dense(2)])
    with pytest.raises(ValueError, match=r"must take images.* got an input of shape \(784,\)"):
        feature_maps(flat, models.images())
