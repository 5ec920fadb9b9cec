"""Where to cut VGG16 for digits that are enlarged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.transfer.heads import least_squares
from benchmarks.transfer.targets import choose, coloured, scaled
from helpers.data.mnist import Digits
from helpers.networks.backbones import Backbone, load_backbone
from helpers.networks.features import features

SIZES = (32, 64, 96)
WATCHED = 200


def seen(base: Backbone, images: np.ndarray, layers: list[str]) -> dict[str, np.ndarray]:
    """What layers say about images, a thousand at a time, so that a stop costs little."""
    pieces = [features(base.model, base.preprocess(images[start:start + 1000]), layers,
                       batch_size=32, progress=f"images from {start}")
              for start in range(0, len(images), 1000)]
    return {layer: np.concatenate([piece[layer] for piece in pieces]) for layer in layers}


def by_sizes(digits: Digits, most: float, known: dict) -> Iterator[dict]:
    """Validation accuracy with 100 labels by the size of the images: two draws a layer."""
    pool, watched = choose(digits.train, 20), choose(digits.validation, WATCHED // 10)
    base = load_backbone("VGG16", input_shape=(None, None, 3))
    blocks = [f"block{number}_pool" for number in (3, 4, 5)]
    accuracy = known.get("accuracy", {})
    for size in (size for size in SIZES if size <= most):
        train, others = (seen(base, scaled(coloured(part.images), size), blocks)
                         for part in (pool, watched))
        for block in blocks:
            accuracy.setdefault(block, {})[str(size)] = [
                round(float(np.mean(least_squares(train[block][start:start + 100],
                                                  pool.labels[start:start + 100], others[block])
                                    == watched.labels)), 4)
                for start in range(0, 200, 100)]
        yield {"weights": base.source, "validation_digits": len(watched.labels),
               "accuracy": accuracy}
