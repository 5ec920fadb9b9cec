"""One run of a row: train with one seed, go on after a stop, test once."""

from __future__ import annotations

import math
import platform
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tqdm import tqdm

from benchmarks.ledger.batches import Parts, batches, parts, prepare, with_features
from benchmarks.ledger.rows import ROWS, Row
from benchmarks.ledger.underway.checkpoint import Checkpoint
from benchmarks.ledger.underway.progress import progress
from benchmarks.ledger.underway.stuck import stop_when_dead
from benchmarks.ledger.underway.threads import threads
from helpers.data.mnist import Digits
from helpers.data.order import epoch_order
from helpers.networks.backbones import load_backbone

if TYPE_CHECKING:
    import keras

PATIENCE = 3  # epochs without a lower loss, as L2's early stopping has it
TEST_BATCH = 500


class Paused(Exception):
    """A run was left after a whole epoch, because its time was up."""


def run(row: Row, seed: int, digits: Digits, most: int | None = None,
        unfinished: Path | None = None, deadline: float = math.inf) -> dict:
    """Train and test one network; returns what the ledger keeps of it.

    unfinished: the folder that keeps the state after each epoch. A later call with the same row,
        seed and digits goes on from it, and gives the numbers of an unbroken run: they are equal to
        the bit where the machine adds up in the same order, as it does on one thread.
    deadline: the time of time.monotonic() after which no further epoch is begun.
    Raises ValueError for a row that cannot run yet, with the reason, MissingWeights where those of
        its base are not to be had, and Paused at the deadline.
    """
    import keras

    if row.build is None:
        raise ValueError(f"{row.name} cannot run yet: {row.missing}")
    keras.utils.clear_session()
    seed_everything(row, seed)
    chosen = parts(digits, row, most)
    base = None
    if row.backbone:
        base = load_backbone(row.backbone, input_shape=(row.size, row.size, row.channels))
        chosen = with_features(chosen, row, base)
        keras.utils.set_random_seed(seed)
    model = row.build()
    model.compile(row.optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"],
                  steps_per_execution=row.steps)
    checkpoint = unfinished and Checkpoint(
        unfinished / f"{row.name}-{seed}.npz",
        row.recipe() | {"weights": base and base.source, "seed": seed, "source": digits.source,
                        "train": len(chosen.train.labels)})
    notes, best = train(model, row, seed, chosen, checkpoint, deadline)
    if best:
        model.set_weights(best)
    frozen = {} if base is None else {
        "frozen_parameters": base.model.count_params(), "weights": base.source}
    measured = {
        "seed": seed, "parameters": model.count_params() + frozen.get("frozen_parameters", 0),
        **frozen,
        "data": {"source": digits.source, "train": len(chosen.train.labels),
                 "validation": len(chosen.watched.labels)
                 if row.validation and chosen.watched else 0,
                 "test": len(chosen.test.labels)},
        "epochs": len(notes["history"]["loss"]), "dead_after": notes["dead_after"],
        "batch_size": row.batch_size, "order": "from seed and epoch",
        "seconds": round(notes["seconds"], 1), "resumed": notes["resumed"], "threads": threads(),
        "versions": versions(row), "history": notes["history"], **test(model, row, chosen)}
    if row.twin:
        measured["twin"] = test(model, ROWS[row.twin], chosen)
    if checkpoint:
        checkpoint.remove()
    return measured


def train(model: keras.Model, row: Row, seed: int, chosen: Parts,
          checkpoint: Checkpoint | None, deadline: float) -> tuple[dict, list[np.ndarray] | None]:
    """Train epoch by epoch; returns the notes of the run and the best weights, if they are kept."""
    notes: dict[str, Any] = {"history": {}, "seconds": 0.0, "resumed": 0, "dead_after": None}
    best = None
    restored = checkpoint and checkpoint.restore(model)
    if restored:
        notes, best = restored
        notes["resumed"] += 1
        print(f"{row.name}, seed {seed}: goes on after epoch {len(notes['history']['loss'])}")
    watch = stop_when_dead(chosen.train.images, prepare=lambda images: prepare(images, row))
    watched = batches(chosen.watched, row) if chosen.watched else None
    count = len(chosen.train.labels)
    steps = math.ceil(count / row.batch_size)
    done = len(notes["history"].get("loss", []))
    with tqdm(total=row.epochs * steps, initial=done * steps, unit="step", mininterval=1,
              desc=f"{row.name}, seed {seed}") as bar:
        while done < row.epochs and not finished(row, notes):
            started = time.perf_counter()
            order = epoch_order(count, seed, done)
            epoch = model.fit(batches(chosen.train, row, order), shuffle=False, verbose=0,
                              validation_data=watched, callbacks=[watch, progress(bar, steps)])
            for key, (value,) in epoch.history.items():
                notes["history"].setdefault(key, []).append(number(value))
            done += 1
            notes["dead_after"] = done if watch.dead_after else None
            notes["seconds"] += time.perf_counter() - started
            losses = notes["history"].get("val_loss")
            if row.stops_on == "val_loss" and lowest(losses) == done - 1:
                best = model.get_weights()
            if checkpoint:
                checkpoint.save(model, notes, best)
            if time.monotonic() > deadline and done < row.epochs and not finished(row, notes):
                raise Paused(f"{row.name}, seed {seed}: left after epoch {done} of {row.epochs}")
    return notes, best


def finished(row: Row, notes: dict) -> bool:
    """Whether more epochs would be of no use: a dead network, a loss gone, or early stopping."""
    losses = notes["history"].get("loss", [])
    if notes["dead_after"] or None in losses:
        return True
    watched = notes["history"].get(row.stops_on, [])
    return len(watched) - 1 - lowest(watched) >= PATIENCE if watched else False


def lowest(losses: list[float | None]) -> int:
    """The number of the epoch with the lowest loss, from 0; the first of equals."""
    return min(range(len(losses)), key=lambda epoch: math.inf if losses[epoch] is None
               else losses[epoch])


def test(model: keras.Model, row: Row, chosen: Parts) -> dict:
    """Measure on the test digits: loss, accuracy, and how often each digit was the answer."""
    import keras

    images, labels = chosen.test
    pixels = replace(row, scale=row.test_scale or row.scale)
    outputs = np.concatenate([
        np.asarray(model(prepare(images[start:start + TEST_BATCH], pixels), training=False))
        for start in range(0, len(labels), TEST_BATCH)])  # (n, 10)
    answers = outputs.argmax(axis=1)
    loss = keras.losses.sparse_categorical_crossentropy(labels, outputs,
                                                        from_logits=row.library == "torch")
    return {"test": {"loss": number(np.mean(loss)),
                     "accuracy": number(np.mean(answers == labels))},
            "test_answers": np.bincount(answers, minlength=10).tolist()}


def seed_everything(row: Row, seed: int) -> None:
    """Seed the libraries that a row draws from; PyTorch then works on as many threads as Keras."""
    import keras

    keras.utils.set_random_seed(seed)
    if row.library == "torch":
        import torch

        torch.manual_seed(seed)
        torch.set_num_threads(threads())


def versions(row: Row) -> dict[str, str]:
    """The versions of what a row is run by."""
    import keras
    import tensorflow as tf

    found = {"python": platform.python_version(), "keras": keras.__version__,
             "tensorflow": tf.__version__, "numpy": np.__version__}
    if row.library == "torch":
        import torch

        found["torch"] = torch.__version__.partition("+")[0]  # without the name of the build
    return found


def number(value: float) -> float | None:
    """A measured value as JSON holds it; None for what is not finite."""
    return round(float(value), 5) if math.isfinite(value) else None
