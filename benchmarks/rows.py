"""What each row of the ledger claims, and the recipe that tests the claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import keras

from benchmarks import networks


@dataclass(frozen=True)
class Row:
    """One claim of a lesson and how to run it.

    validation: whether the last 5,000 training digits are held out; without, all 60,000 train.
    scale: what the pixels are divided by before they go in (1 leaves 0 to 255).
    """

    name: str
    lesson: str
    about: str
    build: Callable[[], keras.Model]
    optimizer: str
    batch_size: int
    epochs: int
    seeds: int
    scale: float = 255.0
    validation: bool = True
    claim: dict[str, float] = field(default_factory=dict)


EXERCISE_1 = {"lesson": "L5", "build": networks.l5_exercise_1, "optimizer": "adam",
              "batch_size": 10, "epochs": 10, "seeds": 10}
EXERCISE_2 = {"lesson": "L5", "build": networks.l5_exercise_2, "optimizer": "adam",
              "batch_size": 20, "epochs": 10, "seeds": 10}
CLAIM_1 = {"accuracy": 0.9862, "loss": 0.058, "val_accuracy": 0.9691, "val_loss": 0.263}
CLAIM_2 = {"accuracy": 0.9931, "loss": 0.023, "val_accuracy": 0.9844, "val_loss": 0.066}

ROWS = {row.name: row for row in (
    Row("L3-convnet", "L3", "The convnet as published", networks.l3_convnet, "rmsprop", 64, 5, 5,
        validation=False, claim={"test_accuracy": 0.991}),
    Row("L3-dense", "L3", "The dense network it is compared with", networks.l3_dense, "rmsprop",
        128, 5, 5, validation=False, claim={"test_accuracy": 0.978}),
    Row("L5-exercise-1-raw", about="As published, pixels from 0 to 255", scale=1.0,
        claim=CLAIM_1, **EXERCISE_1),
    Row("L5-exercise-1-scaled", about="Mended: pixels from 0 to 1", **EXERCISE_1),
    Row("L5-exercise-2-raw", about="As published, pixels from 0 to 255", scale=1.0,
        claim=CLAIM_2, **EXERCISE_2),
    Row("L5-exercise-2-scaled", about="Mended: pixels from 0 to 1", **EXERCISE_2),
)}
