"""The patches of real images that excite a filter most."""

from __future__ import annotations

from typing import NamedTuple

import keras
import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import is_whole, whole_number
from helpers.inspection.fields import field_box
from helpers.inspection.inputs import as_batch, batches
from helpers.inspection.recording import run, to_numpy


class Patches(NamedTuple):
    """The patches, best first, and where they are from.

    patches: (n, height, width, channels), in the type and range of the images.
    values: (n,), what the filter answers there.
    images: (n,), the number of the image in the batch.
    cells: (n, 2), row and column of the cell of the map.
    boxes: (n, 4), top, left, height, width in the image; may lie partly outside it.
    """

    patches: np.ndarray
    values: np.ndarray
    images: np.ndarray
    cells: np.ndarray
    boxes: np.ndarray


def top_patches(model: keras.Model, layer_name: str, index: int, images: ArrayLike, n: int = 9, *,
                per_image: int | None = 1, fill: float = 0.0, batch_size: int = 32) -> Patches:
    """Find the `n` places where one filter of a layer answers most, and cut out what it sees there.

    A patch is the receptive field of the cell (`field_box`); outside the image it is `fill`.
    per_image: at most so many patches of one image. With the default of 1 you see n images; else
        neighbouring cells of one image, which see nearly the same, often fill the list. None sets
        no limit.
    Answers are taken after the layer's activation. Of equal ones the earlier image and cell comes
    first. A filter that never answers gives patches too, with values of 0: look at the values. The
    images go through in batches, and only the best places are kept.
    """
    n = whole_number(n, "n")
    batch_size = whole_number(batch_size, "batch_size")
    limit = None if per_image is None else whole_number(per_image, "per_image")
    batch, _ = as_batch(model, images)
    values, places = np.empty(0), np.empty((0, 3), int)  # image, row, column
    for number, some in enumerate(batches(batch, batch_size)):
        maps = _one_map(run(model, some, [layer_name])[layer_name], layer_name, index)
        found, where = _best_of_each(maps, n if limit is None else min(n, limit))
        where[:, 0] += number * batch_size
        values, places = np.concatenate([values, found]), np.concatenate([places, where])
        order = np.argsort(-values, kind="stable")[:n]
        values, places = values[order], places[order]
    if len(values) < n:
        raise ValueError(f"n must be at most {len(values)}, the patches that {len(batch)} images "
                         f"have with per_image={per_image}; got {n}")
    boxes = np.array([field_box(model, layer_name, int(row), int(column))
                      for _, row, column in places])
    if len(set(map(tuple, boxes[:, 2:]))) > 1:
        raise ValueError(f"the cells of {layer_name!r} see boxes of different sizes")
    originals = np.asarray(images).reshape(*batch.shape[:3], -1)
    patches = [_cut(originals[image], box, fill)
               for image, box in zip(places[:, 0], boxes, strict=True)]
    return Patches(np.stack(patches), values.astype(np.float32), places[:, 0], places[:, 1:], boxes)


def _one_map(maps: object, layer_name: str, index: object) -> np.ndarray:
    if len(maps.shape) != 4:
        raise ValueError(f"the layer {layer_name!r} must put out maps (n, rows, columns, channels),"
                         f" got shape {tuple(maps.shape)}")
    if not is_whole(index) or not 0 <= index < maps.shape[3]:
        raise ValueError(f"index must be a whole number from 0 to {maps.shape[3] - 1}, "
                         f"got {index!r}")
    return to_numpy(maps[..., int(index)])


def _best_of_each(maps: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the `most` largest values of each map (n, rows, columns) and their places."""
    flat = maps.reshape(len(maps), -1)
    cells = np.argsort(-flat, axis=1, kind="stable")[:, :most]
    values = np.take_along_axis(flat, cells, axis=1)
    rows, columns = np.unravel_index(cells, maps.shape[1:])
    numbers = np.broadcast_to(np.arange(len(maps))[:, np.newaxis], cells.shape)
    return values.ravel(), np.stack([numbers, rows, columns], axis=-1).reshape(-1, 3)


def _cut(image: np.ndarray, box: np.ndarray, fill: float) -> np.ndarray:
    top, left, height, width = box
    patch = np.full((height, width, image.shape[2]), fill, image.dtype)
    rows = slice(max(top, 0), max(min(top + height, image.shape[0]), 0))
    columns = slice(max(left, 0), max(min(left + width, image.shape[1]), 0))
    part = image[rows, columns]
    patch[rows.start - top:rows.start - top + part.shape[0],
          columns.start - left:columns.start - left + part.shape[1]] = part
    return patch
