"""Hold sizes, padding and counts against definitions and known networks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.arithmetic import (
    conv2d_multiplications,
    conv2d_parameters,
    dense_parameters,
    output_size,
    padding_amounts,
    same_padding,
)
from tests.helpers.arithmetic.draws import dilations, strides
from tests.helpers.layer_cases import DETERMINISTIC

sizes, kernels = st.integers(1, 40), st.integers(1, 7)


@DETERMINISTIC
@given(sizes, kernels, strides, dilations, st.sampled_from(["valid", "same", "full", 0, 1, 3]))
def test_output_size_counts_the_places_of_the_window(size, kernel, stride, dilation, padding):
    before, after = padding_amounts(size, kernel, stride=stride, padding=padding, dilation=dilation)
    taps = np.arange(kernel) * dilation
    places = [start for start in range(0, 2 * size + 40, stride)
              if start + taps[-1] < size + before + after]
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    if places:
        assert output_size(size, kernel, **options) == len(places)
    else:
        with pytest.raises(ValueError, match="the window must fit in the input"):
            output_size(size, kernel, **options)


@DETERMINISTIC
@given(sizes, kernels, strides, dilations)
def test_same_padding_is_the_least_that_keeps_every_place(size, kernel, stride, dilation):
    before, after = same_padding(size, kernel, stride=stride, dilation=dilation)
    places = -(-size // stride)
    assert output_size(size, kernel, stride=stride, padding="same", dilation=dilation) == places
    assert after - before in (0, 1)
    if before + after:
        span = dilation * (kernel - 1) + 1
        assert (places - 1) * stride + span == size + before + after


@pytest.mark.parametrize(("size", "kernel", "options", "expected"), [
    (5, 3, {}, 3),
    (28, 3, {}, 26),
    (28, 3, {"padding": "same"}, 28),
    (28, 3, {"stride": 2}, 13),
    (28, 3, {"stride": 2, "padding": "same"}, 14),
    (7, 3, {"dilation": 2}, 3),
    (4, 3, {"padding": "full"}, 6),
    (5, 3, {"padding": 1, "stride": 2}, 3),
    ((28, 20), 3, {}, (26, 18)),
    (28, (3, 5), {}, (26, 24)),
    (28, 3, {"stride": (1, 2)}, (26, 13)),
    ([5, 5], 3, {"dilation": [1, 2]}, (3, 1)),
    (np.int64(28), np.int32(3), {}, 26),
])
def test_output_size_of_known_cases(size, kernel, options, expected):
    assert output_size(size, kernel, **options) == expected


@pytest.mark.parametrize(("size", "kernel", "options", "expected"), [
    (28, 3, {}, (1, 1)),
    (28, 2, {}, (0, 1)),
    (28, 3, {"stride": 2}, (0, 1)),
    (5, 3, {"dilation": 2}, (2, 2)),
    (3, 1, {"stride": 2}, (0, 0)),
    ((28, 27), (3, 4), {"stride": 2}, ((0, 1), (1, 2))),
    (28, (5, 2), {}, ((2, 2), (0, 1))),
])
def test_same_padding_of_known_cases(size, kernel, options, expected):
    assert same_padding(size, kernel, **options) == expected


def test_counts_of_the_lessons_networks():
    assert conv2d_parameters(3, 1, 32) == 320
    assert conv2d_parameters(3, 32, 64) == 18_496
    assert conv2d_parameters((5, 3), 2, 4, use_bias=False) == 5 * 3 * 2 * 4
    assert dense_parameters(13 * 13 * 32, 10) == 54_090
    assert dense_parameters(16, 4, use_bias=False) == 64
    assert dense_parameters(16, 4, use_bias=np.False_) == 64
    assert conv2d_multiplications(28, 3, 1, 32) == 26 * 26 * 9 * 32
    assert conv2d_multiplications((28, 20), (3, 5), 2, 4, stride=2, padding="same") == (
        14 * 10 * 15 * 2 * 4)
    assert conv2d_multiplications(28, 3, 1, 1, dilation=2) == 24 * 24 * 9
