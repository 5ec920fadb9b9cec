"""Digits on printed paper and in frames: found, not multiplied, and cut out without lines."""

import numpy as np
import pytest

from helpers.data.mnist import read_embedded
from helpers.handwriting import Box, find_digits
from helpers.handwriting.sheets import compose_page, score_sheet

DIGITS = read_embedded().validation
COUNT = 20


def page(family, seed, **options):
    chosen = np.random.default_rng(seed).permutation(len(DIGITS.labels))[:COUNT]
    return compose_page(DIGITS.images[chosen], DIGITS.labels[chosen], family=family, seed=seed,
                        columns=5, **options)


def score(sheet):
    boxes = find_digits(sheet.image)
    return score_sheet(sheet, boxes, [0] * len(boxes))


@pytest.mark.parametrize(("family", "strength", "troubles"), [
    ("lines", 0.7, ("camera",)), ("lines", 0.9, ("camera", "pencil")),
    ("squares", 0.6, ("camera",)), ("squares", 0.9, ()), ("squares", 0.7, ("camera", "jpeg")),
    ("squares", 0.6, ("camera", "glare")), ("squares", 0.6, ("camera", "pencil")),
    ("dots", 0.9, ("camera",)), ("dashes", 0.7, ("camera",)), ("margin", 0.7, ("camera",)),
    ("comb", 0.8, ("camera",)), ("table", 0.8, ("camera",))])
def test_digits_on_printed_paper_are_found_and_nothing_else(family, strength, troubles):
    scores = [score(page(family, seed, strength=strength, troubles=troubles))
              for seed in (7001, 7003)]
    assert sum(one.found for one in scores) >= 0.95 * 2 * COUNT
    assert sum(one.extra for one in scores) <= 2


def test_pale_lines_do_no_harm():
    for family in ("lines", "squares"):
        assert score(page(family, 7004, strength=0.05)).found == COUNT


@pytest.mark.parametrize(("family", "name"), [
    ("squares", "a grid covers this page"), ("lines", "lines cover this page"), ("plain", None)])
def test_paper_is_named(family, name):
    found = find_digits(page(family, 7005, strength=0.7).image)
    assert found.paper == name
    assert ("line" in found.counts) == (name is not None)


def ink_of(crop):
    return crop.min(axis=2) < 130


@pytest.mark.parametrize("family", ["squares", "boxes", "circles"])
def test_a_cut_shows_the_digit_without_lines_and_frames(family):
    shared, strange = 0, 0
    sheet = page(family, 7006, strength=0.8, troubles=())
    plain = page("plain", 7006, troubles=())
    for box in find_digits(sheet.image):
        cut, wanted = ink_of(box.cut(sheet.image)), ink_of(sheet.image)
        assert cut.shape == wanted[box.top:box.bottom, box.left:box.right].shape
        shared += int(cut.sum())
        strange += int(ink_of(Box(*box).cut(sheet.image)).sum())
    assert shared < 0.8 * strange  # much of what lies in the boxes is printed
    assert plain.image.shape == sheet.image.shape


@pytest.mark.parametrize("change", [
    lambda x: x.mean(2).astype(np.uint8), lambda x: x / 255, lambda x: x.astype(np.uint16) * 257,
    lambda x: np.dstack([x, np.full(x.shape[:2], 255, np.uint8)]), lambda x: x[..., :1]],
    ids=["grey", "float", "deep", "opaque", "channel"])
def test_a_page_is_cut_in_the_form_that_it_has(change):
    image = page("squares", 7007, strength=0.8, troubles=()).image
    (box, *_) = find_digits(image)
    part, cleaned = change(image), box.cut(image).astype(float)
    cut = box.cut(part)
    assert cut.dtype == part.dtype
    assert cut.shape == part[box.top:box.bottom, box.left:box.right].shape
    scale = {"f": 1.0, "u": 255.0}[part.dtype.kind] * (257 if part.dtype == np.uint16 else 1)
    brightness = cut.reshape(*cut.shape[:2], -1)[..., :3].mean(2) / scale
    assert np.abs(brightness - cleaned.mean(2) / 255).mean() < 0.03


def test_the_page_itself_is_left_as_it_is():
    image = page("squares", 7008, strength=0.8).image
    before = image.copy()
    for box in find_digits(image):
        box.cut(image)
    np.testing.assert_array_equal(image, before)
