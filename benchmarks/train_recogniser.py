"""Train the network that helpers.recogniser loads, and write its weights and its record.

    python -m benchmarks.train_recogniser               # the full data
    python -m benchmarks.train_recogniser --digits 2000 --epochs 1 --output /tmp/try

Every epoch sees new copies of the digits as a camera would leave them, and of pictures that are no
digit, for which all ten answers are to be equally likely. Then, on validation digits changed the
same way: a temperature, by which the last layer is divided, so that probabilities are as often
right as they say (C. Guo and others, "On Calibration of Modern Neural Networks", 2017), and the
threshold below which the answer is "no digit". The test digits are opened once, at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import keras
import numpy as np
import tensorflow as tf
from tqdm import tqdm

from benchmarks.photographed import BOUNDS, photographed
from benchmarks.train_reader import prepare
from benchmarks.trial import threads
from helpers.data import Digits, Split, load_mnist
from helpers.ledger import RESULTS
from helpers.non_digits import KINDS, draw_non_digits
from helpers.recogniser import NO_DIGIT, RECORD, WEIGHTS, build_recogniser, decide, save_recogniser
from helpers.whole_files import write_whole

PEAK_RATE, WARM_UP, BATCH_SIZE, EPOCHS, SEED = 0.006, 0.2, 128, 7, 0
NON_DIGITS = 0.15  # for each digit
TEMPERATURES = np.geomspace(0.4, 2.5, 41)


def train(digits: Split, epochs: int, most: int | None) -> tuple[keras.Model, dict]:
    """Train one network; the rate rises to its peak and falls to zero as half a cosine."""
    keras.utils.set_random_seed(SEED)
    images, labels = prepare(digits, most)
    strange = draw_non_digits(round(NON_DIGITS * len(images)), seed=SEED)[..., np.newaxis]
    images = np.concatenate([images, strange])
    targets = np.concatenate([np.eye(10, dtype="float32")[labels],
                              np.full((len(strange), 10), 0.1, "float32")])
    steps = epochs * -(-len(images) // BATCH_SIZE)  # division rounded up
    warm_up = max(1, int(WARM_UP * steps))
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - warm_up), warmup_target=PEAK_RATE, warmup_steps=warm_up)
    model = build_recogniser()
    model.compile(keras.optimizers.Adam(rate), "categorical_crossentropy")
    started, losses = time.perf_counter(), []
    for epoch in tqdm(range(epochs), desc="recogniser", unit="epoch"):
        history = model.fit(photographed(images, seed=epoch), targets, batch_size=BATCH_SIZE,
                            verbose=0)
        losses.append(round(float(history.history["loss"][0]), 5))
    return model, {"loss": losses, "seconds": round(time.perf_counter() - started, 1)}


def sample(split: Split, *, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Digits as a camera leaves them, their labels, and as many changed pictures of no digit."""
    images, labels = prepare(split)
    strange = draw_non_digits(len(images), seed=seed)[..., np.newaxis]
    return (photographed(images, seed=seed), labels,
            photographed(strange, seed=seed + 1))


def logits(probabilities: np.ndarray) -> np.ndarray:
    """The logarithms, which are the network's logits but for a constant in each row."""
    return np.log(np.clip(probabilities, 1e-30, None))


def softened(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """The probabilities with the logits divided by the temperature."""
    powers = np.exp(logits(probabilities) / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def best_temperature(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """The temperature under which the labels are the most likely."""
    losses = [-logits(softened(probabilities, temperature))[np.arange(len(labels)), labels].mean()
              for temperature in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def best_threshold(probabilities: np.ndarray, labels: np.ndarray, strange: np.ndarray) -> float:
    """The threshold with the most right answers, digits and pictures of no digit counted alike."""
    thresholds = np.linspace(0.2, 0.99, 80)
    scores = [np.mean(decide(probabilities, threshold=threshold) == labels)
              + np.mean(decide(strange, threshold=threshold) == NO_DIGIT)
              for threshold in thresholds]
    return round(float(thresholds[int(np.argmax(scores))]), 2)


def calibration_error(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error: how far the confidence is from the accuracy, in 15 bins."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bins = np.minimum((15 * confidence).astype(int), 14)
    return float(sum(abs(confidence[bins == which].mean() - right[bins == which].mean())
                     * np.mean(bins == which) for which in np.unique(bins)))


def measure(model: keras.Model, split: Split, *, seed: int, threshold: float) -> dict:
    """How well a network reads digits, plain and changed, and refuses what is none."""
    changed, labels, _ = sample(split, seed=seed)
    plain = model.predict(prepare(split)[0], batch_size=500, verbose=0)
    seen = model.predict(changed, batch_size=500, verbose=0)
    refused = {}
    for kind in KINDS:
        strange = photographed(draw_non_digits(1000, seed=seed, kind=kind)[..., np.newaxis],
                               seed=seed)
        answers = decide(model.predict(strange, batch_size=500, verbose=0), threshold=threshold)
        refused[kind] = round(float(np.mean(answers == NO_DIGIT)), 4)
    return {
        "plain": {"accuracy": round(float(np.mean(plain.argmax(axis=1) == labels)), 4),
                  "refused": round(float(np.mean(plain.max(axis=1) < threshold)), 4)},
        "photographed": {
            "accuracy": round(float(np.mean(seen.argmax(axis=1) == labels)), 4),
            "refused": round(float(np.mean(seen.max(axis=1) < threshold)), 4),
            "calibration_error": round(calibration_error(seen, labels), 4)},
        "non_digits_refused": refused,
    }


def make_recogniser(digits: Digits, output: Path, *, epochs: int = EPOCHS,
                    most: int | None = None) -> dict:
    """Train, calibrate and choose on validation digits, and write the network with its record."""
    model, training = train(digits.train, epochs, most)
    changed, labels, strange = sample(digits.validation, seed=1_000)
    seen, unknown = (model.predict(images, batch_size=500, verbose=0)
                     for images in (changed, strange))
    temperature = best_temperature(seen, labels)
    threshold = best_threshold(softened(seen, temperature), labels,
                               softened(unknown, temperature))
    last = model.get_layer("digit")
    last.set_weights([weights / np.float32(temperature) for weights in last.get_weights()])
    output.mkdir(parents=True, exist_ok=True)
    save_recogniser(model, output / WEIGHTS.name)
    record = {
        "what": "the network that reads digits out of photographs and video frames",
        "file": WEIGHTS.name,
        "sha256": hashlib.sha256((output / WEIGHTS.name).read_bytes()).hexdigest(),
        "parameters": model.count_params(),
        "data": {"source": digits.source, "train": len(digits.train.labels[:most]),
                 "validation": len(digits.validation.labels), "test": len(digits.test.labels),
                 "non_digits_for_each_digit": NON_DIGITS},
        "pixels_divided_by": 255,
        "seed": SEED,
        "recipe": {"optimizer": "adam", "schedule": "warm-up, then half a cosine to zero",
                   "peak_rate": PEAK_RATE, "warm_up": WARM_UP, "batch_size": BATCH_SIZE,
                   "epochs": epochs, "changes": BOUNDS},
        "training": training,
        "temperature": round(temperature, 4),
        "calibration_error_before": round(calibration_error(seen, labels), 4),
        "threshold": threshold,
        "chosen_by": "the validation digits, changed, and as many pictures of no digit",
        "validation": measure(model, digits.validation, seed=2_000, threshold=threshold),
        "test": measure(model, digits.test, seed=3_000, threshold=threshold),
        "threads": threads(),
        "versions": {"python": platform.python_version(), "keras": keras.__version__,
                     "tensorflow": tf.__version__, "opencv": cv2.__version__,
                     "numpy": np.__version__},
    }
    write_whole(output / RECORD.name, json.dumps(record, indent=1) + "\n")
    return record


def main(arguments: list[str] | None = None) -> None:
    """Train as the command line asks and say how well the network reads and refuses."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train_recogniser",
                                     description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--digits", type=int, help="train on this many digits only")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the two files go")
    options = parser.parse_args(arguments)
    digits = load_mnist()
    partial = options.digits or options.epochs != EPOCHS or not digits.is_full
    if options.output.resolve() == RESULTS and partial:
        parser.error("book/results holds the network of the full data and recipe only; name "
                     "another --output for less")
    record = make_recogniser(digits, options.output, epochs=options.epochs, most=options.digits)
    test = record["test"]
    print(f"temperature {record['temperature']}, threshold {record['threshold']}: test digits "
          f"{test['plain']['accuracy']:.4f} as they are, {test['photographed']['accuracy']:.4f} "
          f"changed; refused of what is no digit: {test['non_digits_refused']}")


if __name__ == "__main__":
    main()
