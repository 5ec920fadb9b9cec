"""Digits found on a page: each once, in order, with their strokes joined and nothing else."""

import cv2
import numpy as np
import pytest

from helpers.data import read_embedded
from helpers.handwriting import Box, find_digits
from helpers.handwriting.order import reading_order

DIGITS = read_embedded().validation
INK, PAPER = 40, 225


def page(height=480, width=640, paper=PAPER):
    return np.full((height, width), paper, np.uint8)


def line(image, *points, ink=INK, thickness=7):
    """Draw strokes through points (row, column)."""
    corners = np.array([[column, row] for row, column in points], np.int32)
    cv2.polylines(image, [corners], False, ink, thickness, cv2.LINE_AA)


def write_digits(image, places, ink=INK, size=70, start=0):
    """Write embedded digits with their middles at places (row, column)."""
    for number, (row, column) in enumerate(places, start):
        opacity = cv2.resize(DIGITS.images[number], (size, size)).astype(float) / 255
        part = image[row - size // 2:row - size // 2 + size,
                     column - size // 2:column - size // 2 + size]
        part[:] = np.round(part + opacity * (ink - part.astype(float)))


def middles(boxes):
    return [((box.top + box.bottom) / 2, (box.left + box.right) / 2) for box in boxes]


def assert_found(image, places, within=18):
    found = find_digits(image)
    assert len(found) == len(places), found
    np.testing.assert_allclose(middles(found), places, atol=within)


GRID = [(row, column) for row in (90, 240, 390) for column in (90, 240, 390, 540)]


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


def test_specks_dots_and_dashes_are_left_out():
    image = page()
    write_digits(image, GRID[:4])
    random = np.random.default_rng(0)
    for row, column in zip(random.integers(200, 470, 40), random.integers(10, 630, 40),
                           strict=True):
        image[row:row + 2, column:column + 2] = 30
    cv2.circle(image, (300, 300), 5, INK, -1)
    line(image, (400, 200), (400, 300))
    assert_found(image, GRID[:4])


def test_digits_of_very_different_sizes():
    image = page(600, 800)
    write_digits(image, [(180, 180)], size=300)
    write_digits(image, [(60, 500), (60, 650)], size=40, start=1)
    write_digits(image, [(400, 600)], size=120, start=3)
    assert len(find_digits(image)) == 4


def test_digits_near_the_border():
    image = page(200, 300)
    write_digits(image, [(32, 32), (165, 265)], size=60)
    assert_found(image, [(32, 32), (165, 265)])


@pytest.mark.parametrize("squares", [False, True])
def test_pale_lines_of_the_paper_are_passed_over(squares):
    image = page()
    image[::40] = 190
    if squares:
        image[:, ::40] = 190
    write_digits(image, GRID)
    assert_found(image, GRID)


def test_a_table_around_the_paper_is_no_digit():
    image = page(700, 900, paper=50)
    image[60:640, 100:800] = PAPER
    places = [(row + 100, column + 150) for row, column in GRID]
    write_digits(image, places)
    assert_found(image, places)


def test_large_photos_are_searched_at_their_own_scale():
    image = page()
    write_digits(image, GRID)
    large = cv2.resize(image, (4000, 3000), interpolation=cv2.INTER_CUBIC)
    assert_found(large, [(6.25 * row, 6.25 * column) for row, column in GRID], within=110)


def test_a_large_1_by_a_fine_pen_is_no_line_of_the_paper():
    image = page()
    line(image, (60, 330), (420, 310), thickness=4)
    assert_found(image, [(240, 320)])


def test_a_digit_of_mnist_is_found_whole():
    for image in DIGITS.images[:20]:
        assert len(find_digits(image)) == 1


BLANK = {
    "black": page(paper=0), "white": page(paper=255), "grey": page(paper=127),
    "noise": np.random.default_rng(0).integers(0, 256, (300, 300), dtype=np.uint8),
    "grain": np.random.default_rng(0).normal(200, 6, (480, 640, 3)).astype(np.uint8),
    "gradient": np.tile(np.linspace(60, 240, 640), (480, 1)).astype(np.uint8),
    "shadow": np.where(np.arange(640) < 300, 120, 230) * np.ones((480, 1), np.uint8),
    "lined": np.where(np.arange(480)[:, None] % 40 < 2, 150, 230) * np.ones((1, 640), np.uint8),
    "squared": np.where((np.arange(480)[:, None] % 40 < 2) | (np.arange(640) % 40 < 2), 150, 230),
    "one pixel": page(1, 1), "a row of pixels": page(1, 5000), "seven": page(7, 7),
    "see-through": np.zeros((50, 50, 4), np.uint8)}


@pytest.mark.parametrize("name", list(BLANK))
def test_a_blank_page_has_no_digits(name):
    assert find_digits(BLANK[name]) == []
