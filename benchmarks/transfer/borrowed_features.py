"""How much borrowed features are worth: by labels, by network and size, and thawed.

    python -m benchmarks.transfer.borrowed_features --part labels    # about 15 minutes on one core
    python -m benchmarks.transfer.borrowed_features --part networks  # about 45
    python -m benchmarks.transfer.borrowed_features --part thawed    # about 10
    python -m benchmarks.transfer.borrowed_features --part labels --most 100 --output /tmp/try

Writes borrowed-labels.json, borrowed-networks.json and borrowed-thawed.json into book/results,
which chapter 9 draws. After a stop the same command goes on: features are kept, and so is each
result.
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
from keras import layers

from benchmarks.ledger.reproduce import write_ledger
from benchmarks.transfer.heads import least_squares, logistic
from benchmarks.transfer.targets import choose, coloured
from benchmarks.transfer.thawed import by_thawing
from benchmarks.transfer.two_networks import by_networks
from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import Digits, Split, load_mnist
from helpers.data.order import new_order_each_epoch
from helpers.networks.backbones import Backbone, load_backbone
from helpers.networks.features import features

LABELS = {10: 10, 30: 10, 100: 10, 300: 5, 1000: 3}  # labels of each class: disjoint draws
HEADS = {"least squares": least_squares, "logistic": logistic}
BLOCK = "block3_pool"
TEST = 1_000


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
    """Test accuracy for each view, head and number of labels: one value a draw."""
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
            answers = {f"{name}, {kind}": head(train[part], labels, others)
                       for name, (train, others) in views.items() for kind, head in HEADS.items()}
            answers["small network"] = small_network(pool.images[part], labels, test.images, draw)
            for name, given in answers.items():
                accuracy.setdefault(name, {}).setdefault(str(count), []).append(
                    round(float(np.mean(given == test.labels)), 4))
        yield {"weights": base.source, "layer": BLOCK, "test_digits": len(test.labels),
               "accuracy": accuracy}


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transfer.borrowed_features",
                                     description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = {"labels": by_labels, "networks": by_networks, "thawed": by_thawing}
    parser.add_argument("--part", choices=parts, action="append", help="default: all")
    parser.add_argument("--most", type=int,
                        help="leave out more labels of a class, larger images or more seeds")
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
            print(json.dumps(measured["accuracy"])[-500:], flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
