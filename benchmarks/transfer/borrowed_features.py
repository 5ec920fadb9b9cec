"""How much borrowed features are worth, by the number of labels and by the size of the images.

    python -m benchmarks.transfer.borrowed_features --part labels  # about ten minutes on two cores
    python -m benchmarks.transfer.borrowed_features --part sizes     # about four
    python -m benchmarks.transfer.borrowed_features --part labels --most 100 --output /tmp/try

Writes borrowed-labels.json and borrowed-sizes.json into book/results, which chapter 9 draws. After
a stop the same command goes on: features are kept, and so is each number of labels.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from numpy.typing import ArrayLike
from sklearn.linear_model import RidgeClassifier, RidgeClassifierCV

from benchmarks.ledger.reproduce import write_ledger
from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import Digits, Split, load_mnist
from helpers.data.order import new_order_each_epoch
from helpers.networks.backbones import Backbone, load_backbone
from helpers.networks.features import features

LABELS = {10: 10, 30: 10, 100: 5, 300: 3, 1000: 1}  # labels of each class: disjoint draws
SIZES = (32, 64, 96)
BLOCK = "block3_pool"
TEST, WATCHED = 1_000, 200


def choose(split: Split, per_class: int) -> Split:
    """The first digits of each class, in turn 0, 1, ..., 9: every ten hold each class once."""
    picked = [np.flatnonzero(split.labels == digit)[:per_class] for digit in range(10)]
    if min(map(len, picked)) < per_class:
        raise ValueError(f"expected {per_class} digits of each class, "
                         f"got {min(map(len, picked))} of one")
    order = np.stack(picked, axis=1).ravel()
    return Split(split.images[order], split.labels[order])


def coloured(images: np.ndarray, size: int = 32) -> np.ndarray:
    """Digits with a border and three equal channels, pixels from 0 to 255: (n, size, size, 3)."""
    padded = np.pad(images, [(0, 0), (2, 2), (2, 2)])[..., np.newaxis].astype("float32")
    if size != 32:
        padded = np.clip(tf.image.resize(padded, (size, size)), 0, 255)
    return np.repeat(padded, 3, axis=-1)


def linear_head(inputs: ArrayLike, labels: np.ndarray, others: ArrayLike) -> np.ndarray:
    """Fit a linear head to some inputs and answer for others.

    The strength of its penalty is chosen by leaving out one input at a time, on 3,000 at most.
    """
    flat = np.reshape(inputs, (len(inputs), -1)).astype("float32")
    strengths = flat[:3000].var(axis=0).sum() * np.logspace(-3, 1, 9)
    chosen = RidgeClassifierCV(strengths).fit(flat[:3000], labels[:3000])
    head = RidgeClassifier(chosen.alpha_).fit(flat, labels) if len(flat) > 3000 else chosen
    return head.predict(np.reshape(others, (len(others), -1)))


def small_network(images: np.ndarray, labels: np.ndarray, others: np.ndarray,
                  seed: int) -> np.ndarray:
    """Train a small convnet from scratch on digits (n, 28, 28) and answer for others."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        layers.Input((28, 28, 1)), layers.Rescaling(1 / 255),
        layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(2),
        layers.Flatten(), layers.Dropout(0.25), layers.Dense(10)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    batches = new_order_each_epoch(images[..., None], labels, batch_size=32, seed=seed)
    model.fit(batches, epochs=max(8, 20_000 // len(labels)), shuffle=False, verbose=0)
    return model.predict(others[..., None], batch_size=500, verbose=0).argmax(axis=1)


def seen(base: Backbone, images: np.ndarray, layers: list[str]) -> dict[str, np.ndarray]:
    """What layers say about images, a thousand at a time, so that a stop costs little."""
    pieces = [features(base.model, base.preprocess(images[start:start + 1000]), layers,
                       batch_size=32, progress=f"images from {start}")
              for start in range(0, len(images), 1000)]
    return {layer: np.concatenate([piece[layer] for piece in pieces]) for layer in layers}


def by_labels(digits: Digits, most: float, known: dict) -> Iterator[dict]:
    """Test accuracy of three readers, for each number of labels: one value a draw."""
    wanted = {count: draws for count, draws in LABELS.items() if count <= most}
    pool = choose(digits.train, max(count * draws for count, draws in wanted.items()))
    step = max(len(digits.test.labels) // TEST, 1)
    test = Split(*(part[::step] for part in digits.test))
    base = load_backbone("VGG16", input_shape=(None, None, 3))
    views = {"borrowed features": [seen(base, coloured(part.images), [BLOCK])[BLOCK]
                                   for part in (pool, test)],
             "raw pixels": [part.images / 255 for part in (pool, test)]}
    accuracy = known.get("accuracy", {})
    for count, draws in wanted.items():
        if str(count) in accuracy.get("small network", {}):
            continue
        for draw in range(draws):
            part = slice(10 * count * draw, 10 * count * (draw + 1))
            labels = pool.labels[part]
            answers = {name: linear_head(train[part], labels, others)
                       for name, (train, others) in views.items()}
            answers["small network"] = small_network(pool.images[part], labels, test.images, draw)
            for name, given in answers.items():
                accuracy.setdefault(name, {}).setdefault(str(count), []).append(
                    round(float(np.mean(given == test.labels)), 4))
        yield {"weights": base.source, "layer": BLOCK, "test_digits": len(test.labels),
               "accuracy": accuracy}


def by_sizes(digits: Digits, most: float, known: dict) -> Iterator[dict]:
    """Validation accuracy with 100 labels by the size of the images: two draws a layer."""
    pool, watched = choose(digits.train, 20), choose(digits.validation, WATCHED // 10)
    base = load_backbone("VGG16", input_shape=(None, None, 3))
    blocks = [f"block{number}_pool" for number in (3, 4, 5)]
    accuracy = known.get("accuracy", {})
    for size in (size for size in SIZES if size <= most):
        train, others = (seen(base, coloured(part.images, size), blocks)
                         for part in (pool, watched))
        for block in blocks:
            accuracy.setdefault(block, {})[str(size)] = [
                round(float(np.mean(linear_head(train[block][start:start + 100],
                                                pool.labels[start:start + 100], others[block])
                                    == watched.labels)), 4)
                for start in range(0, 200, 100)]
        yield {"weights": base.source, "validation_digits": len(watched.labels),
               "accuracy": accuracy}


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transfer.borrowed_features",
                                     description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = {"labels": by_labels, "sizes": by_sizes}
    parser.add_argument("--part", choices=parts, action="append", help="default: both")
    parser.add_argument("--most", type=int, help="leave out more labels, or larger images")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args(arguments)
    digits = load_mnist()
    if options.output == RESULTS and (options.most or not digits.is_full):
        print("book/results holds whole runs on the full MNIST; name another --output to try",
              file=sys.stderr)
        return 1
    for part in options.part or parts:
        path = options.output / f"borrowed-{part}.json"
        known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        for measured in parts[part](digits, options.most or math.inf, known):
            write_ledger(path, {"part": part, "source": digits.source, **measured})
            print(json.dumps(measured["accuracy"]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
