"""Pictures as files of many kinds."""


import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")
from helpers.handwriting.composed_video import Frame, write_video  # noqa: E402 - after the check
from helpers.handwriting.webcam.source import Source  # noqa: E402

RANDOM = np.random.default_rng(0)

PICTURES = [RANDOM.integers(0, 256, (64, 96, 3)).astype(np.uint8) for _ in range(30)]


def clip(path, count=30):
    write_video(path, [Frame(picture, 0) for picture in PICTURES[:count]], rate=30)
    return path


def frames_of(name):
    with Source(name) as source:
        return list(source)
