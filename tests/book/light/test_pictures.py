"""How figures are stored: what few colours show is exact, and nobody sees what is left out."""

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "book" / "_ext"))
from course_light import cards
from course_pictures import LARGE, SAME, in_few_colours, packed, webp


def decoded(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


@pytest.fixture
def map_with_letters():
    """A picture on white as chapters have them: smooth colours, and lines that blend with them."""
    pixels = np.full((1600, 2560, 3), 255, np.uint8)
    ramp = np.linspace(0, 255, 2240).astype(np.uint8)
    pixels[1200:1360, 160:2400] = np.stack([ramp, ramp[::-1], np.abs(ramp.astype(int) - 128)], -1)
    picture = Image.fromarray(pixels)
    pen = ImageDraw.Draw(picture)
    for number in range(60):
        pen.line([(160 + 38 * number, 100), (2400 - 30 * number, 1500)], width=6,
                 fill=("#0072b2", "#e69f00", "#009e73", "#d55e00")[number % 4])
    return picture.resize((640, 400), Image.Resampling.BOX)


def test_a_picture_of_few_colours_keeps_every_pixel():
    digit = np.random.default_rng(1).integers(0, 256, (28, 28)).astype(np.uint8)
    picture = Image.fromarray(np.kron(digit, np.ones((12, 12), np.uint8))).convert("RGB")
    assert in_few_colours(picture) is None
    assert (decoded(webp(picture)) == np.asarray(picture)).all()


def test_more_colours_become_256_that_look_alike_on_the_same_white(map_with_letters):
    stored, exact = webp(map_with_letters), packed(map_with_letters, lossless=True, quality=60)
    assert len(stored) < 0.7 * len(exact)
    wanted, shown = np.asarray(map_with_letters).astype(int), decoded(stored)
    assert (np.abs(shown - wanted) > SAME).mean() <= 0.001
    assert (shown[(wanted == 255).all(axis=-1)] == 255).all()


def test_a_photograph_is_not_pressed_into_256_colours():
    photograph = np.random.default_rng(2).integers(0, 256, (300, 300, 3)).astype(np.uint8)
    assert in_few_colours(Image.fromarray(photograph)) is None
    assert len(webp(Image.fromarray(photograph))) > LARGE


def rows_of_pictures(rows):
    """A white page with dark squares in rows, each below a title."""
    page = np.full((30 + 130 * rows, 560, 3), 255, np.uint8)
    for row in range(rows):
        page[20 + 130 * row:30 + 130 * row, 100:460] = 40  # the title
        page[36 + 130 * row:130 + 130 * row, 100:460] = 120
    return Image.fromarray(page)


@pytest.mark.parametrize(("rows", "shown"), [(2, 2), (3, 2), (5, 2)])
def test_a_card_cuts_no_row_of_a_picture_in_two(rows, shown):
    part = cards.upper_part(rows_of_pictures(rows))
    ink = np.asarray(part.convert("L")).min(axis=1) < 200
    begins = np.flatnonzero(np.diff(ink.astype(int), prepend=0) == 1)
    assert len(begins) == 2 * shown
    assert part.height <= cards.SIZE[1]


def test_a_card_of_fine_grain_is_light_too(tmp_path):
    grain = np.random.default_rng(3).integers(0, 256, (400, 700)).astype(np.uint8)
    Image.fromarray(np.kron(grain[:100, :175], np.ones((4, 4), np.uint8))).save(tmp_path / "a.png")
    cards.small(tmp_path / "a.png", tmp_path / "light.webp", opener=False)
    best = io.BytesIO()
    with Image.open(tmp_path / "light.webp") as card:
        assert card.size == cards.SIZE
        card.save(best, "WEBP", quality=cards.QUALITIES[0], method=6)
    assert (tmp_path / "light.webp").stat().st_size < 0.9 * len(best.getvalue())
