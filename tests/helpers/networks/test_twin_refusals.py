"""Networks without a twin, or with another's weights, are refused by name."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
torch = pytest.importorskip("torch")
from keras import layers  # noqa: E402
from torch import nn  # noqa: E402

from helpers.networks import twin  # noqa: E402
from tests.helpers.networks.twins import agree, model_of  # noqa: E402


def test_what_keras_lacks_is_written_as_nothing_and_not_taken_back_in_silence():
    model = model_of(layers.BatchNormalization(center=False), shape=(4, 4, 3))
    network = nn.Sequential(nn.BatchNorm2d(3, eps=1e-3)).eval()
    network[0].bias.data.fill_(7.0)
    twin.carry_to_torch(model, network)
    agree(model, network)
    network[0].bias.data.fill_(7.0)
    with pytest.raises(ValueError, match="beta: the layer of PyTorch has learned"):
        twin.carry_to_keras(network, model)


def small():
    return model_of(layers.Conv2D(3, 3), layers.Flatten(), layers.Dense(4))


@pytest.mark.parametrize(("network", "message"), [
    (lambda: nn.Sequential(nn.Conv2d(2, 3, 3)), "Keras has Conv2D, Dense, PyTorch Conv2d"),
    (lambda: nn.Sequential(nn.Linear(105, 4), nn.Conv2d(2, 3, 3)), "in the same order"),
    (lambda: nn.Sequential(nn.Conv2d(2, 3, 3), nn.LayerNorm(4), nn.Linear(105, 4)), "LayerNorm"),
    (lambda: nn.Sequential(nn.Conv2d(2, 3, 3, bias=False), nn.Linear(105, 4)), "Keras has a bias"),
    (lambda: nn.Sequential(nn.Conv2d(2, 3, 3), nn.Linear(105, 5)), r"shape \(5, 105\)"),
    (lambda: nn.Sequential(nn.Conv2d(2, 3, 3), nn.Linear(105, 4)).double(), "PyTorch has float64")])
def test_networks_that_do_not_match_are_refused_and_stay_as_they_were(network, message):
    model, network = small(), network()
    before = [weight.clone() for weight in network.parameters()]
    kept = model.get_weights()
    with pytest.raises(ValueError, match=message):
        twin.carry_to_torch(model, network)
    with pytest.raises(ValueError):
        twin.carry_to_keras(network, model)
    assert all(torch.equal(old, new)
               for old, new in zip(before, network.parameters(), strict=True))
    for old, new in zip(kept, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def branched():
    inputs = keras.Input((8, 8, 2))
    return keras.Model(inputs, layers.Add()([inputs, layers.Conv2D(2, 3, padding="same")(inputs)]))


def used_twice():
    inputs, relu = keras.Input((8, 8, 2)), layers.ReLU(name="again")
    return keras.Model(inputs, relu(layers.Conv2D(2, 3)(relu(inputs))))


def two_outputs():
    inputs = keras.Input((8, 8, 2))
    return keras.Model(inputs, [layers.ReLU()(inputs), layers.ReLU()(inputs)])


@pytest.mark.parametrize(("model", "message"), [
    (lambda: keras.Sequential([layers.Conv2D(2, 3)]), "expected a .* model that is built"),
    (branched, "is a Add, which has no twin here; known are Conv2D"),
    (used_twice, "again is used more than once"), (two_outputs, "one output"),
    (lambda: model_of(layers.LayerNormalization()), "LayerNormalization, which has no twin"),
    (lambda: model_of(layers.DepthwiseConv2D(3)), "DepthwiseConv2D, which has no twin"),
    (lambda: model_of(layers.Dense(4)), "Dense layer on a map"),
    (lambda: model_of(layers.BatchNormalization(axis=1)), "normalise the channels"),
    (lambda: model_of(layers.ReLU(max_value=6)), "max_value"),
    (lambda: model_of(layers.Softmax(axis=1)), "softmax over the channels"),
    (lambda: model_of(layers.Conv2D(2, 3, activation="softsign")), "no twin here; known are"),
    (lambda: model_of(layers.AveragePooling2D(2, padding="same")), "both sides alike"),
    (lambda: model_of(layers.Conv2D(2, 3, strides=2, padding="same"), shape=(None, None, 2)),
     "leaves it open"),
    (lambda: keras.Sequential([layers.Input((2, 9, 9)), layers.MaxPooling2D(
        2, data_format="channels_first")]), "channels first")])
def test_models_without_a_twin_are_refused_by_name(model, message):
    with pytest.raises(ValueError, match=message):
        twin.torch_twin(model())


@pytest.mark.parametrize(("call", "message"), [
    (lambda: twin.kernel_to_torch(np.zeros((3, 3))), r"\(height, width, in, out\); got \(3, 3\)"),
    (lambda: twin.dense_to_torch(np.zeros((6, 2)), (2, 2, 2)), "a map of 6 numbers"),
    (lambda: twin.dense_to_keras(np.zeros(6)), r"\(out, in\)")])
def test_wrong_shapes_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_what_does_nothing_in_use_and_several_outputs_say_what_to_do():
    image = keras.Input((6, 6, 1))
    flipped = layers.RandomFlip(name="flip")(image)
    with pytest.raises(ValueError, match=r"flip is a RandomFlip, .* in use does nothing: build"):
        twin.torch_twin(keras.Model(image, layers.Conv2D(1, 3)(flipped)))
    two = keras.Model(image, [layers.Conv2D(1, 3)(image), layers.Conv2D(1, 5)(image)])
    with pytest.raises(ValueError, match=r"has 1 and 2; .*keras\.Model\(model\.inputs, model\.out"):
        twin.torch_twin(two)
