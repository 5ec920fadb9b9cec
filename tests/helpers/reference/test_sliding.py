"""Check the single steps of a window: each step's numbers make the convolution's output."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import avg_pool2d, conv2d, max_pool2d
from helpers.reference.sliding import pooling_step, window_step, window_steps
from tests.helpers.layer_cases import DETERMINISTIC, convolutions

IMAGE = np.arange(16).reshape(4, 4)
KERNEL = np.array([[1, 0], [0, -1]])


def test_window_step_by_hand():
    step = window_step(IMAGE, KERNEL, 1, 2)
    assert_array_equal(step.patch, [[6, 7], [10, 11]])
    assert_array_equal(step.products, [[6, 0], [0, -11]])
    assert step.total == -5
    assert_array_equal(step.output, np.full((3, 3), -5))
    assert (step.row, step.col, step.top, step.left) == (1, 2, 1, 2)
    assert step.stride == step.dilation == (1, 1)
    assert step.padding == ((0, 0), (0, 0))
    assert_array_equal(step.image, IMAGE)
    assert_array_equal(step.kernel, KERNEL)


def test_window_step_in_the_padding():
    step = window_step(IMAGE, np.ones((3, 3)), 0, 1, padding="same", stride=3)
    assert step.padding == ((1, 1), (1, 1))
    assert (step.top, step.left) == (-1, 2)
    assert_array_equal(step.padded, np.pad(IMAGE, 1))
    assert_array_equal(step.patch, [[0, 0, 0], [2, 3, 0], [6, 7, 0]])
    assert step.total == step.output[0, 1] == 18


def test_window_step_with_dilation_takes_the_pixels_apart():
    step = window_step(IMAGE, KERNEL, 1, 0, dilation=(2, 3))
    assert_array_equal(step.patch, [[4, 7], [12, 15]])
    assert step.dilation == (2, 3)
    assert step.output.shape == (2, 1)


@pytest.mark.parametrize(("padding", "shape"), [
    (0, (3, 3)), ("valid", (3, 3)), (1, (5, 5)), ("same", (4, 4)), ("full", (5, 5))])
def test_window_step_takes_padding_by_name_or_number(padding, shape):
    assert window_step(IMAGE, KERNEL, 0, 0, padding=padding).output.shape == shape


@DETERMINISTIC
@given(convolutions())
def test_window_steps_make_the_convolution_in_reading_order(case):
    image, kernel = case.image if case.batch == 0 else case.image[0], case.kernels
    image, kernel = image[..., 0], kernel[..., 0, 0]
    options = {"stride": case.stride, "padding": case.padding, "dilation": case.dilation}
    expected = conv2d(image[..., None], kernel[..., None, None], **options)[..., 0]
    steps = window_steps(image, kernel, **options)
    assert [(step.row, step.col) for step in steps] == list(np.ndindex(expected.shape))
    for step in steps:
        assert_array_equal(step.products, step.patch * kernel)
        assert_allclose(step.total, step.products.sum(), rtol=0, atol=1e-5)
        (above, _), (before, _) = step.padding
        corner = step.padded[step.top + above, step.left + before]
        assert corner == step.patch[0, 0]
    assert_array_equal([step.total for step in steps], expected.ravel())


def test_bytes_do_not_overflow():
    step = window_step(np.full((2, 2), 255, np.uint8), np.full((2, 2), 255, np.uint8), 0, 0)
    assert_array_equal(step.products, np.full((2, 2), 255 * 255))
    assert step.total == 4 * 255 * 255


def test_steps_are_frozen_and_leave_the_arguments_alone():
    image = IMAGE.copy()
    step = window_step(image, KERNEL, 0, 0)
    for array in (step.image, step.kernel, step.padded, step.patch, step.products, step.output):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1
    with pytest.raises(FrozenInstanceError):
        step.row = 2
    image[0, 0] = 99  # the caller's array is still writeable, and not the step's
    assert step.image[0, 0] == 0


@pytest.mark.parametrize(("mode", "pool2d", "value"), [
    ("max", max_pool2d, 15), ("average", avg_pool2d, 12.5)])
def test_pooling_step_by_hand(mode, pool2d, value):
    step = pooling_step(IMAGE, 1, 1, mode=mode)
    assert_array_equal(step.patch, [[10, 11], [14, 15]])
    assert step.value == value
    assert_array_equal(step.output, pool2d(IMAGE[..., None])[..., 0])
    assert (step.top, step.left, step.pool_size, step.stride) == (2, 2, (2, 2), (2, 2))
    assert step.mode == mode


def test_pooling_step_with_overlap():
    step = pooling_step(IMAGE, 2, 1, pool_size=(2, 3), stride=1)
    assert_array_equal(step.patch, [[9, 10, 11], [13, 14, 15]])
    assert step.output.shape == (3, 2)
    assert step.stride == (1, 1)
    with pytest.raises(ValueError, match="read-only"):
        step.patch[0, 0] = 1


@pytest.mark.parametrize(("call", "message"), [
    (lambda: window_step(IMAGE, KERNEL, 3, 0),
     "row must be at most 2, since the output is 3x3; got 3"),
    (lambda: window_step(IMAGE, KERNEL, 0, 3), "col must be at most 2, .* 3x3; got 3"),
    (lambda: window_step(IMAGE, KERNEL, -1, 0),
     "row must be a whole number of at least 0; got -1"),
    (lambda: window_step(IMAGE, KERNEL, 0, 1.0), r"col must be a whole number .* got 1\.0"),
    (lambda: window_step(IMAGE, KERNEL, True, 0), "row must be a whole number .* got True"),
    (lambda: window_step(IMAGE[..., None], KERNEL, 0, 0),
     r"image must have shape \(height, width\); got shape \(4, 4, 1\)"),
    (lambda: window_step([[1, 2], [3]], KERNEL, 0, 0), "image must be an array, or lists of equal"),
    (lambda: window_step(IMAGE, KERNEL[0], 0, 0), r"kernel must have shape .* got shape \(2,\)"),
    (lambda: window_step(IMAGE * np.nan, KERNEL, 0, 0), "image must hold finite numbers; got 16"),
    (lambda: window_steps(np.ones((0, 4)), KERNEL), r"image must not be empty; got shape \(0, 4\)"),
    (lambda: window_steps(IMAGE, np.ones((5, 5))), "spans 5 cells; got an input of 4"),
    (lambda: window_steps(IMAGE, KERNEL, stride=0), "stride must be .* got 0"),
    (lambda: window_steps(IMAGE, KERNEL, padding="smae"), "padding must be .* got 'smae'"),
    (lambda: pooling_step(IMAGE, 2, 0), "row must be at most 1, since the output is 2x2; got 2"),
    (lambda: pooling_step(IMAGE, 0, 0, mode="mean"),
     'mode must be "max" or "average"; got \'mean\''),
    (lambda: pooling_step(IMAGE, 0, 0, mode=["max"]), r"mode must be .* got \['max'\]"),
    (lambda: pooling_step(IMAGE, 0, 0, pool_size=5), "spans 5 cells; got an input of 4"),
    (lambda: pooling_step(IMAGE, 0, 0, pool_size=0), "pool_size must be .* got 0"),
    (lambda: pooling_step(IMAGE[None], 0, 0), r"image must have shape .* got shape \(1, 4, 4\)"),
])
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_more_steps_than_can_be_shown_are_refused():
    with pytest.raises(ValueError, match=r"at most 100,000 cells .* got 801 x 801"):
        window_steps([[1]], [[1]], padding=400)
