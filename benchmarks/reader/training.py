"""What the trainings of the reader and of the recogniser share: digits, rate, record, command."""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.ledger.underway.threads import threads
from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import Digits, Split, load_mnist
from helpers.data.whole_files import write_whole

if TYPE_CHECKING:
    import keras


def prepare(split: Split, most: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Pixels from 0 to 1 as (n, 28, 28, 1) float32, and the labels."""
    images, labels = split.images[:most], split.labels[:most]
    return images[..., np.newaxis].astype("float32") / np.float32(255), labels


def half_cosine(peak_rate: float, warm_up: float, *, images: int, batch_size: int,
                epochs: int) -> keras.optimizers.schedules.CosineDecay:
    """A rate that rises from zero to its peak and falls to zero as half a cosine.

    warm_up: the share of all steps in which it rises.
    """
    import keras

    steps = epochs * -(-images // batch_size)  # division rounded up
    rise = max(1, int(warm_up * steps))
    return keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - rise), warmup_target=peak_rate, warmup_steps=rise)


def identity(model: keras.Model, weights: Path) -> dict[str, Any]:
    """What a record says of the file of a network."""
    return {"file": weights.name, "sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
            "parameters": model.count_params()}


def write_record(record: dict, path: Path, **versions: str) -> dict:
    """Write a record with the machine's part at its end: threads, and versions; returns it."""
    import keras
    import tensorflow as tf

    record |= {"threads": threads(),
               "versions": {"python": platform.python_version(), "keras": keras.__version__,
                            "tensorflow": tf.__version__, **versions, "numpy": np.__version__}}
    write_whole(path, json.dumps(record, indent=1) + "\n")
    return record


def asked_for(arguments: list[str] | None, *, program: str, description: str,
              epochs: int) -> tuple[argparse.Namespace, Digits]:
    """Read the command line: digits, epochs and output; returns these and the data.

    Only the whole data and recipe may go to book/results.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--digits", type=int, help="train on this many digits only")
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the two files go")
    options = parser.parse_args(arguments)
    digits = load_mnist()
    partial = options.digits or options.epochs != epochs or not digits.is_full
    if options.output.resolve() == RESULTS and partial:
        parser.error("book/results holds the network of the full data and recipe only; name "
                     "another --output for less")
    return options, digits
