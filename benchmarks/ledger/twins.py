"""Train lesson 4's network in Keras and in PyTorch, from the same weights in the same order.

    python -m benchmarks.ledger.twins                          # the seeds that book/results lacks
    python -m benchmarks.ledger.twins --seeds 1 --digits 2000 --output /tmp/tried

For each seed Keras makes the first weights, PyTorch gets a copy, and both see the same batches
under the same Adam, so that nothing differs but the libraries. Both are tested on pixels from 0 to
1 and on pixels from 0 to 255. A seed that is in the file is not run again; one that is broken off
is.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from benchmarks.ledger.batches import batches, parts
from benchmarks.ledger.entries import write_ledger
from benchmarks.ledger.networks import l4_in_keras
from benchmarks.ledger.rows import ROWS
from benchmarks.ledger.torch_network import TorchNetwork
from benchmarks.ledger.trial import seed_everything, test, versions
from benchmarks.ledger.underway.threads import threads
from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import Digits, load_mnist
from helpers.data.order import epoch_order
from helpers.networks.twin import torch_twin

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

ROW = replace(ROWS["L4-mended"], epochs=6)
RAW = replace(ROW, test_scale=1.0)
NAME = "twins.json"


def run(seed: int, digits: Digits, most: int | None = None, epochs: int = ROW.epochs) -> dict:
    """Train a pair; returns what each of the two measured."""
    import keras

    seed_everything(ROW, seed)
    chosen = parts(digits, ROW, most)
    model = l4_in_keras()
    pair = {"keras": model, "torch": TorchNetwork(torch_twin(model))}
    model.compile(keras.optimizers.Adam(0.001, epsilon=1e-8),  # PyTorch's epsilon
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  metrics=["accuracy"])
    pair["torch"].compile("adam", "sparse_categorical_crossentropy")
    measured = {name: {"loss": [], "seconds": 0.0} for name in pair}
    for epoch in tqdm(range(epochs), desc=f"pair {seed}", unit="epoch"):
        order = epoch_order(len(chosen.train.labels), seed, epoch)
        for name, network in pair.items():
            started = time.perf_counter()
            fitted = network.fit(batches(chosen.train, ROW, order), shuffle=False, verbose=0)
            measured[name]["seconds"] = round(
                measured[name]["seconds"] + time.perf_counter() - started, 1)
            measured[name]["loss"].append(round(float(fitted.history["loss"][0]), 5))
    for name, network in pair.items():
        measured[name] |= {"test": test(network, ROW, chosen)["test"],
                           "raw": test(network, RAW, chosen)["test"]}
    return {"seed": seed, "train": len(chosen.train.labels), "test": len(chosen.test.labels),
            "source": digits.source, "threads": threads(), "versions": versions(ROW), **measured}


def main(arguments: list[str] | None = None) -> int:
    """Run the pairs that are missing; 1 if the data are not there."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ledger.twins", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5, help="how many pairs")
    parser.add_argument("--digits", type=int, help="train on this many digits only")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args(arguments)
    digits = load_mnist()
    if options.output == RESULTS and (options.digits or not digits.is_full):
        print("twins: book/results holds runs on the full MNIST; set COURSE_DATA to a folder with "
              "mnist.npz, or name another --output to try", file=sys.stderr)
        return 1
    path = options.output / NAME
    kept = json.loads(path.read_text(encoding="utf-8"))["runs"] if path.is_file() else []
    for seed in range(options.seeds):
        if seed in {done["seed"] for done in kept}:
            continue
        measured = run(seed, digits, options.digits)
        kept = sorted([*kept, measured], key=lambda done: done["seed"])
        write_ledger(path, {"epochs": ROW.epochs, "batch_size": ROW.batch_size, "runs": kept})
        accuracies = [measured[name]["test"]["accuracy"] for name in ("keras", "torch")]
        print(f"pair {seed}: test accuracy {np.round(accuracies, 4).tolist()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
