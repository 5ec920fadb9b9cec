"""What on a page is no digit, and digits that are easily missed."""

import cv2
import numpy as np
import pytest

from helpers.handwriting import find_digits
from tests.helpers.handwriting.pages import (
    DIGITS,
    GRID,
    INK,
    PAPER,
    assert_found,
    line,
    page,
    write_digits,
)


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
