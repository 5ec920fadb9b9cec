"""A pooling, of the pixels or of what a kernel answers to them, and of the picture moved."""

import numpy as np

from helpers import reference
from helpers.explorables.counted.windows import at_places


def result(settings: dict) -> dict:
    """Return {output, changed, follows}: `follows` says by how many cells the output moved."""
    before, output = (pooled(settings, shift) for shift in ((0, 0), settings["shift"]))
    return {"output": output.tolist(), "changed": np.argwhere(before != output).tolist(),
            "follows": followed(before, output, settings["shift"], strides_of(settings))}


def pooled(settings: dict, shift: tuple[int, int]) -> np.ndarray:
    """Return the pooled map of the picture moved by (down, right), behind kernel and ReLU."""
    pool = {"max": reference.max_pool2d, "mean": reference.avg_pool2d}[settings["kind"]]
    return pool(pooled_map(settings, shift)[..., np.newaxis], tuple(settings["pool_size"]),
                stride=tuple(strides_of(settings)), padding=settings["padding"])[..., 0]


def pooled_map(settings: dict, shift: tuple[int, int]) -> np.ndarray:
    """Return what is pooled: the moved picture, or ReLU of what a kernel answers to it."""
    picture = np.array(settings["image"], float)
    rows, columns = (np.arange(length) - by
                     for length, by in zip(picture.shape, shift, strict=True))
    picture = at_places(picture[..., np.newaxis], (rows, columns))[..., 0]
    if settings["kernel"] is None:
        return picture
    kernel = np.array(settings["kernel"], float)[..., np.newaxis, np.newaxis]
    return reference.relu(reference.conv2d(picture[..., np.newaxis], kernel))[..., 0]


def strides_of(settings: dict) -> list[int]:
    """Return the strides of a pooling: those of its window where none are given, as in Keras."""
    return settings["strides"] or settings["pool_size"]


def followed(before: np.ndarray, output: np.ndarray, shift, strides) -> list[int] | None:
    """Return the whole cells [down, right] that the output moved; None if it is no moved copy."""
    ways = [dict.fromkeys((by // step, -(-by // step)))
            for by, step in zip(shift, strides, strict=True)]
    for down in ways[0]:
        for right in ways[1]:
            rows, columns = output.shape
            old = before[max(-down, 0):rows - max(down, 0), max(-right, 0):columns - max(right, 0)]
            new = output[max(down, 0):rows + min(down, 0), max(right, 0):columns + min(right, 0)]
            if old.size and np.array_equal(old, new):
                return [down, right]
    return None
