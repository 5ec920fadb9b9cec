"""What pixels from 0 to 255 cost lesson 4's network, over seeds and by where its biases begin.

    python -m benchmarks.ledger.raw_pixels                # the runs that book/results lacks
    python -m benchmarks.ledger.raw_pixels --minutes 20   # begin none later than this
    python -m benchmarks.ledger.raw_pixels --seeds 1 --digits 500 --output /tmp/tried

The lesson's recipe on a subset, since on all digits one seed takes more than half an hour. Each
seed trains two networks from the same weights on the same batches: in one the biases begin as
PyTorch draws them, in the other at zero, as Keras has them. Both are tested on pixels from 0 to 1
and on pixels from 0 to 255. A run that is in the file is not run again.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from tqdm import tqdm

from benchmarks.ledger.batches import batches, parts
from benchmarks.ledger.entries import write_ledger
from benchmarks.ledger.networks import l4
from benchmarks.ledger.rows import ROWS
from benchmarks.ledger.trial import seed_everything, test, versions
from benchmarks.ledger.underway.threads import threads
from helpers.data.ledger.runs import RESULTS, file_of
from helpers.data.mnist import Digits, load_mnist
from helpers.data.order import epoch_order

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

ROW = replace(ROWS["L4-mended"], digits=4_000)
RAW = replace(ROW, test_scale=1.0)
STARTS = ("drawn", "zero")  # as PyTorch begins its biases, and as Keras does
NAME = "raw-pixels"


def run(seed: int, start: str, digits: Digits, most: int | None = None,
        epochs: int = ROW.epochs) -> dict:
    """Train one network; returns its tests on both kinds of pixels.

    start: "drawn" or "zero", see the module. most: train on no more digits than this.
    Raises ValueError for another start.
    """
    import torch

    if start not in STARTS:
        raise ValueError(f"biases begin {' or '.join(STARTS)}; got {start!r}")
    seed_everything(ROW, seed)
    chosen = parts(digits, ROW, most)
    network = l4()
    if start == "zero":
        with torch.no_grad():
            for name, weights in network.module.named_parameters():
                if name.endswith("bias"):
                    weights.zero_()
    network.compile("adam", "sparse_categorical_crossentropy")
    losses, started = [], time.perf_counter()
    for epoch in tqdm(range(epochs), desc=f"seed {seed}, biases {start}", unit="epoch"):
        order = epoch_order(len(chosen.train.labels), seed, epoch)
        fitted = network.fit(batches(chosen.train, ROW, order))
        losses.append(round(fitted.history["loss"][0], 5))
    return {"seed": seed, "start": start, "train": len(chosen.train.labels),
            "test_digits": len(chosen.test.labels), "source": digits.source, "threads": threads(),
            "seconds": round(time.perf_counter() - started, 1), "versions": versions(ROW),
            "loss": losses, "test": test(network, ROW, chosen)["test"],
            "raw": test(network, RAW, chosen)["test"]}


def main(arguments: list[str] | None = None) -> int:
    """Run what is missing; 1 if the data are not there."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ledger.raw_pixels", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5, help="how many seeds")
    parser.add_argument("--digits", type=int, help="train on this many digits only")
    parser.add_argument("--minutes", type=float, default=math.inf,
                        help="begin no run later than this")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args(arguments)
    deadline = time.monotonic() + 60 * options.minutes
    digits = load_mnist()
    if options.output == RESULTS and (options.digits or not digits.is_full):
        print("raw_pixels: book/results holds runs on the full MNIST; set COURSE_DATA to a folder "
              "with mnist.npz, or name another --output to try", file=sys.stderr)
        return 1
    path = file_of(NAME, options.output)
    kept = json.loads(path.read_text(encoding="utf-8"))["runs"] if path.is_file() else []
    for seed, start in ((seed, start) for seed in range(options.seeds) for start in STARTS):
        if (seed, start) in {(done["seed"], done["start"]) for done in kept}:
            continue
        if time.monotonic() > deadline:
            print("raw_pixels: time is up; the same command goes on", file=sys.stderr)
            break
        measured = run(seed, start, digits, options.digits)
        kept = sorted([*kept, measured], key=lambda done: (done["seed"], done["start"]))
        write_ledger(path, {"epochs": ROW.epochs, "batch_size": ROW.batch_size, "runs": kept})
        print(f"seed {seed}, biases {start}: scaled {measured['test']['accuracy']:.4f}, "
              f"raw {measured['raw']['accuracy']:.4f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
