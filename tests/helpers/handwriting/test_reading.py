"""From a page to the digits on it, end to end."""

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("keras")

from helpers.data.mnist import read_embedded
from helpers.handwriting import find_digits, load_recogniser, read_image, to_mnist
from helpers.handwriting.sheets import compose_sheets, score_sheet

DIGITS = read_embedded().validation


@pytest.fixture(scope="module")
def recogniser():
    return load_recogniser()


def read(recogniser, image):
    boxes = find_digits(image)
    pictures = np.array([to_mnist(box.cut(image)) for box in boxes])[..., np.newaxis]
    return boxes, recogniser.predict(pictures, verbose=0)


def test_composed_sheets_are_read(recogniser):
    scores = []
    for sheet in compose_sheets(*DIGITS, sheets=3, seed=2001):
        boxes, probabilities = read(recogniser, sheet.image)
        scores.append(score_sheet(sheet, boxes, probabilities.argmax(axis=1)))
    digits, found, right, extra, in_order = np.sum(scores, axis=0)
    assert digits == 60
    assert found >= 58
    assert right >= 57, "95 %"
    assert extra <= 1
    assert in_order == 3


def test_a_photo_in_a_file_is_read_upright(recogniser, tmp_path):
    (sheet,) = compose_sheets(*DIGITS, sheets=1, seed=2002, digits=10)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    path = tmp_path / "photo.jpg"
    Image.fromarray(np.rot90(sheet.image).copy()).save(path, exif=exif, quality=85)
    boxes, probabilities = read(recogniser, read_image(path))
    score = score_sheet(sheet, boxes, probabilities.argmax(axis=1))
    assert score.right >= 9
    assert score.in_order
