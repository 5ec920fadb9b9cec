"""The patches of real images that excite a filter most."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import is_whole, whole_number
from helpers.inspection.fields.fields import Field, cell_field
from helpers.inspection.model.inputs import as_batch, batches
from helpers.inspection.model.recording import run, to_numpy

if TYPE_CHECKING:
    import keras


class Patches(NamedTuple):
    """The patches, best first, and where they are from.

    patches: (n, height, width, channels), in the type and range of the images.
    values: (n,), what the filter answers there.
    images: (n,), the number of the image in the batch.
    cells: (n, 2), row and column of the cell of the map.
    boxes: (n, 4), top, left, height, width of the patch in the image; may lie partly outside it.
    """

    patches: np.ndarray
    values: np.ndarray
    images: np.ndarray
    cells: np.ndarray
    boxes: np.ndarray


def top_patches(model: keras.Model, layer_name: str, index: int, images: ArrayLike, n: int = 9, *,
                per_image: int | None = 1, fill: float = 0.0, batch_size: int = 32) -> Patches:
    """Find the `n` places where one filter of a layer answers most, and cut out what it sees there.

    A patch is the receptive field of the cell (`field_box`); outside the image it is `fill`. All
    are of one size, also at a border where a cell sees less: what it does not see is `fill` too.
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
    fields = [cell_field(model, layer_name, int(row), int(column)) for _, row, column in places]
    boxes = _of_one_size(fields, layer_name)
    originals = np.asarray(images).reshape(*batch.shape[:3], -1)
    patches = [_cut(originals[image], box, field.seen, fill)
               for image, box, field in zip(places[:, 0], boxes, fields, strict=True)]
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


def _of_one_size(fields: list[Field], layer_name: str) -> np.ndarray:
    """Return the cells' windows, (n, 4), or else what they see, if these are of one size."""
    for boxes in zip(*((field.window, field.seen) for field in fields), strict=True):
        if len({box[2:] for box in boxes}) == 1:
            return np.array(boxes)
    sizes = ", ".join(f"{box[2]}x{box[3]}" for box in sorted({field.seen for field in fields}))
    raise ValueError(f"the cells of {layer_name!r} see boxes of different sizes: {sizes}; "
                     "ask for a layer before those that enlarge or reshape the map")


def _cut(image: np.ndarray, box: np.ndarray, seen: tuple, fill: float) -> np.ndarray:
    """Cut a box out of an image, and fill it where nothing is seen and outside the image."""
    patch = np.full((*box[2:], image.shape[2]), fill, image.dtype)
    inside = []
    for first, length, first_seen, seen_length, end in zip(
            box[:2], box[2:], seen[:2], seen[2:], image.shape[:2], strict=True):
        start = max(first, first_seen, 0)
        inside.append(slice(start, max(min(first + length, first_seen + seen_length, end), start)))
    moved = tuple(slice(part.start - first, part.stop - first)
                  for part, first in zip(inside, box[:2], strict=True))
    patch[moved] = image[tuple(inside)]
    return patch
