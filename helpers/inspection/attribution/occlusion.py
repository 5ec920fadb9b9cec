"""Occlusion: cover a part of the image and see what the class's score loses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from tqdm import tqdm

from helpers.arithmetic.arguments import IntOrPair, pair, whole_number
from helpers.inspection.logits.scores import class_scores, scoring
from helpers.inspection.model.inputs import as_one
from helpers.inspection.model.recording import to_numpy

if TYPE_CHECKING:
    import keras


def occlusion_map(model: keras.Model, image: ArrayLike, label: int, *, size: IntOrPair = 5,
                  stride: IntOrPair = 1, fill: ArrayLike = 0.0, score: str = "logit",
                  batch_size: int = 128, progress: bool = False) -> np.ndarray:
    """Return (H, W): how much the score of a class falls when a pixel is covered.

    A window of `size` pixels slides over the image by `stride`; under it the image is `fill`, one
    number or one for each channel, in the image's own range. A pixel's value is the mean fall of
    the score over the windows that cover it: positive where the class rests on what was covered,
    negative where covering helps. A last window stands at the edge, so no pixel is left out.
    The score is the logit, before a softmax at the end of the model; score="output" takes what the
    model puts out, the probability as in the source: Zeiler and Fergus, "Visualizing and
    understanding convolutional networks", ECCV 2014, https://arxiv.org/abs/1311.2901, section 4.2.
    """
    batch = as_one(model, image)
    lengths, size, stride = batch.shape[1:3], pair(size, "size"), pair(stride, "stride")
    batch_size = whole_number(batch_size, "batch_size")
    if any(window > length for window, length in zip(size, lengths, strict=True)):
        raise ValueError(f"size must fit into the image of {lengths}, got {size}")
    if any(step > window for step, window in zip(stride, size, strict=True)):
        raise ValueError(f"stride must be at most the size {size}, or pixels are left out; "
                         f"got {stride}")
    filling = _filling(fill, batch)
    rows, columns = (_starts(*axis) for axis in zip(lengths, size, stride, strict=True))
    windows = [(slice(top, top + size[0]), slice(left, left + size[1]))
               for top in rows for left in columns]
    fall, times = np.zeros(lengths), np.zeros(lengths)
    ask = scoring(model, score, batch)
    whole = _scores(ask, batch, label)[0]
    for first in tqdm(range(0, len(windows), batch_size), desc="occlusion", disable=not progress):
        some = windows[first:first + batch_size]
        covered = np.repeat(batch, len(some), axis=0)
        for number, window in enumerate(some):
            covered[number][window] = filling
        for window, value in zip(some, _scores(ask, covered, label), strict=True):
            fall[window] += whole - value
            times[window] += 1
    return (fall / times).astype(np.float32)


def _scores(ask: Callable, batch: np.ndarray, label: int) -> np.ndarray:
    import keras

    outputs = ask(keras.ops.convert_to_tensor(batch))
    return to_numpy(class_scores(outputs, label)).astype(np.float64)


def _starts(length: int, window: int, step: int) -> list[int]:
    starts = list(range(0, length - window + 1, step))
    return starts if starts[-1] == length - window else [*starts, length - window]


def _filling(fill: ArrayLike, batch: np.ndarray) -> np.ndarray:
    values = np.asarray(fill)
    channels = batch.shape[3] if batch.ndim == 4 else 1
    if values.shape not in ((), (channels,)) or values.dtype.kind not in "fiub" \
            or not np.isfinite(values).all():
        raise ValueError(f"fill must be one finite number or {channels}, one for each channel; "
                         f"got {fill!r}")
    return values if batch.ndim == 4 else values.reshape(-1)[0]
