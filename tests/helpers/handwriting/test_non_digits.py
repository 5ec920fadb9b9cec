"""Pictures of no digit: in MNIST's form, different, the same for a seed."""

import numpy as np
import pytest

pytest.importorskip("cv2")

from helpers.handwriting.non_digits import KINDS, draw_non_digits, fit


def centre(picture):
    rows, columns = np.indices(picture.shape)
    return (rows * picture).sum() / picture.sum(), (columns * picture).sum() / picture.sum()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_mnists_form(kind):
    pictures = draw_non_digits(40, seed=3, kind=kind)
    assert pictures.shape == (40, 28, 28)
    assert pictures.dtype == np.float32
    assert pictures.min() >= 0
    assert pictures.max() <= 1
    for picture in pictures:
        rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
        assert max(np.ptp(rows), np.ptp(columns)) + 1 <= 20
        assert centre(picture) == pytest.approx((13.5, 13.5), abs=4.1)  # the box stays inside
        assert picture.sum() > 5
    assert len({picture.tobytes() for picture in pictures}) > 15


def test_a_seed_repeats_them_and_all_kinds_take_turns():
    np.testing.assert_array_equal(draw_non_digits(12, seed=5), draw_non_digits(12, seed=5))
    assert np.abs(draw_non_digits(12, seed=5) - draw_non_digits(12, seed=6)).max() > 0.5
    mixed = draw_non_digits(len(KINDS), seed=1)
    ink = mixed.sum(axis=(1, 2))
    assert ink[list(KINDS).index("blot")] > ink[list(KINDS).index("frame")]
    assert draw_non_digits(0, seed=1).shape == (0, 28, 28)


def test_ink_is_scaled_to_twenty_pixels_and_centred_by_mass():
    sheet = np.zeros((112, 112), np.uint8)
    sheet[10:50, 80:90] = 255
    picture = fit(sheet)
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    assert (len(rows), len(columns)) == (20, 5)
    assert centre(picture) == pytest.approx((13.5, 13.5), abs=0.51)
    assert picture[10, 13] == 1
    assert not fit(np.zeros((112, 112), np.uint8)).any()


def test_bad_wishes_are_named():
    with pytest.raises(ValueError, match=r"kind must be one of letter, .*, got 'digit'"):
        draw_non_digits(1, seed=0, kind="digit")
    with pytest.raises(ValueError, match="at least 0, got -1"):
        draw_non_digits(-1, seed=0)
