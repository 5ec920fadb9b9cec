"""Check the poolings on numbers done by hand, their types and their refusals."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers.exercises.checks.limits import limited
from helpers.reference import avg_pool2d, global_average_pool, max_pool2d

both = pytest.mark.parametrize("pool2d", [max_pool2d, avg_pool2d])
IMAGE = np.array([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])[..., np.newaxis]


def test_by_hand():
    assert_array_equal(max_pool2d(IMAGE)[..., 0], [[6, 8], [3, 4]])
    assert_array_equal(avg_pool2d(IMAGE)[..., 0], [[3.75, 5.25], [2, 2]])
    assert_array_equal(max_pool2d(IMAGE, stride=1)[..., 0], [[6, 7, 8], [6, 7, 8], [3, 3, 4]])
    assert_array_equal(max_pool2d(IMAGE, (1, 4))[..., 0], [[4], [8], [3], [4]])
    assert_array_equal(max_pool2d(IMAGE, 2, stride=(2, 1))[..., 0], [[6, 7, 8], [3, 3, 4]])
    assert_array_equal(max_pool2d(IMAGE, 3)[..., 0], [[7]])


@pytest.mark.parametrize("kind", [np.int8, np.float32, np.float64])
def test_same_counts_only_cells_of_the_image(kind):
    image = -np.arange(1, 10, dtype=kind).reshape(3, 3, 1)
    assert_array_equal(max_pool2d(image, padding="same")[..., 0], [[-1, -3], [-7, -9]])
    assert_array_equal(avg_pool2d(image, padding="same")[..., 0], [[-3, -4.5], [-7.5, -9]])


@both
def test_channels_and_batch_stay_apart(pool2d):
    batch = np.random.default_rng(0).normal(size=(3, 6, 4, 2))
    out = pool2d(batch, (3, 2))
    assert out.shape == (3, 2, 2, 2)
    for index, channel in np.ndindex(3, 2):
        alone = pool2d(batch[index, :, :, channel:channel + 1], (3, 2))
        assert_allclose(out[index, :, :, channel], alone[..., 0])


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.float32, np.float64, bool])
def test_max_pool_keeps_the_type(kind):
    out = max_pool2d(IMAGE.astype(kind), 3, padding="same")
    assert out.dtype == kind
    assert_array_equal(out[..., 0], np.array([[6, 8], [3, 4]]).astype(kind))


@pytest.mark.parametrize(("kind", "expected"), [
    (np.uint8, np.float64), (bool, np.float64), (np.float32, np.float32)])
def test_averages_are_floating_point(kind, expected):
    white = np.full((2, 2, 1), 255).astype(kind)
    for out in (avg_pool2d(white), global_average_pool(white)):
        assert out.dtype == expected
        assert_array_equal(out.ravel(), white[0, 0].astype(expected))


def test_averages_of_many_float16_are_right():
    # Added up in float16, 90,000 tens are infinite and their number is too.
    tens = np.full((300, 300, 1), 10, np.float16)
    for out in (avg_pool2d(tens, 300), global_average_pool(tens)):
        assert out.dtype == np.float16
        assert out.item() == 10


def test_global_average_pool_gives_one_number_a_channel():
    image = np.stack([IMAGE[..., 0], np.full((4, 4), 2)], axis=-1)
    assert_array_equal(global_average_pool(image), [3.25, 2])
    assert_array_equal(global_average_pool(np.stack([image, 2 * image])), [[3.25, 2], [6.5, 4]])


@both
@pytest.mark.parametrize(("image", "args", "options", "message"), [
    (IMAGE, (5,), {}, "window must fit .* it spans 5 cells; got an input of 4"),
    (IMAGE, (10**9,), {"padding": "same"},
     r"padding must add at most .* planes of 4x4, 499999998 \+ 499999998 rows"),
    (IMAGE, (0,), {}, "pool_size must be a whole number of at least 1.* got 0"),
    (IMAGE, (2.0,), {}, r"pool_size must be .* got 2\.0"),
    (IMAGE, (True,), {}, "pool_size must be .* got True"),
    (IMAGE, (), {"stride": 0}, "stride must be .* got 0"),
    (IMAGE, (), {"stride": -2}, "stride must be .* got -2"),
    (IMAGE, (), {"padding": "full"}, 'padding must be "valid" or "same"; got \'full\''),
    (IMAGE, (), {"padding": 1}, 'padding must be "valid" or "same"; got 1'),
    (IMAGE[..., 0], (), {}, r"image must have shape .* got shape \(4, 4\); add the channel"),
    (np.ones((0, 4, 4, 1)), (), {}, r"image must not be empty; got shape \(0, 4, 4, 1\)"),
    (np.full((4, 4, 1), np.nan), (), {}, "image must hold finite numbers; got 16"),
])
def test_bad_input_is_named(pool2d, image, args, options, message):
    with pytest.raises(ValueError, match=message):
        pool2d(image, *args, **options)


@pytest.mark.parametrize(("image", "message"), [
    (np.ones((4, 4)), r"image must have shape .* got shape \(4, 4\)"),
    (np.ones((0, 4, 4, 1)), r"image must not be empty; got shape \(0, 4, 4, 1\)"),
    (np.full((4, 4, 1), np.nan), "image must hold finite numbers; got 16"),
])
def test_bad_input_of_the_global_pool_is_named(image, message):
    with pytest.raises(ValueError, match=message):
        global_average_pool(image)


def test_a_window_far_beyond_the_image_takes_no_time():
    image = np.arange(16, dtype=np.uint8).reshape(4, 4, 1)
    pooled = limited(lambda: max_pool2d(image, 4000, padding="same"), seconds=4)
    assert pooled.tolist() == [[[15]]]
