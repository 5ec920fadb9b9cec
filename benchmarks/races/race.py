"""Run a seed of a race or of a try, and fill the files of results."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Hashable, Iterable
from operator import itemgetter
from pathlib import Path

import numpy as np

from benchmarks.ledger.entries import write_ledger
from benchmarks.ledger.underway.threads import threads
from benchmarks.races.contenders import CANDIDATES, Race, Recipe
from benchmarks.races.training import L3_EPOCHS, prepare, time_l3, train, training_digits
from helpers.data.mnist import Digits

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

ORDER = "from seed and epoch"  # of the digits; runs without this line had one order in all epochs


def run(race: Race, seed: int, digits: Digits, most: int | None = None, *,
        clock: bool = True) -> dict:
    """Run one seed of a race, without L3 beside it if `clock` is off; returns what is kept."""
    recipe = CANDIDATES[race.candidate]
    images, labels = training_digits(digits, most, hold_out=False)
    beside, clock = None, bool(clock and race.share)
    if clock and seed % 2 == 0:
        beside = time_l3(images, labels, L3_EPOCHS if seed == 0 else 1)
    done = train(recipe, seed, images, labels, name=race.name)
    if clock and seed % 2:
        beside = time_l3(images, labels, 1)
    loss, accuracy = done.model.evaluate(prepare(digits.test.images), digits.test.labels,
                                         batch_size=500, verbose=0)
    return {"seed": seed, "parameters": done.model.count_params(),
            "data": sizes(digits, len(labels), test=len(digits.test.labels)),
            "epochs": recipe.epochs, "order": ORDER, **done.times(),
            "l3": beside, "threads": threads(), "versions": versions(), "history": done.curves,
            "test": {"loss": round(float(loss), 5), "accuracy": round(float(accuracy), 5)}}


def attempt(name: str, seed: int, digits: Digits, most: int | None = None) -> dict:
    """Train a candidate without the validation digits and measure them after each epoch."""
    recipe = CANDIDATES[name]
    images, labels = training_digits(digits, most, hold_out=True)
    held_out = prepare(digits.validation.images), digits.validation.labels
    done = train(recipe, seed, images, labels, held_out, name)
    return {"seed": seed, "parameters": done.model.count_params(),
            "data": sizes(digits, len(labels), validation=len(held_out[1])),
            "epochs": recipe.epochs, "order": ORDER, **done.times(),
            "threads": threads(), "versions": versions(), "history": done.curves}


def sizes(digits: Digits, train: int, *, validation: int = 0, test: int = 0) -> dict:
    """Where the digits came from and how many were used for what."""
    return {"source": digits.source, "train": train, "validation": validation, "test": test}


def versions() -> dict[str, str]:
    """The versions that the numbers depend on."""
    import keras
    import tensorflow as tf

    return {"python": platform.python_version(), "keras": keras.__version__,
            "tensorflow": tf.__version__, "numpy": np.__version__}


def described(recipe: Recipe) -> dict:
    """A recipe as the results keep it; that the rate falls is said where it does not."""
    kept = {"optimizer": recipe.optimizer, "batch_size": recipe.batch_size,
            "epochs": recipe.epochs, "peak": recipe.peak, "warmup": recipe.warmup,
            "changes": recipe.changes}
    return kept if recipe.falls else kept | {"falls": False}


def summary(measured: dict) -> str:
    """One run in one line."""
    if "test" in measured:
        accuracy = f"test accuracy {measured['test']['accuracy']:.4f}"
    else:
        accuracy = f"validation accuracy {measured['history']['val_accuracy'][-1]:.4f}"
    beside = f" beside L3's {measured['l3']['seconds']:.0f} s" if measured.get("l3") else ""
    return f"{accuracy}, {measured['parameters']:,} parameters, {measured['seconds']:.0f} s{beside}"


def fill(path: Path, head: dict, wanted: Iterable, measure, *, clock: bool = False,
         key: Callable[[dict], Hashable] = itemgetter("seed"), summary=summary) -> None:
    """Run what is wanted, mostly seeds, and a file of results lacks, writing after each.

    clock: whether a run without L3's time is lacking, too. key: by what a run is known, as
    `wanted` names it. summary: says a run in one line.
    Raises ValueError when the file holds runs of another recipe: they must not be mixed.
    """
    for one in wanted:
        if is_lacking(path, head, one, clock=clock, key=key):
            add(path, head, measure(one), key=key, summary=summary)


def is_lacking(path: Path, head: dict, one: Hashable, *, clock: bool = False,
               key: Callable[[dict], Hashable] = itemgetter("seed")) -> bool:
    """Whether a file of results lacks a run; the options are those of `fill`."""
    return not any(key(done) == one and (done.get("l3") or not clock)
                   for done in known_runs(path, head))


def add(path: Path, head: dict, measured: dict, *,
        key: Callable[[dict], Hashable] = itemgetter("seed"), summary=summary) -> None:
    """Write a run into a file of results, in the place of one of the same key, and say it."""
    # Read again: another process may have added a run meanwhile.
    runs = [done for done in known_runs(path, head) if key(done) != key(measured)]
    write_ledger(path, head | {"runs": sorted([*runs, measured], key=key)})
    print(f"{path.stem}, seed {measured['seed']}: {summary(measured)}", flush=True)


def known_runs(path: Path, head: dict) -> list[dict]:
    """The runs that a file of results holds, which must be of this recipe."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else head
    if known["recipe"] != head["recipe"]:
        raise ValueError(f"{path.name} holds runs of another recipe, {known['recipe']}; "
                         f"the recipe is now {head['recipe']}. Move the file away to run it")
    return known.get("runs", [])
