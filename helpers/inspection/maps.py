"""The feature maps that a model makes of images."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import whole_number
from helpers.inspection.model.inputs import as_batch, batches
from helpers.inspection.model.names import find_layer
from helpers.inspection.model.recording import run, to_numpy

if TYPE_CHECKING:
    import keras


def feature_maps(model: keras.Model, images: ArrayLike,
                 layer_names: str | Iterable[str] | None = None, *,
                 batch_size: int = 32) -> dict[str, np.ndarray]:
    """Return layer name -> what the layer puts out, in the order in which the model works.

    images: one image (H, W[, C]) or a batch; one image counts as a batch of one.
    layer_names: which layers, of any rank, in this order; None means every layer whose output is a
        feature map: four axes, (n, rows, columns, channels). A model inside the model is left out
        then, since its last layer says the same; by its name it can be had.
    A layer with an activation gives its output after it. Raises ValueError for an unknown name,
    with those that there are.
    """
    batch, _ = as_batch(model, images)
    batch_size = whole_number(batch_size, "batch_size")
    names = [layer_names] if isinstance(layer_names, str) else layer_names
    names = names if names is None else list(names)
    for name in names or []:
        find_layer(model, name)
    parts: dict[str, list[np.ndarray]] = {}
    for some in batches(batch, batch_size):
        for name, output in run(model, some, names).items():
            if names is not None or len(output.shape) == 4:
                parts.setdefault(name, []).append(to_numpy(output))
    return {name: np.concatenate(arrays) for name, arrays in parts.items()}
