"""The page's network computes what Keras computes, in plain loops and in WebAssembly."""

import keras
import numpy as np
import pytest
from keras import layers

from helpers.data.mnist import load_mnist
from helpers.networks.reader import load_reader
from helpers.networks.recogniser import load_recogniser
from tests.book.explorables.network.models import in_page

DIGITS = 1000
WAYS = pytest.mark.parametrize("plain", [True, False], ids=["plain", "fast"])


def settled(model, seed):
    """Give a model weights that are all at work, statistics and biases among them."""
    random = np.random.default_rng(seed)
    for layer in model.layers:
        for variable in layer.weights:
            low = 0.5 if variable.name in ("moving_variance", "gamma") else -0.5
            variable.assign(random.uniform(low, low + 1, variable.shape))
    return model


@WAYS
@pytest.mark.parametrize("load", [load_reader, load_recogniser])
def test_the_networks_of_the_course_agree_with_keras(page, tmp_path, load, plain):
    model = load()
    digits = load_mnist(source="embedded").test.images[:DIGITS, ..., np.newaxis] / 255
    expected = np.asarray(model(digits.astype(np.float32)))
    found, fast = in_page(page, model, digits, tmp_path, plain=plain)
    assert len(found) == DIGITS
    assert np.abs(found - expected).max() < 1e-5
    assert fast == (0 if plain else 5 if load is load_recogniser else 4)


def windowed(random):
    """A convolution, a depthwise one or a pooling with settings at random."""
    kind = random.integers(4)
    padding = str(random.choice(["valid", "same"]))
    size = tuple(int(one) for one in random.integers(1, 5, 2))
    strides = int(random.integers(1, 4))
    if kind == 0:
        spread = random.random() < 0.4
        return layers.Conv2D(int(random.integers(1, 20)), size, padding=padding,
                             strides=1 if spread else tuple(map(int, random.integers(1, 4, 2))),
                             dilation_rate=int(random.integers(1, 4)) if spread else 1,
                             activation=str(random.choice(["relu", "tanh", "linear"])),
                             use_bias=bool(random.integers(2)))
    if kind == 1:
        return layers.DepthwiseConv2D(size, strides=strides, padding=padding,
                                      depth_multiplier=int(random.integers(1, 3)))
    pooling = layers.MaxPooling2D if kind == 2 else layers.AveragePooling2D
    return pooling(size, strides=strides, padding=padding)


def generated(seed):
    """A chain of layers with settings at random, for pictures of 17x14 pixels."""
    random = np.random.default_rng(seed)
    channels = int(random.choice([1, 3]))
    model = keras.Sequential([keras.Input((17, 14, channels))])
    if random.random() < 0.3:
        model.add(layers.Rescaling(1 / 2, offset=0.1))
    for _ in range(int(random.integers(1, 4))):
        layer = windowed(random)
        shape = model.output_shape[1:3] if model.layers else (17, 14)
        size = getattr(layer, "kernel_size", None) or layer.pool_size
        reach = [one * getattr(layer, "dilation_rate", (1, 1))[axis]
                 for axis, one in enumerate(size)]
        if layer.padding == "valid" and any(
                one > side for one, side in zip(reach, shape, strict=True)):
            continue
        model.add(layer)
        if random.random() < 0.3:
            model.add(layers.BatchNormalization(scale=bool(random.integers(2))))
        if random.random() < 0.3:
            model.add(layers.ReLU())
    model.add(layers.GlobalAveragePooling2D() if random.random() < 0.4 else layers.Flatten())
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(7, activation="sigmoid"))
    model.add(layers.Dense(5))
    model.add(layers.Softmax())
    return settled(model, seed)


@WAYS
def test_every_padding_stride_and_dilation_agrees_with_keras(page, tmp_path, plain):
    for seed in range(40):
        model = generated(seed)
        pictures = np.random.default_rng(seed).uniform(
            size=(2, *model.input_shape[1:])).astype(np.float32)
        found, _ = in_page(page, model, pictures, tmp_path, plain=plain)
        expected = np.asarray(model(pictures, training=False))
        assert np.abs(found - expected).max() < 1e-5, (seed, model.summary())
