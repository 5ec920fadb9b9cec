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
    """Return images -> images blurred by a Gaussian; at an edge, over the pixels that there are."""

    def weights(length: int) -> np.ndarray:
        places = np.arange(length)
        distances = places[:, np.newaxis] - places
        bells = (np.exp(-0.5 * (distances / deviation) ** 2) if deviation
                 else np.identity(length))
        return (bells / bells.sum(axis=1, keepdims=True)).astype(np.float32)

    def blur(images):
        rows, columns = (weights(length) for length in images.shape[1:3])
        return tf.einsum("ij,kl,njlc->nikc", rows, columns, images)

    return blur
