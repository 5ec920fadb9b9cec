"""The digits as a row's network takes them, in an order that follows from seed and epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.ledger.rows import Row
from helpers.data.mnist import Digits, Split
from helpers.networks.backbones import Backbone
from helpers.networks.features import features

if TYPE_CHECKING:
    import tensorflow as tf

PIXELS = 28


class Parts(NamedTuple):
    """The digits of one run: to train on, to watch after each epoch (or None), and to test."""

    train: Split
    watched: Split | None
    test: Split


def prepare(images: np.ndarray, row: Row) -> np.ndarray:
    """Pixels as the row's network takes them: float32 (n, size, size, channels).

    Digits larger than 28x28 get a border of zeros; a third channel repeats the first. Features of a
    frozen base, (n, numbers), stay as they are.
    """
    if images.ndim == 2:
        return images
    return framed(images, row) / np.float32(row.scale)


def framed(images: np.ndarray, row: Row) -> np.ndarray:
    """Digits with their border and channels, float32, with pixels from 0 to 255."""
    border = (row.size - PIXELS) // 2
    images = np.pad(images, [(0, 0), (border, border), (border, border)])[..., np.newaxis]
    images = np.repeat(images, row.channels, axis=-1)
    return images.astype("float32")


def with_features(chosen: Parts, row: Row, base: Backbone) -> Parts:
    """Put what the frozen base says, flattened, in the place of the digits: float32 (n, numbers).

    It is computed once and kept, since a frozen base says the same in every epoch.
    """
    def said(split: Split) -> Split:
        images = framed(split.images, row)
        pixels = base.preprocess(images) if row.own_preprocessing else images / row.scale
        maps = features(base.model, pixels.astype("float32"), base.model.layers[-1].name,
                        progress=f"{row.name}: features")
        return Split(maps.reshape(len(maps), -1), split.labels)

    return Parts(*(split and said(split) for split in chosen))


def parts(digits: Digits, row: Row, most: int | None = None) -> Parts:
    """Choose the digits of a row: all of them, or the subset that the row states.

    most: train on no more than this many. Fewer test digits are taken at equal distances, since the
    first half of MNIST's test set is easier than the second.
    """
    images, labels = digits.train
    if not row.validation:
        images = np.concatenate([images, digits.validation.images])
        labels = np.concatenate([labels, digits.validation.labels])
    kept = min(most or len(labels), row.digits or len(labels))
    step = max(len(digits.test.labels) // (row.test_digits or len(digits.test.labels)), 1)
    test = Split(digits.test.images[::step], digits.test.labels[::step])
    watched = digits.test if row.watches_test else digits.validation if row.validation else None
    if watched is not None and row.watched_digits:
        watched = Split(*(part[:row.watched_digits] for part in watched))
    return Parts(Split(images[:kept], labels[:kept]), watched, test)


def batches(split: Split, row: Row, order: np.ndarray | None = None) -> tf.data.Dataset:
    """Prepared images and labels, a batch at a time, so that they never fill the memory."""
    import tensorflow as tf

    images, labels = tf.constant(split.images), tf.constant(split.labels)
    border = (row.size - PIXELS) // 2

    def gather(numbers: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        if len(images.shape) == 2:  # features of a frozen base
            return tf.gather(images, numbers), tf.gather(labels, numbers)
        pixels = tf.cast(tf.gather(images, numbers), tf.float32) / np.float32(row.scale)
        pixels = tf.pad(pixels, [[0, 0], [border, border], [border, border]])
        return tf.repeat(pixels[..., tf.newaxis], row.channels, -1), tf.gather(labels, numbers)

    order = np.arange(len(split.labels)) if order is None else order
    return tf.data.Dataset.from_tensor_slices(order).batch(row.batch_size).map(gather).prefetch(2)
