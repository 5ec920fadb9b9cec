"""Race against L3's recipe and write what was measured into book/results.

    python -m benchmarks.races                        # every race, every seed that is missing
    python -m benchmarks.races --race quick           # one race
    python -m benchmarks.races --try three-16-bold   # a candidate, on validation digits alone
    python -m benchmarks.races --race quick --seeds 1 --digits 2000 --output /tmp/try

A race trains on the 60,000 digits that L3's recipe trains on, and looks at the test digits once, at
the end. Choices are made by --try, which trains on 55,000 and never opens the test digits. A seed
that is in the results is not run again, so after a stop the same command goes on.

Where time counts, L3's recipe is trained in the same run, right before or after the contender (its
turn changes with the seed). The first seed runs all five of its epochs, so that one can see how
equal they are; the other seeds run one and count it five times. A contender's time holds all that
it does, augmentation and the first steps that build its graph; L3's is counted without those.
Seconds of the processor stand beside those of the clock; other programs disturb them less.
On a machine that is busy with other things, --no-clock leaves L3 out and counts accuracy alone; a
later run without that option does such seeds again, and then has their times.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from tqdm import tqdm

from benchmarks import networks
from benchmarks.contenders import CANDIDATES, RACES, Race, Recipe
from benchmarks.reproduce import write_ledger
from benchmarks.trial import threads
from helpers.augmentation import augment
from helpers.data import Digits, load_mnist
from helpers.ledger import RESULTS

L3_EPOCHS, L3_BATCH = 5, 64
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


def rate(recipe: Recipe, count: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """The learning rate over all steps of a training on `count` digits."""
    steps = recipe.epochs * -(-count // recipe.batch_size)
    rising = max(1, round(recipe.warmup * steps))
    return keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - rising), warmup_target=recipe.peak, warmup_steps=rising)


def train(recipe: Recipe, seed: int, images, labels, held_out=None, name: str = "") -> tuple:
    """Train a contender; returns the model, its curves, and the seconds of clock and processor."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    model = recipe.build()
    model.compile(keras.optimizers.Adam(rate(recipe, len(labels))),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  metrics=["accuracy"], steps_per_execution=STEPS_AT_ONCE)
    curves: dict[str, list[float]] = {}
    clock, processor = time.perf_counter(), time.process_time()
    for epoch in tqdm(range(recipe.epochs), desc=f"{name}, seed {seed}", unit="epoch"):
        fresh = images
        if recipe.changes:
            fresh = augment(images, seed=1_000 * seed + epoch, **recipe.changes)
        history = model.fit(fresh, labels, batch_size=recipe.batch_size, epochs=epoch + 1,
                            initial_epoch=epoch, validation_data=held_out, verbose=0).history
        for key, (value,) in history.items():
            curves.setdefault(key, []).append(round(float(value), 5))
    return (model, curves, round(time.perf_counter() - clock, 1),
            round(time.process_time() - processor, 1))


def time_l3(images, labels, epochs: int) -> dict:
    """Train L3's network by its recipe and time each epoch, without the start of the first.

    A few digits are trained on beforehand, so that TensorFlow has built what it needs.
    """
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
    return {"epoch_seconds": clocks, "seconds": round(float(np.mean(clocks)) * L3_EPOCHS, 1),
            "processor_seconds": round(float(np.mean(processors)) * L3_EPOCHS, 1)}


def run(race: Race, seed: int, digits: Digits, most: int | None = None, *,
        clock: bool = True) -> dict:
    """Run one seed of a race, without L3 beside it if `clock` is off; returns what is kept."""
    recipe = CANDIDATES[race.candidate]
    images, labels = training_digits(digits, most, hold_out=False)
    beside, clock = None, bool(clock and race.share)
    if clock and seed % 2 == 0:
        beside = time_l3(images, labels, L3_EPOCHS if seed == 0 else 1)
    model, curves, seconds, processor = train(recipe, seed, images, labels, name=race.name)
    if clock and seed % 2:
        beside = time_l3(images, labels, 1)
    loss, accuracy = model.evaluate(prepare(digits.test.images), digits.test.labels,
                                    batch_size=500, verbose=0)
    return {"seed": seed, "parameters": model.count_params(),
            "data": sizes(digits, len(labels), test=len(digits.test.labels)),
            "epochs": recipe.epochs, "seconds": seconds, "processor_seconds": processor,
            "l3": beside, "threads": threads(), "versions": versions(), "history": curves,
            "test": {"loss": round(float(loss), 5), "accuracy": round(float(accuracy), 5)}}


def attempt(name: str, seed: int, digits: Digits, most: int | None = None) -> dict:
    """Train a candidate without the validation digits and measure them after each epoch."""
    recipe = CANDIDATES[name]
    images, labels = training_digits(digits, most, hold_out=True)
    held_out = prepare(digits.validation.images), digits.validation.labels
    model, curves, seconds, processor = train(recipe, seed, images, labels, held_out, name)
    return {"seed": seed, "parameters": model.count_params(),
            "data": sizes(digits, len(labels), validation=len(held_out[1])),
            "epochs": recipe.epochs, "seconds": seconds, "processor_seconds": processor,
            "threads": threads(), "versions": versions(), "history": curves}


def sizes(digits: Digits, train: int, *, validation: int = 0, test: int = 0) -> dict:
    """Where the digits came from and how many were used for what."""
    return {"source": digits.source, "train": train, "validation": validation, "test": test}


def versions() -> dict[str, str]:
    """The versions that the numbers depend on."""
    return {"python": platform.python_version(), "keras": keras.__version__,
            "tensorflow": tf.__version__, "numpy": np.__version__}


def described(recipe: Recipe) -> dict:
    """A recipe as the results keep it."""
    return {"optimizer": "adam", "batch_size": recipe.batch_size, "epochs": recipe.epochs,
            "peak": recipe.peak, "warmup": recipe.warmup, "changes": recipe.changes}


def fill(path: Path, head: dict, seeds: range, measure, *, clock: bool = False) -> None:
    """Run the seeds that a file of results lacks, writing after each.

    clock: whether a seed without L3's time is lacking, too.
    Raises ValueError when the file holds runs of another recipe: they must not be mixed.
    """
    for seed in seeds:
        known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else head
        if known["recipe"] != head["recipe"]:
            raise ValueError(f"{path.name} holds runs of another recipe, {known['recipe']}; "
                             f"the recipe is now {head['recipe']}. Move the file away to run it")
        runs = known.get("runs", [])
        if any(done["seed"] == seed and (done.get("l3") or not clock) for done in runs):
            continue
        measured = measure(seed)
        runs = [done for done in runs if done["seed"] != seed]
        runs = sorted([*runs, measured], key=lambda done: done["seed"])
        write_ledger(path, head | {"runs": runs})
        print(f"{path.stem}, seed {seed}: {summary(measured)}", flush=True)


def summary(measured: dict) -> str:
    """One run in one line."""
    if "test" in measured:
        accuracy = f"test accuracy {measured['test']['accuracy']:.4f}"
    else:
        accuracy = f"validation accuracy {measured['history']['val_accuracy'][-1]:.4f}"
    beside = f" beside L3's {measured['l3']['seconds']:.0f} s" if measured.get("l3") else ""
    return f"{accuracy}, {measured['parameters']:,} parameters, {measured['seconds']:.0f} s{beside}"


def main(arguments: list[str] | None = None) -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.races", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--race", action="append", choices=sorted(RACES), help="default: all")
    parser.add_argument("--try", dest="tried", action="append", choices=sorted(CANDIDATES),
                        help="train a candidate on validation digits instead of a race")
    parser.add_argument("--seeds", type=int, help="how many seeds; default: 5, a try 1")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--digits", type=int, help="train on this many digits only")
    parser.add_argument("--no-clock", dest="clock", action="store_false",
                        help="leave out L3 and its time, on a machine that is busy")
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
    for name in options.tried or ():
        head = {"candidate": name, "recipe": described(CANDIDATES[name])}
        fill(options.output / f"candidate-{name}.json", head,
             range(options.first, options.first + (options.seeds or 1)),
             lambda seed, name=name: attempt(name, seed, digits, options.digits))
    for name in options.race or (() if options.tried else RACES):
        race = RACES[name]
        head = {"race": name, "about": race.about, "candidate": race.candidate,
                "target": {"accuracy": race.accuracy, "share": race.share,
                           "parameters": race.parameters},
                "recipe": described(CANDIDATES[race.candidate])}
        fill(options.output / f"race-{name}.json", head,
             range(options.first, options.first + (options.seeds or race.seeds)),
             lambda seed, race=race: run(race, seed, digits, options.digits, clock=options.clock),
             clock=bool(options.clock and race.share))


if __name__ == "__main__":
    main()
