"""Short videos, and what was written of them."""

import csv

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")
pytest.importorskip("keras")
from helpers.handwriting import Box  # noqa: E402
from helpers.handwriting.composed_video import Frame, write_video  # noqa: E402 - after the check
from helpers.handwriting.webcam.finding import Sighting  # noqa: E402

made = []  # the guides of the finders that were made

PICTURE = np.full((120, 160, 3), 200, np.uint8)


class Blind:
    """A finder that sees nothing, at no cost; stands in where the network does not matter."""

    def __init__(self, guide=None):
        made.append(guide)

    def look(self, picture):
        return Sighting(None, None)

    def place(self, picture):
        return Box(10, 20, 50, 60)


class Camera:
    def __init__(self, count, stop=None, opens=True):
        self.count, self.stop, self.opens, self.released = count, stop, opens, False

    def __call__(self, name):
        return self

    def isOpened(self):
        return self.opens

    def read(self):
        if not self.count and self.stop:
            raise self.stop
        self.count -= 1
        return self.count >= 0, PICTURE.copy()

    def get(self, what):
        return 30.0 if what == cv2.CAP_PROP_FPS else -1.0

    def release(self):
        self.released = True


def clip(path, count=12):
    random = np.random.default_rng(0)
    write_video(path, [Frame(random.integers(0, 256, (120, 160, 3)).astype(np.uint8), -1)
                       for _ in range(count)])
    return str(path)


def frames_in(path):
    capture, found = cv2.VideoCapture(str(path)), 0
    while capture.grab():
        found += 1
    return found


def digits_in(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [int(row["digit"] or -1) for row in csv.DictReader(file)]
