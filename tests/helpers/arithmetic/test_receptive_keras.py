"""Receptive fields of Keras layers: chains are read, others refused by name."""

import pytest

from helpers.arithmetic import (
    receptive_field,
)


def lengths(layers):
    """The size of each field of square windows, as a number."""
    found = [field.size for field in receptive_field(layers)]
    assert all(height == width for height, width in found)
    return [height for height, _ in found]


def two_heads(layers, keras):
    image = keras.Input((20, 20, 1))
    x = layers.Conv2D(2, 3, name="stem")(image)
    return keras.Model(image, [layers.Conv2D(2, 3, name="left")(x),
                               layers.Conv2D(2, 5, name="right")(x)])


def used_twice(layers, keras):
    image, shared = keras.Input((20, 20, 1)), layers.Conv2D(1, 3, name="shared")
    return keras.Model(image, shared(shared(image)))


def added(layers, keras):
    image = keras.Input((20, 20, 1))
    x = layers.Conv2D(2, 3, padding="same", name="one")(image)
    x = layers.Add()([x, layers.Conv2D(2, 5, padding="same", name="other")(image)])
    return keras.Model(image, layers.Conv2D(2, 3, name="end")(x))


@pytest.mark.parametrize(("build", "message"), [
    (two_heads, "'right', follows 'stem', not 'left'"),
    (used_twice, "'shared', follows itself, being used more than once"),
    (added, "'other', follows 'input.*', not 'one'|'add.*': a Add takes the same cell"),
])
def test_receptive_field_of_layers_that_are_no_chain_is_refused(build, message):
    keras = pytest.importorskip("keras")
    model = build(keras.layers, keras)
    with pytest.raises(ValueError, match=f"(?:{message}).*field_box"):
        receptive_field(model.layers)
    windows = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D)]
    with pytest.raises(ValueError, match="field_box"):
        receptive_field(windows)


def test_receptive_field_of_a_chain_that_other_models_use_too():
    keras = pytest.importorskip("keras")
    layers = keras.layers
    model = keras.Sequential([keras.Input((20, 20, 1))])
    for size in (3, 2, 5):  # each add calls all layers anew
        model.add(layers.Conv2D(2, size))
    keras.Sequential([keras.Input((30, 30, 1)), *model.layers[:2]])
    keras.Model(model.inputs, model.layers[1].output)(keras.Input((20, 20, 1)))
    assert lengths(model.layers) == [3, 4, 8]
    assert lengths(model.layers[1:]) == [2, 6]
    shared = layers.Conv2D(1, 3)
    assert lengths([shared, shared]) == [3, 5]
    with pytest.raises(ValueError, match=f"'{model.layers[1].name}', .* lies before it"):
        receptive_field([model.layers[0], model.layers[2]])


def test_receptive_field_skips_what_does_nothing_in_use():
    keras = pytest.importorskip("keras")
    layers = keras.layers
    still = [layers.RandomFlip(), layers.RandomRotation(0.1), layers.AlphaDropout(0.1),
             layers.LayerNormalization(), layers.UnitNormalization(), layers.GaussianNoise(0.1)]
    assert lengths([*still, layers.Conv2D(1, 3), *still, layers.Conv2D(1, 3)]) == [3, 5]
    assert lengths([layers.SpectralNormalization(layers.Conv2D(1, 3, activation="relu"))]) == [3]
    for whole in (layers.LayerNormalization(axis=(1, 2, 3)), layers.GroupNormalization(2)):
        with pytest.raises(ValueError, match=r"layer 2 must not .* layer 1, \w+Normalization,"):
            receptive_field([whole, layers.Conv2D(1, 3)])


def test_receptive_field_tries_an_activation_of_ones_own():
    keras = pytest.importorskip("keras")
    layers, ops = keras.layers, keras.ops
    for kind in (ops.relu, lambda x: x * ops.sigmoid(x), ops.softmax, "gelu"):
        assert lengths([layers.Conv2D(2, 3, activation=kind)]) == [3]
    for kind in (lambda x: x - ops.mean(x, axis=(1, 2), keepdims=True),
                 lambda x: ops.flip(x, axis=1)):
        with pytest.raises(ValueError, match=r"layer 1, .* activation .* cell by cell"):
            receptive_field([layers.Conv2D(2, 3, activation=kind)])


def test_receptive_field_of_a_reshaped_image_is_refused_by_name():
    keras = pytest.importorskip("keras")
    layers = keras.layers
    model = keras.Sequential([keras.Input((28, 28)), layers.Reshape((28, 28, 1), name="map"),
                              layers.Conv2D(1, 3)])
    with pytest.raises(ValueError, match=r"layer 1 .* 'map': a Reshape .*; .*field_box"):
        receptive_field(model.layers)
