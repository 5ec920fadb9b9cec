"""Hold the reference layers, the sizes and the counts against Keras on the same generated cases."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose
from scipy.signal import convolve2d, correlate2d

from helpers import reference
from helpers.arithmetic import (
    conv2d_multiplications,
    conv2d_parameters,
    dense_parameters,
    output_size,
    same_padding,
)
from tests.helpers.layer_cases import DETERMINISTIC, Case, convolutions, poolings

AGREE = {"rtol": 0, "atol": 1e-5}
POOLINGS = {
    "max": (reference.max_pool2d, keras.layers.MaxPooling2D),
    "average": (reference.avg_pool2d, keras.layers.AveragePooling2D),
}


def spread_out(kernels, dilation):
    """Put the zeros of a dilation between the cells of a kernel."""
    height, width = (d * (k - 1) + 1 for k, d in zip(kernels.shape, dilation, strict=False))
    spread = np.zeros((height, width, *kernels.shape[2:]), kernels.dtype)
    spread[::dilation[0], ::dilation[1]] = kernels
    return spread


def keras_conv2d(case: Case):
    """Return Keras' output, output shape and number of parameters for a case."""
    kernels, dilation = case.kernels, case.dilation
    if max(case.stride) > 1 and max(dilation) > 1:
        # The layer refuses a stride with a dilation; zeros in the kernel are the same dilation.
        kernels, dilation = spread_out(kernels, dilation), (1, 1)
    # TensorFlow leaves float32 to oneDNN, which on some processors gets unequal strides wrong:
    # 2.21 answers zero for the second row of a 2x3 image with window (1, 2) and strides (1, 2).
    exact = "float32" if case.stride[0] == case.stride[1] else "float64"
    layer = keras.layers.Conv2D(case.filters, kernels.shape[:2], strides=case.stride,
                                padding=case.padding, dilation_rate=dilation, dtype=exact,
                                use_bias=case.use_bias, kernel_initializer="zeros")
    batch = case.image if case.batch else case.image[np.newaxis]
    layer.build(batch.shape)
    layer.set_weights([kernels, case.bias] if case.use_bias else [kernels])
    zeros = kernels[..., 0, 0].size - case.kernels[..., 0, 0].size
    count = layer.count_params() - zeros * case.channels * case.filters
    output = np.asarray(layer(batch))
    return output if case.batch else output[0], layer.compute_output_shape(batch.shape), count


def test_conv2d_sizes_and_counts_agree_with_keras():
    seen = set()

    @settings(DETERMINISTIC, max_examples=350)
    @given(convolutions())
    def agree(case):
        output, shape, count = keras_conv2d(case)
        options = {"stride": case.stride, "padding": case.padding, "dilation": case.dilation}
        for conv2d in (reference.conv2d, reference.conv2d_loop):
            ours = conv2d(case.image, case.kernels, bias=case.bias, **options)
            assert ours.dtype == np.float32
            assert ours.shape == output.shape
            assert_allclose(ours, output, **AGREE)
        sizes = output_size(case.size, case.window, **options)
        assert (*sizes, case.filters) == shape[1:]
        assert count == conv2d_parameters(case.window, case.channels, case.filters,
                                          use_bias=case.use_bias)
        assert conv2d_multiplications(
            case.size, case.window, case.channels, case.filters, **options
        ) == np.prod(shape[1:]) * np.prod(case.window) * case.channels
        seen.add(case)

    agree()
    assert len(seen) >= 300
    lopsided = [case for case in seen if case.padding == "same" and any(
        before != after for before, after in
        same_padding(case.size, case.window, stride=case.stride, dilation=case.dilation))]
    assert len(lopsided) >= 30
    assert any(max(case.stride) > 1 and max(case.dilation) > 1 for case in seen)
    assert any(case.size == (1, 1) for case in seen)
    for axis in (0, 1):
        assert {case.window[axis] for case in seen} == set(range(1, 8))
        assert {case.stride[axis] for case in seen} == set(range(1, 5))
        assert {case.dilation[axis] for case in seen} == set(range(1, 4))
    assert {case.channels for case in seen} == set(range(1, 5))
    assert {case.batch for case in seen} == set(range(4))


@pytest.mark.parametrize("mode", POOLINGS)
def test_pooling_and_its_sizes_agree_with_keras(mode):
    pool2d, keras_layer = POOLINGS[mode]
    seen = set()

    @settings(DETERMINISTIC, max_examples=200)
    @given(poolings())
    def agree(case):
        layer = keras_layer(case.window, strides=case.stride, padding=case.padding)
        batch = case.image if case.batch else case.image[np.newaxis]
        output = np.asarray(layer(batch))
        ours = pool2d(case.image, case.window, stride=case.stride, padding=case.padding)
        assert ours.dtype == np.float32
        assert_allclose(ours, output if case.batch else output[0], **AGREE)
        sizes = output_size(case.size, case.window, stride=case.stride, padding=case.padding)
        assert (*sizes, case.channels) == layer.compute_output_shape(batch.shape)[1:]
        seen.add(case)

    agree()
    assert len(seen) >= 150
    assert {case.padding for case in seen} == {"valid", "same"}


@settings(DETERMINISTIC, max_examples=60)
@given(convolutions(paddings=["full"]))
def test_full_padding_agrees_with_scipy(case):
    image = case.image if case.batch else case.image[np.newaxis]
    kernels = spread_out(case.kernels, case.dilation)
    expected = np.stack([
        sum(correlate2d(one[..., c], kernels[..., c, f], mode="full") for c in range(case.channels))
        for one in image for f in range(case.filters)])
    expected = np.moveaxis(expected.reshape(len(image), case.filters, *expected.shape[1:]), 1, -1)
    expected = expected[:, ::case.stride[0], ::case.stride[1]]
    options = {"stride": case.stride, "padding": "full", "dilation": case.dilation}
    for conv2d in (reference.conv2d, reference.conv2d_loop):
        ours = conv2d(case.image, case.kernels, **options)
        assert_allclose(ours, expected if case.batch else expected[0], **AGREE)
    assert output_size(case.size, case.window, **options) == expected.shape[1:3]


def test_a_turned_kernel_makes_scipys_convolution():
    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(6, 5)), rng.normal(size=(3, 2))
    ours = reference.conv2d(image[..., None], kernel[::-1, ::-1, None, None], padding="full")
    assert_allclose(ours[..., 0], convolve2d(image, kernel, mode="full"), **AGREE)


@pytest.mark.parametrize("shape", [(7,), (2, 7), (2, 3, 7)])
def test_dense_relu_and_softmax_agree_with_keras(shape):
    x = np.random.default_rng(1).normal(size=shape).astype(np.float32) * 5
    batch = x if x.ndim > 1 else x[np.newaxis]
    layer = keras.layers.Dense(4, bias_initializer="normal")
    expected = np.asarray(layer(batch)).reshape(*shape[:-1], 4)
    ours = reference.dense(x, *layer.get_weights())
    assert ours.dtype == np.float32
    assert_allclose(ours, expected, rtol=0, atol=1e-5)
    assert dense_parameters(7, 4) == layer.count_params()
    assert_allclose(reference.relu(x), keras.ops.relu(x), **AGREE)
    assert_allclose(reference.softmax(x), keras.ops.softmax(x), **AGREE)


def test_global_average_pool_agrees_with_keras():
    batch = np.random.default_rng(2).normal(size=(3, 5, 4, 2)).astype(np.float32)
    expected = np.asarray(keras.layers.GlobalAveragePooling2D()(batch))
    assert_allclose(reference.global_average_pool(batch), expected, **AGREE)
    assert_allclose(reference.global_average_pool(batch[0]), expected[0], **AGREE)


def test_the_lessons_network_gives_keras_probabilities():
    rng = np.random.default_rng(3)
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(128, 3, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    images = rng.random((2, 28, 28, 1)).astype(np.float32)
    weights, x = model.get_weights(), images
    for block in range(3):
        kernels, bias = weights[2 * block:2 * block + 2]
        x = reference.relu(reference.conv2d(x, kernels, bias=bias))
        x = reference.max_pool2d(x) if block < 2 else x.reshape(2, -1)
    x = reference.softmax(reference.dense(x, *weights[6:]))
    assert_allclose(x, model.predict(images, verbose=0), **AGREE)
    assert model.count_params() == 104_202 == (
        conv2d_parameters(3, 1, 32) + conv2d_parameters(3, 32, 64) + conv2d_parameters(3, 64, 128)
        + dense_parameters(3 * 3 * 128, 10))
