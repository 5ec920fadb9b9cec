"""What the recogniser learns to refuse: shapes, letters of a pen, and how they are photographed."""

import matplotlib as mpl
import numpy as np
import pytest

pytest.importorskip("cv2")
pytest.importorskip("keras")

from pathlib import Path

from benchmarks.handwriting import strangers as module
from benchmarks.handwriting.snapshots import photograph_digits, snapshot
from benchmarks.letters.fonts import Face, characters_of
from benchmarks.letters.glyphs import bent, enlarged, formed, glyph, penned, written
from benchmarks.letters.shapes import SHAPES, draw_shapes
from helpers.data.mnist import read_embedded
from helpers.handwriting.strokes import thickness_of
from helpers.networks.recogniser import NO_DIGIT, decide, load_recogniser, read_record

FONT = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
FACE = Face("dejavu", FONT, characters_of(FONT))


@pytest.fixture(scope="module")
def model():
    return load_recogniser()


@pytest.mark.parametrize("kind", SHAPES)
def test_every_shape_has_mnists_form(kind):
    pictures = draw_shapes(20, seed=4, kind=kind)
    assert pictures.shape == (20, 28, 28)
    assert pictures.dtype == np.float32
    assert pictures.min() >= 0
    assert (pictures.max(axis=(1, 2)) == 1).all()
    for picture in pictures:
        assert max(np.ptp(np.flatnonzero(picture.any(axis))) for axis in (0, 1)) + 1 <= 20
    assert len({picture.tobytes() for picture in pictures}) == 20
    np.testing.assert_array_equal(pictures, draw_shapes(20, seed=4, kind=kind))


@pytest.mark.parametrize("kind", SHAPES)
def test_the_recogniser_refuses_shapes(model, kind):
    pictures = draw_shapes(200, seed=78, kind=kind)[..., np.newaxis]
    answers = decide(model.predict(pictures, batch_size=500, verbose=0))
    # Four standard deviations below what the record states for a thousand of the kind.
    share = read_record()["test"]["shapes_refused"][kind]
    assert np.mean(answers == NO_DIGIT) >= share - 4 * np.sqrt(share * (1 - share) / 200) - 0.01
    assert share >= 0.8


def test_an_unknown_shape_is_named():
    with pytest.raises(ValueError, match=r"one of ring, .*, got 'digit'"):
        draw_shapes(1, seed=0, kind="digit")


def test_a_pen_follows_the_middle_of_a_letter():
    random = np.random.default_rng(0)
    plane = enlarged(glyph(FONT, "L"))
    assert max(plane.shape) == 140
    line = penned(plane, random)
    assert (line * plane).sum() > 0.5 * line.sum()
    assert (line * plane).sum() > 0.5 * plane.sum()
    assert 8 <= thickness_of(line > 0) <= 24
    assert not np.array_equal(bent(plane, random), bent(plane, random))


def test_a_letter_is_written_in_mnists_form_and_a_space_not_at_all():
    random = np.random.default_rng(1)
    picture = formed(written(FONT, "R", random, pen=True))
    assert picture.shape == (28, 28)
    assert picture.max() == 1
    assert written(FONT, " ", random, pen=False) is None
    assert formed(np.zeros((50, 50), np.float32)) is None


def test_characters_are_drawn_with_their_names_where_the_font_has_them():
    images, names = module.draw_characters([FACE], "A7\ue123", seed=3)
    assert names.tolist() == ["A", "7"]
    assert images.shape == (2, 28, 28)


def test_lessons_without_typefaces_are_shapes_and_pictures_of_no_digit():
    lessons = module.draw_lessons("train", seed=5, others=10, typefaces=False)
    assert (lessons.labels == module.NO_LABEL).all()
    assert lessons.weights == pytest.approx(module.STRANGE)
    assert lessons.summary()["shapes"] == lessons.summary()["other"] == 10
    assert "letter" not in lessons.names  # OpenCV's letters stay unseen
    assert len(lessons.images) == 20


def test_lessons_from_typefaces_keep_digits_as_digits_and_twins_light(monkeypatch):
    monkeypatch.setattr(module, "faces", lambda part, script="latin", kinds=(): [FACE])
    lessons = module.draw_lessons("train", seed=5, others=5)
    counts = lessons.summary()
    assert (counts["letters"], counts["digits"]) == (52, 10)
    assert min(counts.values()) > 0
    assert lessons.labels[lessons.names == "7"] == 7
    assert lessons.weights[lessons.names == "7"] == 1
    assert lessons.labels[lessons.names == "K"] == module.NO_LABEL
    assert lessons.weights[lessons.names == "l"] < lessons.weights[lessons.names == "K"]


def test_a_photograph_keeps_a_digit_and_a_seed_repeats_it():
    digits = read_embedded().test.images[:30].astype(np.float32) / 255
    taken = photograph_digits(digits, seed=2)
    assert taken.shape == digits.shape
    for one, other in zip(digits, taken, strict=True):
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.5
    assert np.abs(taken - digits).max(axis=(1, 2)).min() > 0.1
    np.testing.assert_array_equal(photograph_digits(digits[10:], seed=2, first=10), taken[10:])


def test_a_photograph_of_a_dot_is_lost():
    sheet = np.zeros((100, 100), np.float32)
    sheet[48:53, 48:53] = 1
    assert snapshot(sheet, np.random.default_rng(0)) is None
