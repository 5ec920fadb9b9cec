"""A picture as an array: every form that makes sense is taken, and the rest is named."""

import numpy as np
import pytest

from helpers.handwriting import find_digits, to_mnist
from helpers.handwriting.pictures import as_picture

BYTES = np.arange(0, 240, 10, dtype=np.uint8).reshape(4, 6)


@pytest.mark.parametrize("image", [
    BYTES, BYTES[..., None], BYTES.astype(np.int64), BYTES.astype(np.uint16) * 257,
    BYTES / 255, (BYTES / 255).astype(np.float32)[..., None], BYTES.tolist()],
    ids=["bytes", "channel", "whole", "deep", "float", "float32", "list"])
def test_one_picture_in_many_forms(image):
    np.testing.assert_array_equal(as_picture(image), BYTES)


def test_true_and_false_are_white_and_black():
    np.testing.assert_array_equal(as_picture(BYTES > 100), 255 * (BYTES > 100))


def test_colour_keeps_its_channels_and_transparency_lies_on_white():
    colour = np.dstack([BYTES, BYTES, 255 - BYTES])
    np.testing.assert_array_equal(as_picture(colour), colour)
    half = np.full((4, 6), 51, np.uint8)
    laid = as_picture(np.dstack([colour, half])).astype(float)
    assert np.abs(laid - (0.2 * colour + 0.8 * 255)).max() <= 0.51
    assert as_picture(np.dstack([BYTES, half])).shape == (4, 6)


@pytest.mark.parametrize(("image", "message"), [
    (np.zeros(5, np.uint8), r"image must have shape \(h, w\).* got \(5,\)"),
    (np.zeros((2, 28, 28, 1), np.uint8), r"got \(2, 28, 28, 1\)"),
    (np.zeros((4, 6, 5), np.uint8), r"got \(4, 6, 5\)"),
    (np.zeros((0, 6), np.uint8), r"must not be empty; got shape \(0, 6\)"),
    (np.full((4, 6), np.nan), "finite numbers; got 24 that are NaN"),
    (np.where(BYTES == 0, np.inf, 0.5), "finite numbers; got 1 that are NaN or infinite"),
    (BYTES.astype(float), "floating-point image must lie from 0 to 1; got 0 to 230. Divide by 255"),
    (-(BYTES / 255), "must lie from 0 to 1"),
    (BYTES.astype(int) - 1, "from 0 to 255, or to 65535 in 16 bits; got -1 to 229"),
    (BYTES.astype(int) * 1000, "got 0 to 230000"),
    (BYTES + 1j, "real numbers"), ("my_digits.jpg", "real numbers"), (None, "real numbers"),
    ([[1, 2], [3]], "lists of equal length")])
@pytest.mark.parametrize("take", [as_picture, find_digits, to_mnist])
def test_what_is_no_picture_is_named(take, image, message):
    with pytest.raises(ValueError, match=message):
        take(image)
