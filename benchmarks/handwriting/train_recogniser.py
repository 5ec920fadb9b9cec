"""Train the network that helpers.networks.recogniser loads, and write its weights and its record.

    python -m benchmarks.handwriting.train_recogniser               # the full data
    python -m benchmarks.handwriting.train_recogniser --digits 2000 --epochs 1 --output /tmp/try

Every epoch sees new copies of the digits as a camera would leave them, and of letters and shapes,
for which all ten answers are to be equally likely. Then, on validation digits changed the same way
and on letters of other typefaces: a temperature, by which the last layer is divided, and the
threshold below which the answer is "no digit". The test digits are opened once, at the end, and so
are the typefaces for the test. The typefaces are installed first, by npm.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from benchmarks.handwriting.calibration import (
    best_temperature,
    best_threshold,
    calibration_error,
    softened,
)
from benchmarks.handwriting.photographed import BOUNDS, photographed
from benchmarks.handwriting.snapshots import photograph_digits
from benchmarks.handwriting.strangers import NO_LABEL, STRANGE, TWINS, Lessons, draw_lessons
from benchmarks.letters.fonts import install
from benchmarks.letters.letters import accepted, unseen_letters
from benchmarks.letters.shapes import SHAPES, draw_shapes
from benchmarks.reader.training import asked_for, half_cosine, identity, prepare, write_record
from helpers.data.mnist import Digits, Split
from helpers.handwriting.non_digits import KINDS, draw_non_digits
from helpers.networks.recogniser import RECORD, WEIGHTS, build_recogniser, save_recogniser

if TYPE_CHECKING:
    import keras

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

PEAK_RATE, WARM_UP, BATCH_SIZE, EPOCHS, SEED = 0.006, 0.2, 128, 7, 0
SNAPSHOTS = 27_500  # digits that are photographed, too; one takes 2 ms
OTHERS = 9000  # shapes among the lessons, and as many other pictures of no digit
LESSON_SEED, VALIDATION_SEED = 11, 13


def train(digits: Split, lessons: Lessons, epochs: int,
          most: int | None) -> tuple[keras.Model, dict]:
    """Train one network; the rate rises to its peak and falls to zero as half a cosine.

    Each epoch takes some digits as MNIST has them and some as photographed, by chance.
    """
    import keras

    keras.utils.set_random_seed(SEED)
    random = np.random.default_rng(SEED)
    images, labels = prepare(digits, most)
    taken = photograph_digits(images[:SNAPSHOTS, ..., 0], seed=SEED)[..., np.newaxis]
    targets = np.vstack([np.eye(10), np.full((1, 10), 0.1)]).astype(np.float32)  # the last: none
    given = targets[np.concatenate([labels, lessons.labels])]  # -1 is the last
    weights = np.concatenate([np.ones(len(labels), np.float32), lessons.weights])
    rate = half_cosine(PEAK_RATE, WARM_UP, images=len(given), batch_size=BATCH_SIZE, epochs=epochs)
    model = build_recogniser()
    model.compile(keras.optimizers.Adam(rate), "categorical_crossentropy")
    started, losses = time.perf_counter(), []
    for epoch in tqdm(range(epochs), desc="recogniser", unit="epoch"):
        seen = np.concatenate([images, lessons.images[..., np.newaxis]])
        coin = np.flatnonzero(random.random(len(taken)) < 0.5)
        seen[coin] = taken[coin]
        order = random.permutation(len(seen))  # a seeded `fit` would keep one for all epochs
        history = model.fit(photographed(seen[order], seed=epoch), given[order],
                            sample_weight=weights[order], batch_size=BATCH_SIZE, shuffle=False,
                            verbose=0)
        losses.append(round(float(history.history["loss"][0]), 5))
    return model, {"loss": losses, "seconds": round(time.perf_counter() - started, 1)}


def sample(split: Split, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Digits as a camera leaves them, and their labels."""
    images, labels = prepare(split)
    return photographed(images, seed=seed), labels


def measure(model: keras.Model, split: Split, *, seed: int, threshold: float,
            strangers: int = 100) -> dict:
    """How well a network reads digits, plain and changed, and refuses what is none."""
    changed, labels = sample(split, seed=seed)
    plain = model.predict(prepare(split)[0], batch_size=500, verbose=0)
    seen = model.predict(changed, batch_size=500, verbose=0)
    def refused(draw: Callable, kinds: Iterable[str], count: int) -> dict[str, float]:
        shares = {}
        for kind in kinds:
            strange = photographed(draw(count, seed=seed, kind=kind)[..., np.newaxis], seed=seed)
            most = model.predict(strange, batch_size=500, verbose=0).max(axis=1)
            shares[kind] = round(float(np.mean(most < threshold)), 4)
        return shares

    return {
        "plain": {"accuracy": round(float(np.mean(plain.argmax(axis=1) == labels)), 4),
                  "refused": round(float(np.mean(plain.max(axis=1) < threshold)), 4)},
        "photographed": {
            "accuracy": round(float(np.mean(seen.argmax(axis=1) == labels)), 4),
            "refused": round(float(np.mean(seen.max(axis=1) < threshold)), 4),
            "calibration_error": round(calibration_error(seen, labels), 4)},
        "non_digits_refused": refused(draw_non_digits, KINDS, strangers),
        "shapes_refused": refused(draw_shapes, SHAPES, strangers),
    }


def make_recogniser(digits: Digits, output: Path, *, epochs: int = EPOCHS,
                    most: int | None = None, typefaces: bool = False) -> dict:
    """Train, calibrate and choose on what is for validation, and write network and record.

    typefaces: learn from the letters of benchmarks.letters.fonts, too, which must be installed.
    """
    import cv2

    drawn = {"others": OTHERS if most is None else max(10, most // 5), "typefaces": typefaces}
    strangers = 100 if most else 1000  # of each kind, to measure on
    lessons = draw_lessons("train", seed=LESSON_SEED, **drawn)
    model, training = train(digits.train, lessons, epochs, most)
    changed, labels = sample(digits.validation, seed=1_000)
    unknown = draw_lessons("validation", seed=VALIDATION_SEED, **drawn)
    strange = photographed(unknown.images[unknown.labels == NO_LABEL][..., np.newaxis], seed=1_001)
    seen, strange = (model.predict(images, batch_size=500, verbose=0)
                     for images in (changed, strange))
    temperature = best_temperature(seen, labels)
    threshold = best_threshold(softened(seen, temperature), labels,
                               softened(strange, temperature))
    last = model.get_layer("digit")
    last.set_weights([weights / np.float32(temperature) for weights in last.get_weights()])
    output.mkdir(parents=True, exist_ok=True)
    save_recogniser(model, output / WEIGHTS.name)
    record = {
        "what": "the network that reads digits out of photographs and video frames",
        **identity(model, output / WEIGHTS.name),
        "data": {"source": digits.source, "train": len(digits.train.labels[:most]),
                 "validation": len(digits.validation.labels), "test": len(digits.test.labels),
                 "photographed": len(digits.train.labels[:most][:SNAPSHOTS]),
                 "lessons": lessons.summary()},
        "pixels_divided_by": 255,
        "seed": SEED,
        "recipe": {"optimizer": "adam", "schedule": "warm-up, then half a cosine to zero",
                   "peak_rate": PEAK_RATE, "warm_up": WARM_UP, "batch_size": BATCH_SIZE,
                   "epochs": epochs, "changes": BOUNDS, "weight_of_strangers": STRANGE,
                   "weights_of_twins": TWINS},
        "training": training,
        "temperature": round(temperature, 4),
        "calibration_error_before": round(calibration_error(seen, labels), 4),
        "threshold": threshold,
        "chosen_by": "the validation digits, changed, and letters, signs and shapes of typefaces "
                     "that were not learned from",
        "validation": measure(model, digits.validation, seed=2_000, threshold=threshold,
                              strangers=strangers),
        "test": measure(model, digits.test, seed=3_000, threshold=threshold, strangers=strangers),
        "letters_accepted": {} if most else {name: accepted(model, letters, threshold).summary()
                             for name, letters in unseen_letters(typefaces=typefaces).items()},
    }
    return write_record(record, output / RECORD.name, opencv=cv2.__version__)


def main(arguments: list[str] | None = None) -> None:
    """Train as the command line asks and say how well the network reads and refuses."""
    options, digits = asked_for(arguments, program="benchmarks.handwriting.train_recogniser",
                                description=__doc__, epochs=EPOCHS)
    install()
    record = make_recogniser(digits, options.output, epochs=options.epochs, most=options.digits,
                             typefaces=True)
    test = record["test"]
    print(f"temperature {record['temperature']}, threshold {record['threshold']}: test digits "
          f"{test['plain']['accuracy']:.4f} as they are, {test['photographed']['accuracy']:.4f} "
          f"changed; refused of what is no digit: {test['non_digits_refused']}, "
          f"{test['shapes_refused']}; letters accepted: {record['letters_accepted']}")


if __name__ == "__main__":
    main()
