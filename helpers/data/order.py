"""A new order of the digits in every epoch of a training, the same in every run."""

from __future__ import annotations

from itertools import count as counting
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import whole_number

if TYPE_CHECKING:
    import tensorflow as tf


def epoch_order(count: int, seed: int, epoch: int) -> np.ndarray:
    """Return the order of `count` digits in an epoch: a permutation of 0 to count - 1, int64.

    It follows from seed and epoch alone, so a training that was stopped finds it again.
    Raises ValueError for what is no whole number of at least 0.
    """
    count, seed, epoch = (whole_number(value, name, minimum=0) for value, name in
                          ((count, "count"), (seed, "seed"), (epoch, "epoch")))
    return np.random.default_rng([seed, epoch]).permutation(count)


def new_order_each_epoch(images: ArrayLike, labels: ArrayLike, *, batch_size: int, seed: int,
                         first_epoch: int = 0) -> tf.data.Dataset:
    """Return batches of images and labels for `model.fit`, in another order each time through.

    After keras.utils.set_random_seed, `fit` on arrays with TensorFlow draws one order and repeats
    it in every epoch. Give it this in their place, as in
    `model.fit(batches, epochs=5, shuffle=False)`: fit cannot shuffle batches that it is given, and
    warns unless shuffle=False says that it need not. Weights and dropout still follow from
    set_random_seed, the order from `seed` alone.
    images: (n, ...). labels: (n,) or (n, classes). Floating numbers become those of Keras, float32
        unless it was told otherwise, as `fit` does with arrays; others stay as they are.
    batch_size: of all batches but the last, which holds what is left.
    seed: a whole number of at least 0; epoch e takes `epoch_order(n, seed, e)`.
    first_epoch: the number of the first time through, where a training goes on or gets new images
        for each epoch. Every further time through counts one up, over several calls of `fit` too;
        so does looking at a batch with `next(iter(...))`, for a look begins an epoch.
    Raises ValueError for arrays of different lengths or without a digit, and for numbers that are
        not whole or too small.
    """
    images, labels = _numbers(images, "images"), _numbers(labels, "labels")
    count = len(images)
    if not count or len(labels) != count:
        raise ValueError("images and labels must have one entry for each digit, and at least one; "
                         f"got shapes {images.shape} and {labels.shape}")
    batch_size = min(whole_number(batch_size, "batch_size"), count)
    seed = whole_number(seed, "seed", minimum=0)
    epochs = counting(whole_number(first_epoch, "first_epoch", minimum=0))

    import tensorflow as tf

    def order():
        yield epoch_order(count, seed, next(epochs))

    steps, arrays = -(-count // batch_size), (tf.constant(images), tf.constant(labels))

    def one_epoch(numbers):
        def batch(step):
            chosen = numbers[step * batch_size:(step + 1) * batch_size]
            return tuple(tf.gather(array, chosen) for array in arrays)

        return tf.data.Dataset.range(steps).map(batch)

    orders = tf.data.Dataset.from_generator(
        order, output_signature=tf.TensorSpec((count,), tf.int64))
    options = tf.data.Options()
    options.experimental_warm_start = False  # fit makes iterators that it never reads
    return (orders.flat_map(one_epoch).prefetch(2).with_options(options)
            .apply(tf.data.experimental.assert_cardinality(steps)))


def _numbers(values: ArrayLike, name: str) -> np.ndarray:
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if not array.ndim or array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be an array of numbers, one entry a digit; got "
                         f"{type(values).__name__} of {array.dtype}, shape {array.shape}")
    if array.dtype.kind == "f":
        import keras

        return array.astype(keras.config.floatx(), copy=False)
    return array
