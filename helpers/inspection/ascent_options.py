"""What gradient ascent is given: the range of the pixels, its numbers, and the blur."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import NamedTuple

import numpy as np


class Range(NamedTuple):
    """The lowest and highest value that a pixel may have, and the value it rests at."""

    low: float
    high: float
    background: float

    @property
    def width(self) -> float:
        """How far apart the ends are."""
        return self.high - self.low

    @property
    def middle(self) -> float:
        """Half-way between the ends."""
        return (self.high + self.low) / 2


def real(value: object, name: str, *, least: float = -np.inf, most: float = np.inf) -> float:
    """Return `value` as a finite float from `least` to `most`."""
    good = isinstance(value, Real) and not isinstance(value, bool) and np.isfinite(value)
    if not good or not least <= value <= most:
        limits = f" of at least {least}" if np.isfinite(least) else ""
        limits += f" and at most {most}" if np.isfinite(most) else ""
        raise ValueError(f"{name} must be a finite number{limits}; got {value!r}")
    return float(value)


def read_range(value_range: object, background: object) -> Range:
    """Check the range; without a background it is 0, or the middle of a range without 0."""
    if not isinstance(value_range, (tuple, list)) or len(value_range) != 2:
        raise ValueError(f"value_range must be a pair (low, high); got {value_range!r}")
    low, high = (real(end, "value_range") for end in value_range)
    if low >= high:
        raise ValueError(f"value_range must rise, (low, high); got {value_range!r}")
    if background is None:
        background = 0.0 if low <= 0 <= high else (low + high) / 2
    return Range(low, high, real(background, "background", least=low, most=high))


def blurring(tf, deviation: float) -> Callable:
    """Return images -> images blurred by a Gaussian; the edge is mirrored, so nothing darkens."""
    reach = max(1, int(np.ceil(3 * deviation)))
    places = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (places / deviation) ** 2) if deviation else 1.0 * (places == 0)
    weights = tf.constant(weights / weights.sum(), tf.float32)

    def blur(images):
        channels = images.shape[3]
        for axis, shape in ((1, (-1, 1, 1, 1)), (2, (1, -1, 1, 1))):
            around = [[0, 0]] * 4
            around[axis] = [reach, reach]
            kernel = tf.repeat(tf.reshape(weights, shape), channels, axis=2)
            images = tf.nn.depthwise_conv2d(tf.pad(images, around, "SYMMETRIC"), kernel,
                                            strides=[1, 1, 1, 1], padding="VALID")
        return images

    return blur
