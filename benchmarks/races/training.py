"""Train a contender, and time L3's recipe beside it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from benchmarks.ledger import networks
from benchmarks.races.contenders import Recipe
from helpers.data.augmentation import augment
from helpers.data.mnist import Digits
from helpers.data.order import new_order_each_epoch

if TYPE_CHECKING:
    import keras

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

L3_EPOCHS, L3_BATCH = 5, 64
OPTIMIZERS = {"adam": "Adam", "rmsprop": "RMSprop"}  # classes of keras.optimizers
STEPS_AT_ONCE = 50  # in one call of TensorFlow, for both sides; the arithmetic stays as it is


def prepare(images: np.ndarray) -> np.ndarray:
    """Pixels as every network here takes them: (n, 28, 28, 1) float32 from 0 to 1."""
    return images[..., np.newaxis].astype("float32") / 255


def training_digits(digits: Digits, most: int | None, *, hold_out: bool):
    """Images and labels to train on: with the validation digits, as L3 has them, or without."""
    images, labels = digits.train
    if not hold_out:
        images = np.concatenate([images, digits.validation.images])
        labels = np.concatenate([labels, digits.validation.labels])
    return prepare(images[:most]), labels[:most]


def rate(recipe: Recipe, count: int) -> keras.optimizers.schedules.LearningRateSchedule | float:
    """The learning rate over all steps of a training on `count` digits."""
    import keras

    if not recipe.falls:
        return recipe.peak
    steps = recipe.epochs * -(-count // recipe.batch_size)
    rising = max(1, round(recipe.warmup * steps))
    return keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - rising), warmup_target=recipe.peak, warmup_steps=rising)


@dataclass(frozen=True)
class Trained:
    """A trained network, its curves, and how long each epoch took.

    epoch_seconds, epoch_processor: of the clock and of the processor, (epochs,), with the copies
    that the epoch made, and in the first one with what TensorFlow builds. copying: the part of
    `epoch_processor` that the copies took. The look at held-out digits is not counted.
    """

    model: keras.Model
    curves: dict[str, list[float]]
    epoch_seconds: list[float]
    epoch_processor: list[float]
    copying: list[float]

    def times(self) -> dict:
        """What the results keep of it, in seconds."""
        return {"seconds": round(sum(self.epoch_seconds), 1),
                "processor_seconds": round(sum(self.epoch_processor), 1),
                **{name: [round(second, 2) for second in getattr(self, name)]
                   for name in ("epoch_seconds", "epoch_processor", "copying")}}


def train(recipe: Recipe, seed: int, images, labels, held_out=None, name: str = "") -> Trained:
    """Train a contender; held-out digits are read after each epoch, where there are some."""
    import keras

    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    model = recipe.build()
    optimizer = getattr(keras.optimizers, OPTIMIZERS[recipe.optimizer])
    model.compile(optimizer(rate(recipe, len(labels))),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  metrics=["accuracy"], steps_per_execution=STEPS_AT_ONCE)
    done = Trained(model, {}, [], [], [])
    for epoch in tqdm(range(recipe.epochs), desc=f"{name}, seed {seed}", unit="epoch"):
        clock, processor = time.perf_counter(), time.process_time()
        fresh = images
        if recipe.changes:
            fresh = augment(images, seed=1_000 * seed + epoch, **recipe.changes)
        done.copying.append(time.process_time() - processor)
        batches = new_order_each_epoch(fresh, labels, batch_size=recipe.batch_size, seed=seed,
                                       first_epoch=epoch)
        history = model.fit(batches, epochs=epoch + 1, initial_epoch=epoch, shuffle=False,
                            verbose=0).history
        done.epoch_seconds.append(time.perf_counter() - clock)
        done.epoch_processor.append(time.process_time() - processor)
        reached = {key: value for key, (value,) in history.items()}
        if held_out:
            loss, accuracy = model.evaluate(*held_out, batch_size=500, verbose=0)
            reached |= {"val_accuracy": accuracy, "val_loss": loss}
        for key, value in reached.items():
            done.curves.setdefault(key, []).append(round(float(value), 5))
    return done


def time_l3(images, labels, epochs: int) -> dict:
    """Train L3's network by its recipe and time each epoch, without the start of the first.

    A few digits are trained on beforehand, so that TensorFlow has built what it needs. The recipe
    is taken to last as long as five median epochs, so that a single slow one does not count.
    """
    import keras

    keras.utils.clear_session()
    keras.utils.set_random_seed(0)
    model = networks.l3_convnet()
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"],
                  steps_per_execution=STEPS_AT_ONCE)
    some = min(len(labels), L3_BATCH * STEPS_AT_ONCE)
    model.fit(images[:some], labels[:some], batch_size=L3_BATCH, verbose=0)
    clocks, processors = [], []
    for _ in tqdm(range(epochs), desc="L3's recipe", unit="epoch"):
        clock, processor = time.perf_counter(), time.process_time()
        model.fit(images, labels, batch_size=L3_BATCH, verbose=0)
        clocks.append(round(time.perf_counter() - clock, 2))
        processors.append(round(time.process_time() - processor, 2))
    return {"epoch_seconds": clocks, "seconds": round(float(np.median(clocks)) * L3_EPOCHS, 1),
            "processor_seconds": round(float(np.median(processors)) * L3_EPOCHS, 1)}
