"""Random affine changes: each does what its name says, within its bound, the same for a seed."""

import numpy as np
import pytest

pytest.importorskip("keras")

from helpers.data.augmentation import augment, random_affines, warp

IMAGES = np.random.default_rng(0).uniform(size=(4, 9, 9, 2)).astype("float32")
STILL = np.array([[1, 0, 0, 0, 1, 0, 0, 0]], "float32")


def point(row, column, size=9):
    image = np.zeros((1, size, size, 1), "float32")
    image[0, row, column] = 1
    return image


def centre_of_mass(image):
    rows, columns = np.indices(image.shape[1:3])
    weights = image[0, ..., 0]
    return (rows * weights).sum() / weights.sum(), (columns * weights).sum() / weights.sum()


def test_without_bounds_nothing_changes():
    affines = random_affines(4, size=9, seed=0)
    np.testing.assert_allclose(affines, np.repeat(STILL, 4, axis=0), atol=1e-6)
    np.testing.assert_allclose(warp(IMAGES, affines), IMAGES, atol=1e-6)


def test_a_shift_by_whole_pixels_moves_the_image_and_fills_with_zeros():
    right_and_down = STILL.copy()
    right_and_down[0, [2, 5]] = -1, -2  # the output at (x, y) is the input at (x - 1, y - 2)
    moved = warp(IMAGES[:1], right_and_down)
    np.testing.assert_allclose(moved[0, 2:, 1:], IMAGES[0, :-2, :-1], atol=1e-6)
    assert not moved[0, :2].any()
    assert not moved[0, :, 0].any()


def test_half_a_pixel_is_interpolated():
    half = STILL.copy()
    half[0, 2] = 0.5
    row = np.arange(5, dtype="float32").reshape(1, 1, 5, 1)
    np.testing.assert_allclose(warp(row, half)[0, 0, :4, 0], [0.5, 1.5, 2.5, 3.5])


@pytest.mark.parametrize("bounds", [{"rotation": 90}, {"scale": 0.5}, {"shear": 0.5}])
def test_all_but_the_shift_leave_the_centre_in_place(bounds):
    affines = random_affines(50, size=9, seed=1, **bounds)
    for row in affines:
        assert row[:3] @ [4, 4, 1] == pytest.approx(4, abs=1e-5)
        assert row[3:6] @ [4, 4, 1] == pytest.approx(4, abs=1e-5)


def test_a_rotation_keeps_lengths_and_stays_within_its_angle():
    matrices = random_affines(200, size=28, rotation=20, seed=2)[:, [0, 1, 3, 4]].reshape(-1, 2, 2)
    np.testing.assert_allclose(matrices @ matrices.swapaxes(1, 2),
                               np.broadcast_to(np.eye(2), (200, 2, 2)), atol=1e-6)
    angles = np.degrees(np.arctan2(matrices[:, 0, 1], matrices[:, 0, 0]))
    assert np.abs(angles).max() <= 20.001
    assert angles.min() < -15 < 15 < angles.max()


def test_a_scale_changes_area_by_its_square_and_a_shear_by_nothing():
    def determinants(**bounds):
        a, b, _, d, e = random_affines(200, size=28, seed=3, **bounds)[:, :5].T
        return a * e - b * d

    areas = 1 / determinants(scale=0.2)
    assert 0.64 <= areas.min() < 0.75 < 1.25 < areas.max() <= 1.4401
    np.testing.assert_allclose(determinants(shear=0.5), 1, atol=1e-6)


def test_an_image_is_enlarged_about_its_centre():
    larger = np.array([[0.5, 0, 2, 0, 0.5, 2, 0, 0]], "float32")  # scale 2 about (4, 4)
    assert centre_of_mass(warp(point(3, 5), larger)) == pytest.approx((2, 6), abs=1e-5)


def test_a_shift_is_drawn_for_each_direction_within_its_bound():
    moved = random_affines(500, size=28, shift=2, seed=4)[:, [2, 5]]
    assert np.abs(moved).max() <= 2.00001
    assert (moved.min(axis=0) < -1.8).all()
    assert (moved.max(axis=0) > 1.8).all()
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.2


def test_every_image_gets_changes_of_its_own_and_a_seed_repeats_them():
    same = np.repeat(IMAGES[:1], 3, axis=0)
    first, again = (augment(same, rotation=30, shift=1, seed=5) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first[0] - first[1]).max() > 0.05
    assert np.abs(first - augment(same, rotation=30, shift=1, seed=6)).max() > 0.05


def test_many_images_are_warped_as_a_few_are(monkeypatch):
    affines = random_affines(4, size=9, rotation=30, seed=7)
    whole = warp(IMAGES, affines)
    monkeypatch.setattr("helpers.data.augmentation.AT_ONCE", 3)
    np.testing.assert_array_equal(warp(IMAGES, affines), whole)


def test_bytes_are_taken_and_floats_come_back():
    digits = (255 * IMAGES).astype("uint8")
    warped = augment(digits, seed=0)
    assert warped.dtype == np.float32
    np.testing.assert_allclose(warped, digits, atol=1e-3)


@pytest.mark.parametrize(("bounds", "message"), [
    ({"rotation": -1}, "rotation must be a number of at least 0, got -1"),
    ({"shift": float("nan")}, "shift must be a number of at least 0, got nan"),
    ({"scale": 1}, "scale must be below 1"),
    ({"size": 0}, "at least 1, got 2 and 0")])
def test_a_bad_bound_is_named(bounds, message):
    with pytest.raises(ValueError, match=message):
        random_affines(2, **({"size": 9} | bounds))


def test_bad_shapes_are_refused():
    with pytest.raises(ValueError, match=r"\(n, height, width, channels\), got \(9, 9\)"):
        warp(np.zeros((9, 9)), STILL)
    with pytest.raises(ValueError, match=r"affines must have shape \(4, 8\).*got \(1, 8\)"):
        warp(IMAGES, STILL)
    with pytest.raises(ValueError, match=r"\(n, size, size, channels\), got \(4, 9, 8, 2\)"):
        augment(IMAGES[:, :, :8])
