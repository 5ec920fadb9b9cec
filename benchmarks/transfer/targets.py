"""What borrowed features are measured on: digits, and small photographs of faces."""

from __future__ import annotations

import tempfile
from typing import NamedTuple

import numpy as np

from helpers.data.mnist import Digits, Split
from helpers.data.photos import load_photos, write_faces

DRAWS, LABELS = 10, 100


class Target(NamedTuple):
    """images (n, rows, columns, 3) from 0 to 255, labels (n,), and the rows of each draw.

    draws: ten arrays of places to train on; whether they overlap, each target says.
    watched, test: places to choose by and to measure on, for each draw.
    """

    images: np.ndarray
    labels: np.ndarray
    draws: list[np.ndarray]
    watched: list[np.ndarray]
    test: list[np.ndarray]


def choose(split: Split, per_class: int) -> Split:
    """The first digits of each class, in turn 0, 1, ..., 9: every ten hold each class once."""
    picked = [np.flatnonzero(split.labels == digit)[:per_class] for digit in range(10)]
    if min(map(len, picked)) < per_class:
        raise ValueError(f"expected {per_class} digits of each class, "
                         f"got {min(map(len, picked))} of one")
    order = np.stack(picked, axis=1).ravel()
    return Split(split.images[order], split.labels[order])


def coloured(images: np.ndarray) -> np.ndarray:
    """Digits with a border and three equal channels, pixels from 0 to 255: (n, 32, 32, 3)."""
    padded = np.pad(images, [(0, 0), (2, 2), (2, 2)])[..., np.newaxis].astype("float32")
    return np.repeat(padded, 3, axis=-1)


def scaled(images: np.ndarray, size: int) -> np.ndarray:
    """Images (n, rows, columns, 3) at another size; where they shrink, areas are averaged."""
    import tensorflow as tf

    if images.shape[1:3] == (size, size):
        return images.astype("float32")
    smaller = size < images.shape[1]
    return np.clip(tf.image.resize(images, (size, size), antialias=smaller).numpy(), 0, 255)


def digit_target(digits: Digits) -> Target:
    """Ten disjoint draws of 100 training digits, 100 validation digits and 300 test digits."""
    pool, watched = choose(digits.train, LABELS), choose(digits.validation, 10)
    step = max(len(digits.test.labels) // 300, 1)
    test = Split(*(part[::step][:300] for part in digits.test))
    parts = (pool, watched, test)
    draws = [np.arange(LABELS * draw, LABELS * (draw + 1)) for draw in range(DRAWS)]
    end, last = DRAWS * LABELS, DRAWS * LABELS + len(watched.labels)
    return Target(np.concatenate([coloured(part.images) for part in parts]),
                  np.concatenate([part.labels for part in parts]), draws,
                  [np.arange(end, last)] * DRAWS,
                  [np.arange(last, last + len(test.labels))] * DRAWS)


def face_target(labels: int) -> Target:
    """The 200 small photographs of scikit-image: some are drawn, all others are tested on.

    There are too few to set some apart: what is watched is what is tested on. The draws overlap.
    """
    with tempfile.TemporaryDirectory() as folder:
        photos = load_photos(write_faces(folder), size=32)
    draws, others = [], []
    for draw in range(DRAWS):
        shuffled = np.random.default_rng(draw).permutation(len(photos.labels))
        draws.append(np.concatenate([shuffled[photos.labels[shuffled] == label][:labels // 2]
                                     for label in (0, 1)]))
        others.append(np.setdiff1d(shuffled, draws[-1]))
    return Target(photos.images, photos.labels, draws, others, others)
