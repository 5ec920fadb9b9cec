"""One digit in MNIST's form: as MNIST's own are, whatever the crop it comes from."""

import cv2
import numpy as np
import pytest
from scipy import ndimage

from helpers.data.mnist import read_embedded
from helpers.handwriting import STEPS, steps_of, to_mnist
from helpers.handwriting.strokes import thickness_of

DIGITS = read_embedded().validation.images[:60]


def crop(height=120, width=90, paper=225):
    return np.full((height, width), paper, np.uint8)


def bar(thickness=10, ink=40, **size):
    """A 1, 80 pixels high, with paper around it."""
    image = crop(**size)
    middle = image.shape[1] // 2
    image[20:100, middle - thickness // 2:middle - thickness // 2 + thickness] = ink
    return image


def extent(digit):
    rows, columns = np.nonzero(digit > 0)
    return np.ptp(rows) + 1, np.ptp(columns) + 1


def test_form_of_every_result():
    for image in DIGITS:
        digit = to_mnist(image)
        assert digit.shape == (28, 28)
        assert digit.dtype == np.float32
        assert digit.min() == 0
        assert digit.max() == 1
        assert max(extent(digit)) == 20
        assert np.abs(np.array(ndimage.center_of_mass(digit)) - 14).max() <= 0.5


@pytest.mark.parametrize("change", [
    lambda x: x, lambda x: 255 - x, lambda x: cv2.resize(255 - x, (300, 300)),
    lambda x: np.dstack([255 - x] * 3), lambda x: 40 + (255 - x) // 2],
    ids=["itself", "dark on light", "large", "colour", "pale"])
def test_a_digit_of_mnist_comes_back_nearly_as_it_was(change):
    differences = [np.abs(to_mnist(change(image)) - image / 255).mean() for image in DIGITS]
    blank = np.mean([np.abs(image / 255).mean() for image in DIGITS])
    assert np.median(differences) < 0.35 * blank


def test_shape_is_kept_and_mass_is_centred():
    image = crop(100, 200)
    cv2.rectangle(image, (40, 30), (160, 70), 40, 8)  # three times as wide as high
    high, wide = extent(to_mnist(image))
    assert wide == 20
    assert 6 <= high <= 8
    image = crop()
    cv2.line(image, (30, 20), (30, 100), 40, 8)
    cv2.circle(image, (45, 85), 16, 40, -1)  # most of the ink lies low
    digit = to_mnist(image)
    rows = np.flatnonzero(digit.any(1))
    assert 14 - rows[0] > rows[-1] - 14 + 3


def test_uneven_light_is_removed():
    even = bar()
    light = np.linspace(0.4, 1, 90)
    np.testing.assert_allclose(to_mnist((even * light).astype(np.uint8)), to_mnist(even), atol=0.3)
    shadow = np.where(np.arange(120)[:, None] < 60, 1, 0.55)
    np.testing.assert_allclose(to_mnist((even * shadow).astype(np.uint8)), to_mnist(even),
                               atol=0.3)


@pytest.mark.parametrize("thickness", [2, 3, 6, 12, 20])
def test_strokes_are_brought_near_to_those_of_mnist(thickness):
    digit = to_mnist(bar(thickness))
    wide = digit[14].sum()
    assert 1.9 <= wide <= 5.1
    assert digit.max() == 1


def test_thickness_of_a_bar_is_its_width():
    mask = np.zeros((200, 60), bool)
    mask[20:180, 20:32] = True
    assert thickness_of(mask) == pytest.approx(12, abs=1)
    assert thickness_of(np.zeros((5, 5), bool)) == 0


def test_specks_and_a_neighbours_stroke_are_dropped():
    alone, image = bar(), bar()
    image[5:7, 70:72] = 30
    image[:, :6] = 40  # a stroke that comes in from outside
    np.testing.assert_allclose(to_mnist(image), to_mnist(alone), atol=0.05)


def test_pieces_of_one_digit_are_kept():
    image = bar()
    image[20:28, 55:75] = 40  # apart from the bar, which ends in column 49
    assert extent(to_mnist(image))[1] > extent(to_mnist(bar()))[1] + 4


def test_a_digit_that_fills_its_crop():
    image = bar()[20:100, 30:60]  # touches the upper and lower border
    assert extent(to_mnist(image))[0] == 20


def test_steps_show_what_leads_to_the_result():
    steps = steps_of(bar())
    assert list(steps) == ["picture", *STEPS]
    np.testing.assert_array_equal(steps["mass"], to_mnist(bar()))
    assert steps["shape"].shape[0] == 20
    assert set(np.unique(steps_of(DIGITS[0])["ink"])) == {0, 1}
    assert all(plane.min() >= 0 and plane.max() <= 1 for name, plane in steps.items()
               if name != "picture")


@pytest.mark.parametrize("step", STEPS)
def test_each_step_can_be_left_out_and_is_missed(step):
    image = bar(3)
    cv2.line(image, (45, 98), (62, 98), 90, 3)  # an L, paler at the foot
    image = (image * np.linspace(0.6, 1, 90)).astype(np.uint8)
    without = to_mnist(image, without=[step])
    assert without.shape == (28, 28)
    assert 0 <= without.min() <= without.max() <= 1
    assert np.abs(without - to_mnist(image)).max() > 0.1


@pytest.mark.parametrize("without", ["light", ["nothing"], [3], 5, None, [["mass"]]])
def test_an_unknown_step_is_named(without):
    with pytest.raises(ValueError, match="without must be a collection of steps from"):
        to_mnist(bar(), without=without)


@pytest.mark.parametrize("image", [
    crop(paper=0), crop(paper=255), crop(1, 1), crop(1, 300), np.zeros((20, 20, 4), np.uint8),
    np.random.default_rng(0).normal(200, 5, (100, 80)).astype(np.uint8)],
    ids=["black", "white", "one pixel", "a row", "see-through", "grain"])
def test_a_picture_without_ink_is_refused(image):
    with pytest.raises(ValueError, match="expected a picture of one digit, found no ink"):
        to_mnist(image)
