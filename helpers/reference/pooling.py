"""Pool images: keep the largest value of each window, or the mean."""

import functools
import itertools

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import IntOrPair, padding_rule, pair
from helpers.arithmetic.sizes import output_size, padding_amounts
from helpers.reference.arrays import computing_type, image_batch, pad_images, summing_type
from helpers.reference.windows import windows_of

MANY = 1000  # places in a window


def max_pool2d(image: ArrayLike, pool_size: IntOrPair = 2, *, stride: IntOrPair | None = None,
               padding: str = "valid") -> np.ndarray:
    """Keep the largest value of each window, channel by channel.

    image (height, width, channels) or a batch of them; the channels stay and so does the type.
    Without `stride` the windows lie side by side. With padding "same" the cells outside the image
    never win, as in Keras.
    """
    images, is_batch = image_batch(image)
    lowest = -np.inf if images.dtype.kind == "f" else _lowest_integer(images.dtype)
    windows = _pool_windows(images, lowest, pool_size, stride, padding)
    if windows.shape[3] * windows.shape[4] > MANY:
        pooled = windows.max(axis=(3, 4))
    else:  # one place of all windows at a time: `max` over two short axes takes ten times as long
        places = itertools.product(*map(range, windows.shape[3:5]))
        pooled = functools.reduce(np.maximum, (windows[:, :, :, row, column]
                                               for row, column in places))
        pooled = np.array(pooled)  # of windows of one cell it would be a view of the image
    return pooled if is_batch else pooled[0]


def avg_pool2d(image: ArrayLike, pool_size: IntOrPair = 2, *, stride: IntOrPair | None = None,
               padding: str = "valid") -> np.ndarray:
    """Take the mean of each window, channel by channel.

    Shapes and options as in `max_pool2d`. With padding "same" the mean is over the cells that lie
    in the image, as in Keras.
    """
    images, is_batch = image_batch(image)
    kind = computing_type(images)
    images = images.astype(summing_type(kind), copy=False)
    real = np.ones((1, *images.shape[1:3], 1), images.dtype)
    sums = _pool_windows(images, 0, pool_size, stride, padding).sum(axis=(3, 4))
    counts = _pool_windows(real, 0, pool_size, stride, padding).sum(axis=(3, 4))
    pooled = (sums / counts).astype(kind, copy=False)
    return pooled if is_batch else pooled[0]


def global_average_pool(image: ArrayLike) -> np.ndarray:
    """Take the mean of each channel over the whole image: (height, width, channels) -> (channels,).

    A batch gives (batch, channels).
    """
    images, is_batch = image_batch(image)
    kind = computing_type(images)
    means = images.mean(axis=(1, 2), dtype=summing_type(kind)).astype(kind, copy=False)
    return means if is_batch else means[0]


def _pool_windows(images: np.ndarray, outside: float, pool_size: IntOrPair,
                  stride: IntOrPair | None, padding: str) -> np.ndarray:
    padding_rule(padding, allowed=("valid", "same"), amounts=False)
    pool = pair(pool_size, "pool_size")
    stride = pool if stride is None else pair(stride, "stride")
    options = {"stride": stride, "padding": padding}
    output_size(images.shape[1:3], pool, **options)  # refuses a window that does not fit
    rows, columns = padding_amounts(images.shape[1:3], pool, **options)
    padded = pad_images(images, rows, columns, outside)
    return windows_of(padded, pool, stride=stride)


def _lowest_integer(kind: np.dtype) -> int:
    return False if kind.kind == "b" else np.iinfo(kind).min
