"""Where in the image the cells of a layer look: put a number for each cell at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from helpers.inspection.fields.fields import cell_field
from helpers.inspection.model.inputs import image_shape

if TYPE_CHECKING:
    import keras


def place_cells(model: keras.Model, layer_name: str, cells: ArrayLike, *,
                size: tuple[int, int] | None = None) -> np.ndarray:
    """Return (H, W): a number for each cell of a layer, each in the middle of what its cell sees.

    Between the middles the numbers change linearly (bilinear). Beyond the outermost ones they stay
    for half a step and then fade to 0 at the end of what these cells see. Stretching the map over
    the whole image is the same only where every layer pads: without padding the fields crowd in the
    middle of the image.
    cells: (rows, columns), the shape of the layer's map. size: (H, W) of the image, only for a
        model that leaves it open. What a cell sees is its receptive field, as in `field_box`; the
        middles are `start + jump * cell` of helpers.arithmetic.receptive_field.
    Raises ValueError where it is not known what a cell sees, and where two cells have one middle.
    """
    cells = np.asarray(cells, float)
    if cells.ndim != 2 or not cells.size:
        raise ValueError(f"cells must be (rows, columns), a number for each; got {cells.shape}")
    lengths = image_shape(model)[:2] if size is None else tuple(size)
    if None in lengths:
        raise ValueError(f"the model {model.name!r} leaves the size of its images open: "
                         "give size=(height, width)")
    rows = [cell_field(model, layer_name, row, 0).window[::2] for row in range(cells.shape[0])]
    columns = [cell_field(model, layer_name, 0, column).window[1::2]
               for column in range(cells.shape[1])]
    last = cell_field(model, layer_name, cells.shape[0] - 1, cells.shape[1] - 1).window
    if (last[::2], last[1::2]) != (rows[-1], columns[-1]):
        raise ValueError(f"the cells of {layer_name!r} do not lie in rows and columns of the image")
    return (_spread(rows, lengths[0]) @ cells @ _spread(columns, lengths[1]).T).astype(np.float32)


def _spread(fields: list[tuple[int, int]], length: int) -> np.ndarray:
    """Return (length, count): how much a pixel gets of each cell; fields are (first, size)."""
    middles = np.array([first + (size - 1) / 2 for first, size in fields])
    if np.any(np.diff(middles) <= 0):
        raise ValueError("two cells look at one place of the image, so they have no places of "
                         f"their own: the middles of what they see are {middles.tolist()}")
    pixels = np.arange(length)
    weights = np.stack([np.interp(pixels, middles, one) for one in np.eye(len(fields))], axis=1)
    steps = np.diff(middles) if len(fields) > 1 else np.ones(1)
    (first, _), (last, size) = fields[0], fields[-1]
    fade = np.interp(pixels, [first - 1, middles[0] - steps[0] / 2], [0, 1])
    fade *= np.interp(pixels, [middles[-1] + steps[-1] / 2, last + size], [1, 0])
    return weights * fade[:, np.newaxis]
