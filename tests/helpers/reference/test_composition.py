"""Two convolutions in turn against their composition, on random cases and by hand."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from helpers.arithmetic import same_padding
from helpers.reference import conv2d
from helpers.reference.composition import compose_kernels
from tests.helpers.layer_cases import DETERMINISTIC

SIZES, CHANNELS, STRIDES = st.integers(1, 5), st.integers(1, 4), st.integers(1, 3)
EXACT = {"rtol": 0, "atol": 1e-10}  # computed in float64
SINGLE = {"rtol": 0, "atol": 1e-5}  # computed in float32, on numbers about as large as 1


@st.composite
def stacks(draw, kind=np.float64):
    """Draw two layers with kernels of 1 to 5 cells a side, odd or even, and an image they fit.

    Weights are as large as Glorot's initialisation makes them, so that outputs are about 1.
    """
    sizes = [(draw(SIZES), draw(SIZES)) for _ in range(2)]
    channels = [draw(CHANNELS) for _ in range(3)]
    random = np.random.default_rng(draw(st.integers(0, 2**16)))

    def numbers(*shape):
        return random.uniform(-1, 1, shape).astype(kind)

    kernels = [numbers(*size, *channels[place:place + 2])
               * kind((6 / (np.prod(size) * sum(channels[place:place + 2]))) ** 0.5)
               for place, size in enumerate(sizes)]
    biases = [numbers(count) if draw(st.booleans()) else None for count in channels[1:]]
    room = [sum(size[axis] for size in sizes) - 1 + draw(st.integers(0, 6)) for axis in (0, 1)]
    return numbers(2, *room, channels[0]), kernels, biases


def composed(kernels, biases, **options):
    return compose_kernels(*kernels, first_bias=biases[0], second_bias=biases[1], **options)


def in_turn(image, kernels, biases, padding="valid", strides=(1, 1)):
    for one, bias, stride in zip(kernels, biases, strides, strict=True):
        image = conv2d(image, one, bias=bias, padding=padding, stride=stride)
    return image


@DETERMINISTIC
@given(stacks())
def test_valid_layers_are_one_convolution_exactly(case):
    image, kernels, biases = case
    kernel, bias = composed(kernels, biases)
    expected_shape = (*(np.add(*(one.shape[:2] for one in kernels)) - 1),
                      kernels[0].shape[2], kernels[1].shape[3])
    assert kernel.shape == expected_shape
    assert kernel.dtype == bias.dtype == np.float64
    assert_allclose(conv2d(image, kernel, bias=bias), in_turn(image, kernels, biases), **EXACT)


@DETERMINISTIC
@given(stacks())
def test_same_layers_are_one_convolution_in_the_interior(case):
    image, kernels, biases = case
    kernel, bias = composed(kernels, biases)
    paddings, inside = [], []
    for axis in (0, 1):
        length = image.shape[1 + axis]
        zeros = [same_padding(length, one.shape[axis]) for one in kernels]
        paddings.append(np.sum(zeros, axis=0))
        inside.append(slice(zeros[1][0], length - zeros[1][1]))
    one_layer = conv2d(np.pad(image, [(0, 0), *paddings, (0, 0)]), kernel, bias=bias)
    two_layers = in_turn(image, kernels, biases, "same")
    assert one_layer.shape == two_layers.shape
    assert_allclose(one_layer[:, inside[0], inside[1]], two_layers[:, inside[0], inside[1]],
                    **EXACT)


@DETERMINISTIC
@given(stacks(), st.tuples(STRIDES, STRIDES), STRIDES)
def test_strides_multiply_and_spread_the_second_kernel(case, first_stride, second_stride):
    image, kernels, biases = case
    kernel, bias = composed(kernels, biases, first_stride=first_stride)
    room = np.maximum(kernel.shape[:2], image.shape[1:3]) - image.shape[1:3]
    image = np.pad(image, [(0, 0), (0, room[0]), (0, room[1]), (0, 0)], constant_values=0.5)
    both = [stride * second_stride for stride in first_stride]
    assert_allclose(conv2d(image, kernel, bias=bias, stride=both),
                    in_turn(image, kernels, biases, strides=(first_stride, second_stride)),
                    **EXACT)


@DETERMINISTIC
@given(stacks(np.float32))
def test_keras_agrees_in_single_precision(case):
    image, kernels, biases = case
    layers = [keras.layers.Conv2D(one.shape[3], one.shape[:2], use_bias=bias is not None)
              for one, bias in zip(kernels, biases, strict=True)]
    network = keras.Sequential([keras.Input(image.shape[1:]), *layers])
    for layer, one, bias in zip(layers, kernels, biases, strict=True):
        layer.set_weights([one] if bias is None else [one, bias])
    kernel, bias = composed(kernels, biases)
    assert kernel.dtype == bias.dtype == np.float32
    assert_allclose(conv2d(image, kernel, bias=bias), network(image), **SINGLE)


def test_one_row_by_hand():
    kernel, bias = compose_kernels([[[[1]], [[2]]]], [[[[3]], [[4]]]],
                                   first_bias=[5], second_bias=[6])
    assert_array_equal(kernel[0, :, 0, 0], [3, 10, 8])  # 1*3, 1*4 + 2*3, 2*4
    assert_array_equal(bias, [41])  # 5 * (3 + 4) + 6


def test_channels_in_the_middle_are_summed():
    kernel, _ = compose_kernels(np.reshape([1, 10], (1, 1, 1, 2)), np.reshape([2, 3], (1, 1, 2, 1)))
    assert_array_equal(kernel, [[[[32]]]])


def test_the_border_of_same_layers_differs():
    ones = np.ones((3, 3, 1, 1))
    image = np.ones((6, 6, 1))
    kernel, _ = compose_kernels(ones, ones)
    difference = conv2d(image, kernel, padding="same") - in_turn(
        image, [ones, ones], [None, None], "same")
    expected = np.ones((6, 6), dtype=bool)
    expected[1:-1, 1:-1] = False
    assert_array_equal(difference[..., 0] > 0, expected)


def test_whole_numbers_are_computed_as_float64():
    kernel, bias = compose_kernels(np.full((1, 1, 1, 1), 200, np.uint8),
                                   np.full((1, 1, 1, 1), 200, np.uint8))
    assert kernel.item() == 40_000
    assert kernel.dtype == bias.dtype == np.float64


ONE = np.ones((3, 3, 2, 4))


@pytest.mark.parametrize(("arguments", "options", "message"), [
    ((ONE, ONE), {}, r"expects 2 channels from first; first of shape \(3, 3, 2, 4\) gives 4"),
    ((ONE[0], ONE), {}, r"first must have shape .*got \(3, 2, 4\)"),
    ((ONE, ONE[0]), {}, r"second must have shape .*got \(3, 2, 4\)"),
    ((np.full((1, 1, 1, 1), np.nan), ONE), {}, "first must hold finite numbers"),
    ((ONE, np.ones((1, 1, 4, 3))), {"first_bias": [1, 2]},
     r"first_bias must have shape \(4,\); got \(2,\)"),
    ((ONE, np.ones((1, 1, 4, 3))), {"second_bias": [1, 2]},
     r"second_bias must have shape \(3,\); got \(2,\)"),
    ((ONE, np.ones((1, 1, 4, 3))), {"first_stride": 0}, "first_stride must be a whole number"),
])
def test_refuses_what_does_not_belong_together(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        compose_kernels(*arguments, **options)
