"""A network of 13 convolutions and one of 49: what their features are worth, by size of image."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.transfer.heads import least_squares
from benchmarks.transfer.targets import LABELS, Target, face_target, scaled
from helpers.data.mnist import Digits
from helpers.networks.backbones import Backbone, load_backbone
from helpers.networks.features import features

if TYPE_CHECKING:
    import keras

SIZES = (32, 96, 224)
# Three cuts each, where rows and columns are an eighth, a sixteenth and a thirty-second.
CUTS = {"VGG16": ("block3_pool", "block4_pool", "block5_pool"),
        "EfficientNetLite0": ("stage3", "stage5", "top")}
GRID = 4


@cache
def grid_layer() -> type[keras.layers.Layer]:
    """The class of a layer that averages maps over a grid of 4x4 places, or fewer in small maps.

    So a cut gives as many numbers for a large image as for a middling one. Places overlap where
    the size is no multiple of 4, as in adaptive pooling.
    """
    import keras

    @keras.saving.register_keras_serializable("course")
    class Grid(keras.layers.Layer):
        def call(self, maps: keras.KerasTensor) -> keras.KerasTensor:
            """Maps (n, rows, columns, channels) as (n, 4, 4, channels)."""
            for axis in (1, 2):
                size = maps.shape[axis]
                bounds = [(size * place // GRID, -(-size * (place + 1) // GRID))
                          for place in range(min(GRID, size))] if size > GRID else [
                              (place, place + 1) for place in range(size)]
                parts = [maps[:, low:high] if axis == 1 else maps[:, :, low:high]
                         for low, high in bounds]
                maps = keras.ops.concatenate([keras.ops.mean(part, axis=axis, keepdims=True)
                                              for part in parts], axis=axis)
            return maps

    return Grid


def seen(name: str, target: Target, size: int) -> tuple[Backbone, dict[str, np.ndarray]]:
    """What three cuts of a network say about all images of a target: (n, places, channels)."""
    import keras

    base = load_backbone(name, input_shape=(size, size, 3))
    gridded = [grid_layer()(name=f"{cut}_grid")(base.model.get_layer(cut).output)
               for cut in CUTS[name]]
    model = keras.Model(base.model.input, gridded)
    model.trainable = False
    pieces = [features(model, base.preprocess(scaled(target.images[start:start + 100], size)),
                       [f"{cut}_grid" for cut in CUTS[name]], batch_size=10)
              for start in range(0, len(target.images), 100)]
    return base, {cut: np.concatenate([piece[f"{cut}_grid"] for piece in pieces])
                  for cut in CUTS[name]}


def shares(view: np.ndarray, target: Target) -> dict[str, list[float]]:
    """The share of right answers in each draw, on what is watched and on what is tested."""
    found: dict[str, list[float]] = {"watched": [], "test": []}
    for draw, *others in zip(target.draws, target.watched, target.test, strict=True):
        answers = least_squares(view[draw], target.labels[draw], view[np.concatenate(others)])
        right = answers == target.labels[np.concatenate(others)]
        found["watched"].append(round(float(right[:len(others[0])].mean()), 4))
        found["test"].append(round(float(right[len(others[0]):].mean()), 4))
    return found


def by_networks(digits: Digits, most: float, known: dict) -> Iterator[dict]:
    """Accuracy on the small photographs for each network, cut and size: one value a draw."""
    del digits  # every part is given them
    accuracy, weights = known.get("accuracy", {}), known.get("weights", {})
    targets = {"faces, 4 labels": face_target(4), "faces": face_target(LABELS)}
    for size in (size for size in SIZES if size <= most):
        for name, target in targets.items():
            per_network = accuracy.setdefault(name, {})
            if size == SIZES[0]:
                pixels = scaled(target.images, size)[..., 0] / 255
                per_network.setdefault("pixels", {str(size): shares(pixels, target)})
            for network in CUTS:
                per_cut = per_network.setdefault(network, {})
                if all(str(size) in per_cut.get(cut, {}) for cut in CUTS[network]):
                    continue
                base, views = seen(network, target, size)
                weights[network] = base.source
                for cut, view in views.items():
                    per_cut.setdefault(cut, {})[str(size)] = shares(view, target)
                yield {"weights": weights, "test_images": {
                    name: len(target.test[0]) for name, target in targets.items()},
                    "accuracy": accuracy}
