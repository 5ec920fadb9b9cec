"""A Keras convnet and its PyTorch twin: weights to the bit, outputs nearly."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
torch = pytest.importorskip("torch")
from hypothesis import given, settings  # noqa: E402 - the libraries are slow and may be missing
from hypothesis import strategies as st  # noqa: E402
from keras import layers  # noqa: E402
from torch import nn  # noqa: E402

from helpers.networks import twin  # noqa: E402
from tests.helpers.networks.twins import RANDOM, agree, images_for, model_of, outputs, shake  # noqa: E402


def comes_back(model, network):
    """Weights that go to PyTorch and back are equal to the bit, into a model that had others."""
    other = keras.models.clone_model(model)
    shake(other)
    twin.carry_to_keras(network, other)
    for before, after in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)


@st.composite
def convolutions(draw):
    strides = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    dilation = (1, 1) if max(strides) > 1 else draw(st.tuples(st.integers(1, 2), st.just(1)))
    return {
        "filters": draw(st.sampled_from([2, 4])), "strides": strides, "dilation_rate": dilation,
        "kernel_size": draw(st.tuples(st.integers(1, 4), st.integers(1, 4))),
        "padding": draw(st.sampled_from(["valid", "same"])),
        "groups": draw(st.sampled_from([1, 2])), "use_bias": draw(st.booleans()),
        "activation": draw(st.sampled_from([None, "relu", "tanh", "sigmoid", "elu", "silu"]))}


@settings(max_examples=30, deadline=None)
@given(convolutions(), st.integers(7, 12), st.integers(7, 12))
def test_any_convolution_has_a_twin_that_agrees(options, height, width):
    model = model_of(layers.Conv2D(**options), layers.Flatten(), layers.Dense(3),
                     shape=(height, width, 2))
    comes_back(model, agree(model))


@pytest.mark.parametrize("layer", [
    lambda: layers.MaxPooling2D(2), lambda: layers.MaxPooling2D(3, 2, padding="same"),
    lambda: layers.MaxPooling2D((2, 3), (1, 2), padding="same"), lambda: layers.AveragePooling2D(2),
    lambda: layers.AveragePooling2D(3, 1, padding="same"), lambda: layers.ZeroPadding2D((1, 2)),
    lambda: layers.ZeroPadding2D(((0, 1), (2, 0))), lambda: layers.ReLU(),
    lambda: layers.LeakyReLU(), lambda: layers.Softmax(), lambda: layers.Activation("softmax"),
    lambda: layers.Activation("linear"), lambda: layers.Dropout(0.5),
    lambda: layers.BatchNormalization(), lambda: layers.BatchNormalization(scale=False),
    lambda: layers.BatchNormalization(center=False, momentum=0.8, epsilon=0.1),
    lambda: layers.BatchNormalization(center=False, scale=False)])
def test_layers_without_kernels_agree(layer):
    model = model_of(layer())
    comes_back(model, agree(model))


@pytest.mark.parametrize("layer", [
    lambda: layers.GlobalAveragePooling2D(), lambda: layers.GlobalMaxPooling2D(),
    lambda: layers.GlobalAveragePooling2D(keepdims=True)])
def test_global_pooling_agrees(layer):
    agree(model_of(layers.Conv2D(3, 3), layer()))


def test_a_whole_network_agrees_and_comes_back():
    model = model_of(
        layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False),
        layers.BatchNormalization(), layers.ReLU(), layers.MaxPooling2D(2, padding="same"),
        layers.Flatten(), layers.BatchNormalization(), layers.Dropout(0.3),
        layers.Dense(11, activation="tanh"), layers.BatchNormalization(), layers.Dense(5),
        layers.Softmax())
    network = agree(model)
    assert not network.training
    comes_back(model, network)


def test_functional_chains_nested_models_and_open_sizes_agree():
    inputs = keras.Input((None, None, 2))
    body = keras.Sequential([layers.Input((None, None, 2)),
                             layers.Conv2D(3, 4, padding="same", activation="relu")])
    outputs_ = layers.GlobalAveragePooling2D()(body(inputs))
    model = keras.Model(inputs, layers.Dense(4)(outputs_))
    shake(model)
    comes_back(model, agree(model))


def test_the_twin_has_the_settings_of_batch_normalisation():
    norm = twin.torch_twin(model_of(layers.BatchNormalization(center=False)))[0]
    assert (norm.eps, norm.momentum) == (1e-3, pytest.approx(0.01))
    assert norm.weight.requires_grad
    assert not norm.bias.requires_grad


def test_the_order_of_flattening_matters_and_a_wrong_one_shows():
    model = model_of(layers.Conv2D(3, 3), layers.Flatten(), layers.Dense(4))
    network = twin.torch_twin(model)
    wrong = model.layers[-1].kernel.numpy().T
    assert network[-1].weight.shape == wrong.shape
    with torch.no_grad():
        network[-1].weight.copy_(torch.from_numpy(wrong))
    expected, given = outputs(model, network, images_for(model))
    assert np.abs(expected - given).max() > 0.1


def test_orders_by_hand():
    weights = np.array([[0], [1], [2], [3]])  # places a and b, two channels: a0 a1 b0 b1
    np.testing.assert_array_equal(twin.dense_to_torch(weights, (1, 2, 2)), [[0, 2, 1, 3]])
    np.testing.assert_array_equal(twin.dense_to_torch(weights), [[0, 1, 2, 3]])
    assert twin.kernel_to_torch(np.zeros((3, 5, 2, 7))).shape == (7, 2, 3, 5)
    assert twin.kernel_to_keras(np.zeros((7, 2, 3, 5))).shape == (3, 5, 2, 7)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(1, 3))
def test_orders_are_undone(height, width, channels, units):
    shape = (height, width, channels)
    weights = RANDOM.normal(size=(height * width * channels, units))
    there = twin.dense_to_torch(weights, shape)
    np.testing.assert_array_equal(twin.dense_to_keras(there, shape), weights)
    # What a layer sees: the same map, flattened by either library.
    pixels = RANDOM.normal(size=shape)
    np.testing.assert_allclose(there @ pixels.transpose(2, 0, 1).ravel(), pixels.ravel() @ weights)


def test_a_network_written_by_hand_takes_the_weights_and_gives_them_back():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Sequential(nn.Conv2d(2, 3, 3), nn.ReLU(), nn.Flatten())
            self.last = nn.Linear(7 * 5 * 3, 4)

        def forward(self, x):
            return self.last(self.first(x))

    model = model_of(layers.Conv2D(3, 3, activation="relu"), layers.Flatten(), layers.Dense(4))
    network = Network()
    twin.carry_to_torch(model, network)
    comes_back(model, agree(model, network))
    network.last.weight.data.fill_(2.0)
    twin.carry_to_keras(network, model)
    assert (model.layers[-1].kernel.numpy() == 2).all()
