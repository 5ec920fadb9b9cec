"""A Keras convnet and its PyTorch twin: weights to the bit, outputs nearly, errors by name."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
torch = pytest.importorskip("torch")

from hypothesis import given, settings  # noqa: E402 - the libraries are slow and may be missing
from hypothesis import strategies as st  # noqa: E402
from keras import layers  # noqa: E402
from torch import nn  # noqa: E402

from helpers import twin  # noqa: E402

RANDOM = np.random.default_rng(0)


def model_of(*parts, shape=(9, 7, 2)):
    """A Sequential whose weights are all random, the statistics of batch normalisation too."""
    model = keras.Sequential([layers.Input(shape), *parts])
    shake(model)
    return model


def shake(model):
    for variable in model.variables:
        low = 0.5 if "variance" in variable.path else -0.5
        if variable.dtype == "float32":  # the seeds of dropout are not
            variable.assign(RANDOM.uniform(low, 1, variable.shape).astype("float32"))


def outputs(model, network, images):
    """What both give, in the order of Keras."""
    expected = np.asarray(model(images, training=False))
    with torch.no_grad():
        given = network(torch.from_numpy(images).permute(0, 3, 1, 2)).numpy()
    return expected, np.moveaxis(given, 1, -1)


def images_for(model, number=5):
    shape = [size or 8 for size in model.inputs[0].shape[1:]]
    return RANDOM.normal(size=(number, *shape)).astype("float32")


def agree(model, network=None):
    network = twin.torch_twin(model) if network is None else network
    expected, given = outputs(model, network, images_for(model))
    assert given.shape == expected.shape
    np.testing.assert_allclose(given, expected, atol=2e-5, rtol=1e-4)
    return network


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
