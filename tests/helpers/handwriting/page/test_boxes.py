"""Digits found on a page: each once, in order, with their strokes joined."""

import numpy as np
import pytest

from helpers.handwriting import Box, find_digits
from helpers.handwriting.page.order import reading_order
from tests.helpers.handwriting.pages import GRID, assert_found, line, page, write_digits


@pytest.mark.parametrize(("paper", "ink"), [(225, 40), (30, 220), (255, 0), (0, 255), (200, 120)])
def test_dark_on_light_and_light_on_dark(paper, ink):
    image = page(paper=paper)
    write_digits(image, GRID, ink)
    assert_found(image, GRID)


def test_boxes_hold_the_ink_and_a_rim_of_paper():
    image = page()
    line(image, (100, 200), (180, 200))
    (box,) = find_digits(image)
    rows, columns = np.nonzero(image < 130)
    assert box.top < rows.min() - 5
    assert box.bottom > rows.max() + 6
    assert box.left < columns.min() - 5
    assert box.right > columns.max() + 6
    assert box.bottom - box.top < 1.5 * np.ptp(rows)
    np.testing.assert_array_equal(box.cut(image), image[box.top:box.bottom, box.left:box.right])
    assert isinstance(box, Box)
    assert all(type(side) is int for side in box)


@pytest.mark.parametrize("colour", [(40, 60, 170), (180, 40, 50), (30, 110, 60), (240, 220, 60)])
def test_ink_of_any_colour(colour):
    grey = page(paper=0)
    write_digits(grey, GRID, ink=255)
    opacity = grey[..., None] / 255
    image = (240 + opacity * (np.array(colour) - 240.0)).astype(np.uint8)
    assert_found(image, GRID)


@pytest.mark.parametrize("seed", range(3))
def test_uneven_light_and_noise(seed):
    random = np.random.default_rng(seed)
    image = page()
    write_digits(image, GRID, ink=60, start=12 * seed)
    light = np.linspace(1, 0.45, 640)[None, ::1 if seed % 2 else -1] * np.ones((480, 1))
    light[:, 300:] *= 0.7  # a shadow with a sharp edge
    seen = np.clip(image * light + random.normal(0, 5, image.shape), 0, 255).astype(np.uint8)
    assert_found(seen, GRID)


@pytest.mark.parametrize("angle", [-12, -6, 3, 9, 15])
def test_reading_order_on_a_tilted_page(angle):
    columns, rows = np.meshgrid(np.arange(6) * 90.0, np.arange(4) * 100.0)
    jitter = np.random.default_rng(1).uniform(-8, 8, (2, 24))
    rows, columns = rows.ravel() + jitter[0], columns.ravel() + jitter[1]
    sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
    down, across = rows * cosine + columns * sine, columns * cosine - rows * sine
    boxes = np.stack([down - 30, across - 20, down + 30, across + 20], axis=1)
    shuffled = np.random.default_rng(2).permutation(24)
    np.testing.assert_array_equal(reading_order(boxes[shuffled]), boxes)


def test_order_of_one_row_of_two_digits_and_of_none():
    row = np.array([[0, 0, 60, 40], [25, 70, 85, 110]], float)  # the second lies lower
    np.testing.assert_array_equal(reading_order(row[::-1]), row)
    column = np.array([[0, 50, 60, 90], [100, 0, 160, 40]], float)
    np.testing.assert_array_equal(reading_order(column[::-1]), column)
    assert reading_order(np.zeros((0, 4))).shape == (0, 4)


@pytest.mark.parametrize("strokes", [
    [[(100, 300), (180, 290), (220, 330), (190, 360), (170, 300)], [(90, 315), (88, 370)]],
    [[(100, 300), (170, 295), (172, 350)], [(110, 362), (230, 358)]],
    [[(100, 300), (105, 350), (150, 340)], [(158, 338), (230, 320)]],
    [[(100, 300), (100, 350), (230, 320)], [(165, 305), (165, 313)]]],
    ids=["broken 5", "open 4", "broken 7", "crossed 7"])
def test_strokes_of_one_digit_are_joined(strokes):
    image = page()
    for stroke in strokes:
        line(image, *stroke)
    (box,) = find_digits(image)
    assert (image < 130).sum() == (box.cut(image) < 130).sum()


def test_neighbours_stay_apart():
    image = page()
    for column in (100, 125, 150):
        line(image, (100, column), (180, column - 8))
    assert len(find_digits(image)) == 3


def test_touching_digits_come_as_one_box():
    image = page()
    line(image, (100, 100), (180, 100), (180, 150), (100, 150), (100, 100))
    line(image, (100, 150), (180, 200))
    assert len(find_digits(image)) == 1
