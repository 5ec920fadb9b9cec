"""Composed sheets: the truth is true, a seed repeats it, and each effect does what it says."""

import matplotlib
import numpy as np
import pytest

from helpers.data.mnist import read_embedded
from helpers.handwriting import find_digits
from helpers.handwriting.sheets import (
    EFFECTS,
    Sheet,
    compose_sheet,
    compose_sheets,
    draw_form,
    fill_in_form,
    form_labels,
    score_sheet,
)
from helpers.handwriting.sheets.digits import draw_digit

IMAGES, LABELS = read_embedded().validation


def compose(seed=0, count=6, **options):
    return compose_sheet(IMAGES[:count], LABELS[:count], seed=seed, columns=3, **options)


def test_a_sheet_holds_its_digits_where_it_says():
    sheet = compose(effects=("size",))
    assert sheet.image.dtype == np.uint8
    assert sheet.image.shape == (510, 680, 3)
    np.testing.assert_array_equal(sheet.labels, LABELS[:6])
    for crop, size in zip(sheet.crops(), sheet.sizes, strict=True):
        ink = crop[..., 1] < 140
        assert not ink[0].any()
        assert not ink[-1].any()
        rows, columns = np.nonzero(ink)
        assert abs(max(np.ptp(rows), np.ptp(columns)) + 1 - size) <= 3
        middle = np.array([rows.min() + rows.max(), columns.min() + columns.max()]) / 2
        assert np.abs(middle - np.array(crop.shape[:2]) / 2).max() < 3


def test_truth_moves_with_the_tilt():
    for seed in range(4):
        sheet = compose(seed, effects=("size", "tilt"))
        ink = (sheet.image[..., 1] < 140).astype(float)
        for (row, column), size in zip(sheet.centres.round().astype(int), sheet.sizes,
                                       strict=True):
            half = size // 2
            part = ink[row - half:row + half, column - half:column + half]
            rows, columns = np.nonzero(part)
            assert abs(rows.min() + rows.max() - 2 * half) < 0.3 * size
            assert abs(columns.min() + columns.max() - 2 * half) < 0.5 * size


def test_a_seed_repeats_a_sheet_and_another_changes_it():
    first, again, other = compose(3), compose(3), compose(4)
    np.testing.assert_array_equal(first.image, again.image)
    np.testing.assert_array_equal(first.centres, again.centres)
    assert (first.image != other.image).mean() > 0.5


def spread(sheet):
    return sheet.image[:60].astype(float).std()


@pytest.mark.parametrize("effect", sorted(set(EFFECTS) - {"board", "ruling"}))
def test_each_effect_changes_the_plain_page(effect):
    assert (compose(1, effects=(effect,)).image != compose(1, effects=()).image).mean() > 0.001


def test_light_noise_board_and_ruling_do_what_they_say():
    plain = [compose(seed, effects=()) for seed in range(30)]
    assert all(spread(sheet) < 5 for sheet in plain)
    assert spread(compose(1, effects=("light",))) > 5
    noisy = compose(1, effects=("noise",)).image[:40].astype(float)
    assert 0.5 < (noisy - plain[1].image[:40]).std() < 9
    dark = [compose(seed, effects=("board",)).image.mean() < 128 for seed in range(30)]
    assert 1 <= sum(dark) <= 14
    ruled = [(compose(seed, effects=("ruling",)).image[:, :3, 1].std() > 2) for seed in range(30)]
    assert 1 <= sum(ruled) <= 16


def test_leaving_out_one_effect_leaves_the_others_as_they_are():
    everything = compose(5)
    less = compose(5, effects=set(EFFECTS) - {"noise"})
    np.testing.assert_array_equal(everything.centres, less.centres)
    assert np.abs(everything.image.astype(int) - less.image).mean() < 8


def test_many_sheets_use_no_digit_twice():
    marked = np.zeros((40, 28, 28), np.uint8)
    marked[:, 8:20, 13:15] = 255
    sheets = compose_sheets(marked, np.arange(40), sheets=4, digits=10, seed=0)
    assert sorted(np.concatenate([sheet.labels for sheet in sheets])) == list(range(40))
    with pytest.raises(ValueError, match="5 sheets of 10 digits need 50; got 40"):
        compose_sheets(marked, np.arange(40), sheets=5, digits=10, seed=0)


@pytest.mark.parametrize("thickness", [0.05, 0.1, 0.15])
def test_a_digit_is_drawn_at_its_size_with_its_pen(thickness):
    opacity = draw_digit(IMAGES[4], size=100, thickness=thickness)
    assert max(opacity.shape) == 100
    assert opacity.min() >= 0
    assert opacity.max() <= 1
    thin = draw_digit(IMAGES[4], size=100, thickness=0.03)
    assert opacity.mean() > thin.mean()


@pytest.mark.parametrize(("arguments", "message"), [
    ((IMAGES[0], LABELS[:1]), r"expected images of shape \(n, 28, 28\).*got \(28, 28\)"),
    ((IMAGES[:2], LABELS[:3]), r"labels \(n,\); got \(2, 28, 28\) and \(3,\)")])
def test_bad_digits_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        compose_sheet(*arguments, seed=0)


def test_an_unknown_effect_is_named():
    with pytest.raises(ValueError, match=r"effects are light, .*; got rain"):
        compose(effects=("rain",))


def box(row, column, half=20):
    return row - half, column - half, row + half, column + half


SHEET = Sheet(np.zeros((100, 300, 3), np.uint8), np.array([3, 1, 4]),
              np.array([[50.0, 50], [50, 150], [50, 250]]), np.array([40, 40, 40]))
RIGHT_BOXES = [box(50, 50), box(52, 149), box(50, 250)]


@pytest.mark.parametrize(("boxes", "answers", "expected"), [
    (RIGHT_BOXES, [3, 1, 4], (3, 3, 3, 0, True)),
    (RIGHT_BOXES, [3, 7, 4], (3, 3, 2, 0, True)),
    (RIGHT_BOXES[:2], [3, 1], (3, 2, 2, 0, True)),
    (RIGHT_BOXES[::-1], [4, 1, 3], (3, 3, 3, 0, False)),
    ([*RIGHT_BOXES, box(20, 100)], [3, 1, 4, 9], (3, 3, 3, 1, True)),
    ([box(50, 52), box(50, 50)], [9, 3], (3, 1, 1, 1, True)),
    ([box(50, 100)], [3], (3, 0, 0, 1, True)), ([], [], (3, 0, 0, 0, True))],
    ids=["all", "misread", "missed", "order", "extra", "twice", "between", "none"])
def test_score(boxes, answers, expected):
    assert tuple(score_sheet(SHEET, boxes, answers)) == expected


def test_score_wants_one_answer_for_each_box():
    with pytest.raises(ValueError, match="one answer for each of 3 boxes, got 1"):
        score_sheet(SHEET, RIGHT_BOXES, [1])


def test_the_form_is_a4_and_has_a_frame_for_each_label():
    figure = draw_form()
    assert tuple(figure.get_size_inches()) == pytest.approx((297 / 25.4, 210 / 25.4), abs=0.01)
    assert len(figure.axes[0].patches) == len(form_labels()) == 40
    assert [text.get_text() for text in figure.axes[0].texts] == list("0123456789")
    assert list(form_labels()[8:12]) == [8, 9, 0, 1]


@pytest.mark.filterwarnings("error::UserWarning")
def test_the_form_is_saved_without_a_warning_where_figures_arrange_themselves(tmp_path):
    with matplotlib.rc_context({"figure.constrained_layout.use": True}):
        figure = draw_form()
        figure.savefig(tmp_path / "sheet.pdf")
        figure.canvas.draw()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_form_that_is_not_filled_in_has_no_digits():
    figure = draw_form()
    figure.canvas.draw()  # at 100 dots to an inch
    assert find_digits(np.asarray(figure.canvas.buffer_rgba())) == []


@pytest.mark.parametrize("seed", [100, 101])
def test_a_filled_in_form_is_found_in_order(seed):
    sheet = fill_in_form(IMAGES, LABELS, seed=seed)
    np.testing.assert_array_equal(sheet.labels, form_labels())
    boxes = find_digits(sheet.image)
    score = score_sheet(sheet, boxes, [0] * len(boxes))
    assert score.found >= 39
    assert score.extra <= 1
    assert score.in_order


def test_a_form_needs_every_digit_four_times():
    with pytest.raises(ValueError, match=r"fewer of \[0, 1, 2, 3, 4, 6, 7, 8, 9\]"):
        fill_in_form(IMAGES[LABELS == 5], LABELS[LABELS == 5], seed=0)
