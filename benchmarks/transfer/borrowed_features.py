"""How much borrowed features are worth: by labels, by network and size, and thawed.

    python -m benchmarks.transfer.borrowed_features --part labels    # about ten minutes on one core
    python -m benchmarks.transfer.borrowed_features --part sizes     # about five
    python -m benchmarks.transfer.borrowed_features --part networks  # about 20
    python -m benchmarks.transfer.borrowed_features --part thawed    # about five
    python -m benchmarks.transfer.borrowed_features --part labels --most 100 --output /tmp/try

Writes borrowed-labels.json and the like into book/results, which chapter 9 draws. After a stop the
same command goes on: features are kept, and so is each result.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.ledger.entries import write_ledger
from benchmarks.transfer.heads import least_squares, logistic
from benchmarks.transfer.sizes import by_sizes, seen
from benchmarks.transfer.targets import choose, coloured
from benchmarks.transfer.thawed import by_thawing
from benchmarks.transfer.two_networks import by_networks
from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import Digits, Split, load_mnist
from helpers.data.order import new_order_each_epoch
from helpers.networks.backbones import load_backbone

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

LABELS = {10: 10, 30: 10, 100: 5, 300: 3}  # labels of each class: disjoint draws
# What each reader sees, and with which head.
READERS = {"borrowed features": ("borrowed", least_squares), "small network": (None, None),
           "raw pixels, logistic": ("pixels", logistic),
           "raw pixels, least squares": ("pixels", least_squares)}
BLOCK = "block3_pool"
TEST = 1_000


def small_network(images: np.ndarray, labels: np.ndarray, others: np.ndarray,
                  seed: int) -> np.ndarray:
    """Train a small convnet from scratch on digits (n, 28, 28) and answer for others."""
    import keras
    from keras import layers

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


def by_labels(digits: Digits, most: float, known: dict) -> Iterator[dict]:
    """Test accuracy for each reader and number of labels: one value a draw."""
    wanted = {count: draws for count, draws in LABELS.items() if count <= most}
    pool = choose(digits.train, max(count * draws for count, draws in wanted.items()))
    step = max(len(digits.test.labels) // TEST, 1)
    test = Split(*(part[::step] for part in digits.test))
    base = load_backbone("VGG16", input_shape=(None, None, 3))
    views = {"pixels": lambda: [part.images / 255 for part in (pool, test)],
             "borrowed": lambda: [seen(base, coloured(part.images), [BLOCK])[BLOCK]
                                  for part in (pool, test)]}
    accuracy = known.get("accuracy", {})
    for name, (view, head) in READERS.items():
        found = accuracy.setdefault(name, {})
        missing = [count for count in wanted if str(count) not in found]
        train, others = views[view]() if view and missing else (None, None)
        for count in missing:
            parts = [slice(10 * count * draw, 10 * count * (draw + 1))
                     for draw in range(wanted[count])]
            answers = [head(train[part], pool.labels[part], others) if view else small_network(
                pool.images[part], pool.labels[part], test.images, draw)
                for draw, part in enumerate(parts)]
            found[str(count)] = [round(float(np.mean(given == test.labels)), 4)
                                 for given in answers]
            yield {"weights": base.source, "layer": BLOCK, "test_digits": len(test.labels),
                   "accuracy": accuracy}


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transfer.borrowed_features",
                                     description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = {"labels": by_labels, "sizes": by_sizes, "networks": by_networks,
             "thawed": by_thawing}
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
