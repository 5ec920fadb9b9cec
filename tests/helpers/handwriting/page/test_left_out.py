"""What was left out on a page is counted, each mark with its reason."""

import cv2
import numpy as np
import pytest

from helpers.handwriting import find_digits
from helpers.handwriting.page.found import REASONS

INK = 40


def page():
    """A page with two digits: a 0 and a 1."""
    image = np.full((480, 640), 225, np.uint8)
    cv2.ellipse(image, (120, 120), (30, 42), 0, 0, 360, INK, 8, cv2.LINE_AA)
    cv2.line(image, (260, 80), (255, 160), INK, 8, cv2.LINE_AA)
    return image


def speck(image):
    image[300:302, 200:202] = INK


def dot(image):
    cv2.circle(image, (400, 300), 9, INK, -1, cv2.LINE_AA)


def dash(image):
    cv2.line(image, (380, 400), (470, 402), INK, 7, cv2.LINE_AA)


def edge(image):
    image[:, :12] = INK


def line(image):
    image[430:433] = 90


def frame(image):
    cv2.rectangle(image, (60, 60), (180, 180), INK, 2)


MARKS = {"speck": speck, "dot": dot, "dash": dash, "edge": edge, "line": line, "frame": frame}


@pytest.mark.parametrize("reason", list(MARKS))
def test_a_mark_is_left_out_for_its_reason(reason):
    image = page()
    MARKS[reason](image)
    found = find_digits(image)
    assert len(found) == 2
    assert found.counts == {reason: 1}
    (mark,) = found.left_out
    rows, columns = np.nonzero(image != page())
    assert mark.box.top <= rows.min() + 6
    assert mark.box.bottom >= rows.max() - 6
    assert mark.box.left <= columns.min() + 6
    assert mark.box.right >= columns.max() - 6


def test_marks_of_several_kinds_are_counted_and_said():
    image = page()
    for draw in (dot, dash, edge):
        draw(image)
    cv2.circle(image, (500, 300), 9, INK, -1, cv2.LINE_AA)
    found = find_digits(image)
    assert found.counts == {"dot": 2, "dash": 1, "edge": 1}
    assert next(iter(found.counts)) == "dot"
    for part in ("2 marks", "2 dots", "1 lying stroke", "1 edge"):
        assert part in found.summary()


def test_a_clean_page_leaves_nothing_out_and_is_a_plain_list():
    found = find_digits(page())
    assert found == list(found)
    assert found.left_out == []
    assert found.counts == {}
    assert found.paper is None
    assert "left out" not in found.summary()


def test_every_reason_has_its_words():
    assert all(one and other for one, other in REASONS.values())


def test_an_empty_square_of_thick_lines_is_one_mark():
    for thickness in (3, 5, 8):
        page = np.full((240, 320), 220, np.uint8)
        cv2.rectangle(page, (50, 50), (90, 90), 30, thickness)
        (box,) = find_digits(page)
        assert box.top < 50
        assert box.bottom > 90


def test_a_solid_thing_of_uneven_thickness_is_a_patch():
    page = np.full((300, 400), 220, np.uint8)
    cv2.circle(page, (200, 130), 60, 30, -1)
    for angle in range(0, 360, 45):
        end = 200 + 100 * np.cos(np.radians(angle)), 130 + 100 * np.sin(np.radians(angle))
        cv2.line(page, (200, 130), tuple(int(one) for one in end), 30, 8)
    found = find_digits(page)
    assert found == []
    assert found.counts == {"blob": 1}
