"""Run the claims of the lessons and write what was measured into book/results.

    python -m benchmarks.reproduce                       # every row, every seed that is missing
    python -m benchmarks.reproduce --row L3-convnet      # one row
    python -m benchmarks.reproduce --row L3-convnet --seeds 2 --digits 2000 --output /tmp/try

A seed that is in the ledger is not run again, so after a stop the same command goes on with the
seed that was broken off.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from tqdm.keras import TqdmCallback

from benchmarks.rows import ROWS, Row
from benchmarks.stuck import StopWhenDead
from helpers.data import Digits, load_mnist
from helpers.ledger import RESULTS


def prepare(images: np.ndarray, row: Row) -> np.ndarray:
    """Pixels as the row's network takes them: (n, 28, 28, 1) float32."""
    return images[..., np.newaxis].astype("float32") / np.float32(row.scale)


def run(row: Row, seed: int, digits: Digits, most: int | None = None) -> dict:
    """Train and test one network; returns what the ledger keeps of it."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    images, labels = digits.train
    if not row.validation:
        images = np.concatenate([images, digits.validation.images])
        labels = np.concatenate([labels, digits.validation.labels])
    images, labels = images[:most], labels[:most]
    held_out = ((prepare(digits.validation.images, row), digits.validation.labels)
                if row.validation else None)
    model = row.build()
    # Fifty steps in one call leave the arithmetic as it is and save calls into TensorFlow.
    model.compile(row.optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"],
                  steps_per_execution=50)
    images = prepare(images, row)
    watch = StopWhenDead(images)
    started = time.perf_counter()
    history = model.fit(
        images, labels, batch_size=row.batch_size, epochs=row.epochs,
        validation_data=held_out, verbose=0,
        callbacks=[watch, TqdmCallback(verbose=0, desc=f"{row.name}, seed {seed}")])
    seconds = time.perf_counter() - started
    answers = model.predict(prepare(digits.test.images, row), batch_size=500, verbose=0)
    loss, accuracy = model.evaluate(prepare(digits.test.images, row), digits.test.labels,
                                    batch_size=500, verbose=0)
    return {
        "seed": seed, "parameters": model.count_params(),
        "data": {"source": digits.source, "train": len(labels),
                 "validation": len(digits.validation.labels) if row.validation else 0,
                 "test": len(digits.test.labels)},
        "epochs": len(history.epoch), "dead_after": watch.dead_after, "batch_size": row.batch_size,
        "seconds": round(seconds, 1), "threads": threads(),
        "versions": {"python": platform.python_version(), "keras": keras.__version__,
                     "tensorflow": tf.__version__, "numpy": np.__version__},
        "history": {key: [round(float(value), 5) for value in series]
                    for key, series in history.history.items()},
        "test": {"loss": round(float(loss), 5), "accuracy": round(float(accuracy), 5)},
        "test_answers": np.bincount(answers.argmax(axis=1), minlength=10).tolist(),
    }


def threads() -> int:
    """How many threads TensorFlow may use inside one operation."""
    return tf.config.threading.get_intra_op_parallelism_threads() or os.cpu_count() or 1


def read_ledger(path: Path, row: Row) -> dict:
    """What the ledger holds of a row, with its claim and recipe as they stand now."""
    known = json.loads(path.read_text(encoding="utf-8"))["runs"] if path.is_file() else []
    recipe = {"optimizer": row.optimizer, "batch_size": row.batch_size, "epochs": row.epochs,
              "pixels_divided_by": row.scale, "held_out": row.validation}
    return {"row": row.name, "lesson": row.lesson, "about": row.about, "claim": row.claim,
            "recipe": recipe, "runs": known}


def write_ledger(path: Path, entry: dict) -> None:
    """Replace a row's file in one step, so that a stop leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".part", delete=False,
                                     encoding="utf-8") as part:
        json.dump(entry, part, indent=1)
        part.write("\n")
    os.chmod(part.name, 0o644)  # temporary files are made for their owner alone
    os.replace(part.name, path)


def reproduce(row: Row, digits: Digits, seeds: range, output: Path, most: int | None) -> None:
    """Run the seeds of a row that its ledger file lacks, writing after each."""
    path = output / f"{row.name}.json"
    for seed in seeds:
        entry = read_ledger(path, row)
        if seed in {done["seed"] for done in entry["runs"]}:
            continue
        measured = run(row, seed, digits, most)
        entry["runs"] = sorted([*entry["runs"], measured], key=lambda done: done["seed"])
        write_ledger(path, entry)
        print(f"{row.name}, seed {seed}: test accuracy {measured['test']['accuracy']:.4f}, "
              f"{measured['seconds']:.0f} s", flush=True)


def main(arguments: list[str] | None = None) -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reproduce", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--row", action="append", choices=sorted(ROWS), help="default: every row")
    parser.add_argument("--seeds", type=int, help="how many seeds; default: the row's own number")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--digits", type=int, help="train on this many digits only")
    parser.add_argument("--threads", type=int, help="threads for one operation; default: all")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args(arguments)
    if options.threads:
        tf.config.threading.set_intra_op_parallelism_threads(options.threads)
        tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    digits = load_mnist()
    if options.output == RESULTS and (options.digits or not digits.is_full):
        parser.error("book/results holds runs on the full data only; name another --output "
                     "for fewer digits")
    for name in options.row or ROWS:
        row = ROWS[name]
        last = options.first + (options.seeds or row.seeds)
        reproduce(row, digits, range(options.first, last), options.output, options.digits)


if __name__ == "__main__":
    main()
