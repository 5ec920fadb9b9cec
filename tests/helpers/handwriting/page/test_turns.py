"""A page is read whichever way up it lies, and says which."""

import numpy as np
import pytest

pytest.importorskip("keras")

from helpers.data.mnist import read_embedded
from helpers.handwriting import read_page
from helpers.handwriting.sheets import compose_page, score_sheet, turn_sheet

DIGITS = read_embedded().validation


def page(seed=8001, count=15, family="plain"):
    chosen = np.random.default_rng(seed).permutation(len(DIGITS.labels))[:count]
    return compose_page(DIGITS.images[chosen], DIGITS.labels[chosen], family=family, seed=seed,
                        columns=5)


@pytest.mark.parametrize(("quarters", "turn", "word"), [
    (0, 0, "as it lies"), (1, 270, "clockwise"), (2, 180, "upside down"), (3, 90, "anticlockwise")])
@pytest.mark.parametrize("family", ["plain", "squares"])
def test_a_turned_page_is_read_upright(quarters, turn, word, family):
    sheet = page(family=family)
    read = read_page(turn_sheet(sheet, quarters).image)
    assert read.turn == turn
    assert word in read.summary()
    assert read.image.shape == sheet.image.shape
    score = score_sheet(sheet, read.found, read.digits)
    assert score.found >= 14
    assert score.right >= 13
    assert score.in_order


def test_turning_can_be_forbidden():
    assert read_page(turn_sheet(page(), 2).image, turns=False).turn == 0


def test_a_page_that_reads_well_is_not_turned():
    calls = []

    def sure(digits):
        calls.append(len(digits))
        return np.tile(np.eye(10)[3], (len(digits), 1))

    read = read_page(page().image, read=sure)
    assert len(calls) == 1
    assert read.turn == 0
    assert set(read.digits) == {3}


def test_no_clear_difference_leaves_the_page_as_it_lies():
    read = read_page(page().image, read=lambda digits: np.full((len(digits), 10), 0.1))
    assert read.turn == 0


def test_a_blank_page_is_read_as_it_lies():
    read = read_page(np.full((200, 300), 230, np.uint8))
    assert (read.turn, list(read.found), read.probabilities.shape) == (0, [], (0, 10))


def test_turned_truth_lies_on_its_digits():
    sheet = page()
    for quarters in range(4):
        turned = turn_sheet(sheet, quarters)
        for (row, column), size in zip(turned.centres.round().astype(int), turned.sizes,
                                       strict=True):
            half = size // 2
            part = turned.image[max(0, row - half):row + half, max(0, column - half):column + half]
            assert np.ptp(part.astype(int)) > 60
