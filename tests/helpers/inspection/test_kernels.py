"""The kernels of every kind of convolution: with them the reference must answer as the layer."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

keras = pytest.importorskip("keras")
from keras import layers  # noqa: E402 - keras is slow to import and may be missing

from helpers import reference  # noqa: E402
from helpers.inspection import filters  # noqa: E402
from tests.helpers.inspection_models import images  # noqa: E402

IMAGE = images(1, (6, 7, 4))


def test_a_convolution_has_them_as_they_are():
    layer = layers.Conv2D(5, (3, 2))
    output = layer(IMAGE)
    assert filters(layer).shape == (3, 2, 4, 5)
    assert_allclose(reference.conv2d(IMAGE, filters(layer)), output, atol=1e-5)


def test_a_separable_convolution_gives_the_kernel_of_both_steps_together():
    layer = layers.SeparableConv2D(3, 3, depth_multiplier=2)
    output = layer(IMAGE)
    assert filters(layer).shape == (3, 3, 4, 3)
    assert_allclose(reference.conv2d(IMAGE, filters(layer)), output, atol=1e-5)


def test_each_depthwise_filter_sees_one_channel():
    layer = layers.DepthwiseConv2D(3, depth_multiplier=2)
    output = layer(IMAGE).numpy()
    kernels = filters(layer)
    assert kernels.shape == (3, 3, 1, 8)
    for number in range(8):
        channel = IMAGE[..., [number // 2]]
        assert_allclose(reference.conv2d(channel, kernels[..., [number]]), output[..., [number]],
                        atol=1e-5)


def test_groups_count_the_channels_of_one():
    layer = layers.Conv2D(6, 3, groups=2)
    layer.build((None, 6, 7, 4))
    assert filters(layer).shape == (3, 3, 2, 6)


def test_a_transposed_convolution_is_turned_to_in_and_out():
    layer = layers.Conv2DTranspose(2, 3)
    one = np.zeros((1, 1, 1, 4), np.float32)
    one[..., 1] = 1  # one cell of one channel puts down that channel's kernel
    output = layer(one).numpy()
    assert filters(layer).shape == (3, 3, 4, 2)
    assert_array_equal(output[0], filters(layer)[:, :, 1])


def test_half_precision_comes_as_float32():
    layer = layers.Conv2D(1, 1, dtype="float16")
    layer.build((None, 4, 4, 1))
    assert filters(layer).dtype == np.float32


def test_refusals():
    with pytest.raises(ValueError, match=r"Conv2D, .* got 'pool', a MaxPooling2D"):
        filters(layers.MaxPooling2D(name="pool"))
    with pytest.raises(ValueError, match="a Conv1D, which has no two-dimensional kernels"):
        filters(layers.Conv1D(1, 1))
    with pytest.raises(ValueError, match="'conv' has no kernels yet: build the model"):
        filters(layers.Conv2D(1, 1, name="conv"))
    model = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(1, 1, name="inside")])
    with pytest.raises(ValueError, match="got a Sequential; its convolutions are: inside"):
        filters(model)
    with pytest.raises(ValueError, match="got a str"):
        filters("conv")


def test_a_layer_that_is_there_for_training_alone_shows_the_kernels_inside():
    inside = layers.Conv2D(2, 3)
    model = keras.Sequential([keras.Input((6, 6, 1)), layers.SpectralNormalization(inside)])
    np.testing.assert_array_equal(filters(model.layers[0]), inside.kernel.numpy())
