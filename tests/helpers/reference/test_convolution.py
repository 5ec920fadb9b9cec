"""Check the convolution on numbers done by hand, its types, its algebra and its refusals."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import convolution
from helpers.reference.convolution import conv2d
from helpers.reference.loop import conv2d_loop

both = pytest.mark.parametrize("convolve", [conv2d, conv2d_loop])
IMAGE = np.arange(16).reshape(4, 4, 1)
KERNEL = np.array([[1, 0], [0, -1]]).reshape(2, 2, 1, 1)


def plane(rows):
    return np.array(rows)[..., np.newaxis]


@both
def test_by_hand(convolve):
    # Each window is 0 * a + 1 * b + 2 * c + 3 * d.
    kernel = np.arange(4).reshape(2, 2, 1, 1)
    assert_array_equal(convolve(plane([[0, 1, 2], [3, 4, 5], [6, 7, 8]]), kernel),
                       plane([[19, 25], [37, 43]]))
    assert_array_equal(convolve(IMAGE, KERNEL), np.full((3, 3, 1), -5))
    assert_array_equal(convolve(IMAGE, KERNEL, stride=2), np.full((2, 2, 1), -5))
    assert_array_equal(convolve(IMAGE, KERNEL, dilation=2), np.full((2, 2, 1), -10))
    assert_array_equal(convolve(IMAGE, KERNEL, bias=[7]), np.full((3, 3, 1), 2))


@both
def test_channels_are_summed_and_filters_stacked(convolve):
    image = np.stack([np.full((3, 3), 1), np.full((3, 3), 10)], axis=-1)
    kernels = np.ones((3, 3, 2, 2))
    kernels[..., 1, 1] = 0  # the second filter ignores the second channel
    assert_array_equal(convolve(image, kernels, bias=[0.5, 0]), [[[99.5, 9]]])


@both
def test_same_puts_the_odd_zero_below_and_right(convolve):
    ones = np.ones((2, 2, 1, 1))
    assert_array_equal(convolve(plane([[1, 2], [3, 4]]), ones, padding="same"),
                       plane([[10, 6], [7, 4]]))


@both
def test_full_counts_how_many_windows_cover_a_pixel_of_the_larger_map(convolve):
    out = convolve(np.ones((3, 3, 1)), np.ones((3, 3, 1, 1)), padding="full")[..., 0]
    assert_array_equal(out, np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1]))


@both
def test_padding_as_a_number_is_that_many_zeros(convolve):
    padded = np.pad(IMAGE, ((2, 2), (2, 2), (0, 0)))
    assert_array_equal(convolve(IMAGE, KERNEL, padding=2), convolve(padded, KERNEL))
    assert_array_equal(convolve(IMAGE, KERNEL, padding=0), convolve(IMAGE, KERNEL))


@both
def test_a_batch_is_its_images_one_by_one(convolve):
    rng = np.random.default_rng(0)
    batch, kernels = rng.normal(size=(3, 6, 5, 2)), rng.normal(size=(3, 2, 2, 4))
    out = convolve(batch, kernels, stride=(2, 1), padding="same")
    assert out.shape == (3, 3, 5, 4)
    for image, expected in zip(batch, out, strict=True):
        assert_allclose(convolve(image, kernels, stride=(2, 1), padding="same"), expected)


@both
@pytest.mark.parametrize(("image", "kernel", "expected"), [
    (np.float32, np.float32, np.float32),
    (np.float32, np.float64, np.float64),
    (np.float64, np.float32, np.float64),
    (np.float16, np.float16, np.float16),
    (np.uint8, np.float32, np.float32),
    (np.uint8, np.uint8, np.float64),
    (np.int64, np.int64, np.float64),
    (bool, bool, np.float64),
])
def test_type_of_the_result(convolve, image, kernel, expected):
    out = convolve(np.ones((4, 4, 1), image), np.ones((3, 3, 1, 1), kernel), bias=[1.0])
    assert out.dtype == expected
    assert_array_equal(out, np.full((2, 2, 1), 10))


@both
def test_bytes_do_not_overflow(convolve):
    white = np.full((3, 3, 1), 255, np.uint8)
    assert convolve(white, np.full((3, 3, 1, 1), 255, np.uint8)).item() == 9 * 255 * 255
    assert convolve(white, np.full((3, 3, 1, 1), -1, np.int8)).item() == -9 * 255


@both
def test_float16_is_rounded_once(convolve):
    rng = np.random.default_rng(0)
    image, kernels = rng.random((6, 6, 64)), rng.random((5, 5, 64, 2))
    image, kernels = image.astype(np.float16), kernels.astype(np.float16)
    exact = convolve(image.astype(np.float64), kernels.astype(np.float64))
    assert_allclose(convolve(image, kernels), exact, rtol=2**-11 * 1.01)


@both
def test_the_arguments_stay_as_they_were(convolve):
    image, kernel, bias = IMAGE.astype(float), KERNEL.astype(float), np.ones(1)
    out = convolve(image, kernel, bias=bias)
    out[:] = 0
    assert_array_equal(image, IMAGE)
    assert_array_equal(kernel, KERNEL)
    assert_array_equal(bias, [1])


@pytest.mark.parametrize("limit", [1, 50, 200, 1000])
def test_a_table_built_in_parts_gives_the_same(monkeypatch, limit):
    rng = np.random.default_rng(0)
    batch, kernels = rng.normal(size=(5, 7, 6, 2)), rng.normal(size=(3, 2, 2, 3))
    whole = conv2d(batch, kernels, padding="same")
    monkeypatch.setattr(convolution, "TABLE_LIMIT", limit)
    assert_allclose(conv2d(batch, kernels, padding="same"), whole, rtol=0, atol=1e-12)


def test_two_kernels_in_a_row_are_one_larger_kernel():
    rng = np.random.default_rng(0)
    image, first, second = (rng.normal(size=size) for size in [(8, 8), (3, 3), (2, 4)])
    one = first[..., None, None]
    other = second[..., None, None]
    in_a_row = conv2d(conv2d(image[..., None], one, padding="full"), other, padding="full")
    # Two correlations are a correlation with the true convolution of the kernels.
    larger = conv2d(first[..., None], other[::-1, ::-1], padding="full")
    assert_allclose(conv2d(image[..., None], larger[..., None], padding="full"), in_a_row)


def with_nan(*shape):
    array = np.ones(shape)
    array.flat[:3] = np.nan
    return array


@both
@pytest.mark.parametrize(("image", "kernels", "options", "message"), [
    (np.ones((2, 9, 1)), np.ones((3, 3, 1, 1)), {},
     "window must fit .* 'valid' it spans 3 cells; got an input of 2"),
    (np.ones((4, 4, 1)), np.ones((3, 3, 1, 1)), {"dilation": 2},
     r"spans 5 cells \(kernel size 3, dilation 2\); got an input of 4"),
    (IMAGE, KERNEL, {"stride": 0}, "stride must be a whole number of at least 1.* got 0"),
    (IMAGE, KERNEL, {"stride": -1}, "stride must be .* got -1"),
    (IMAGE, KERNEL, {"stride": 1.5}, r"stride must be .* got 1\.5"),
    (IMAGE, KERNEL, {"stride": True}, "stride must be .* got True"),
    (IMAGE, KERNEL, {"stride": (1, 1, 1)}, r"stride must be .* got \(1, 1, 1\)"),
    (IMAGE, KERNEL, {"dilation": 0}, "dilation must be .* got 0"),
    (IMAGE, KERNEL, {"padding": "smae"},
     'padding must be "valid", "same", "full" or a whole number .* got \'smae\''),
    (IMAGE, KERNEL, {"padding": True}, "padding must be .* got True"),
    (np.ones((4, 4)), KERNEL, {},
     r"shape \(height, width, channels\) or \(batch, height, width, channels\); "
     r"got shape \(4, 4\); add the channel"),
    (np.ones((1, 1, 4, 4, 1)), KERNEL, {}, r"image must have shape .* got shape \(1, 1, 4, 4, 1\)"),
    (IMAGE, np.ones((2, 2)), {},
     r"kernels must have shape \(height, width, in channels, filters\); got shape \(2, 2\)"),
    (np.ones((4, 4, 3)), KERNEL, {},
     r"kernels of shape \(2, 2, 1, 1\) expect an image with 1 channels; got one with 3"),
    (with_nan(4, 4, 1), KERNEL, {}, "image must hold finite numbers; got 3 that are NaN"),
    (IMAGE, with_nan(2, 2, 1, 1), {}, "kernels must hold finite numbers; got 3"),
    (np.full((4, 4, 1), np.inf), KERNEL, {}, "image must hold finite numbers; got 16"),
    (np.ones((0, 4, 4, 1)), KERNEL, {}, r"image must not be empty; got shape \(0, 4, 4, 1\)"),
    (np.ones((0, 4, 1)), KERNEL, {}, r"image must not be empty; got shape \(0, 4, 1\)"),
    (np.ones((4, 4, 0)), KERNEL, {}, r"image must not be empty; got shape \(4, 4, 0\)"),
    (IMAGE, np.ones((2, 2, 1, 0)), {}, r"kernels must not be empty; got shape \(2, 2, 1, 0\)"),
    (IMAGE, KERNEL, {"bias": [1, 2]},
     r"bias must have one number for each filter, shape \(1,\); got shape \(2,\)"),
    (IMAGE, KERNEL, {"bias": 1}, r"bias must have .* got shape \(\)"),
    (IMAGE, KERNEL, {"bias": [np.nan]}, "bias must hold finite numbers; got 1"),
    ([[[1], [2]], [[3]]], KERNEL, {}, "image must be an array, or lists of equal .* got a list"),
    (IMAGE, [[1, 0], [1]], {}, "kernels must be an array, or lists of equal .* got a list"),
    (IMAGE, KERNEL, {"bias": [[1], [1, 2]]}, "bias must be an array, or lists of equal .* a list"),
    (IMAGE, KERNEL, {"padding": 10**9}, "padding must add at most 67108864 cells; around 1 x 1 "),
    (IMAGE, KERNEL, {"padding": "same", "dilation": 10**6}, "padding must add at most"),
    (np.ma.masked_less(IMAGE, 2), KERNEL, {}, "image must have no masked cells; got 2"),
    (IMAGE * 1j, KERNEL, {}, "image must hold real numbers; got an array of complex128"),
    (np.full((4, 4, 1), "a"), KERNEL, {}, "image must hold real numbers; got an array of <U1"),
])
def test_bad_input_is_named(convolve, image, kernels, options, message):
    with pytest.raises(ValueError, match=message):
        convolve(image, kernels, **options)
