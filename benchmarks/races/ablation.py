"""What each tool of a winner is worth: the winner trained again with one tool left out."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ledger import networks
from benchmarks.ledger.underway.threads import threads
from benchmarks.races.contenders import CANDIDATES, RACES, Recipe
from benchmarks.races.race import ORDER, described, sizes, versions
from benchmarks.races.training import L3_BATCH, L3_EPOCHS, prepare, train, training_digits
from helpers.data.mnist import Digits

if TYPE_CHECKING:
    import keras

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

Key = tuple[str, str, int]  # race, what was left out, seed
WHOLE = "all tools"
USUAL_RATE = 1e-3  # Adam's, unless it is told otherwise


def textbook_network() -> keras.Model:
    """L3's convnet, which answers with logits here, as those that race against it do."""
    import keras

    model = networks.l3_convnet()
    model.layers[-1].activation = keras.activations.linear
    return model


def variants(race: str) -> dict[str, Recipe]:
    """The winner of a race, then without one tool at a time, by what is left out.

    For "quick" two more: L3's network by the winner's training, and L3's recipe as it is.
    """
    whole = CANDIDATES[RACES[race].candidate]
    tried = {
        WHOLE: whole,
        "no copies": replace(whole, changes={}),
        "no normalisation": replace(whole, build=partial(whole.build, normalise=False)),
        "no schedule": replace(whole, falls=False, warmup=0.0),
        "usual rate": replace(whole, falls=False, warmup=0.0, peak=USUAL_RATE),
        "no cropping": replace(whole, build=partial(whole.build, crop=0)),
    }
    if race != "quick":
        return tried
    return tried | {
        "no strides": replace(whole, build=partial(whole.build, pool=True)),
        "textbook's network": replace(whole, build=textbook_network),
        "textbook's recipe": Recipe(textbook_network, L3_EPOCHS, USUAL_RATE, L3_BATCH, 0.0,
                                    falls=False, optimizer="rmsprop"),
    }


def recipes() -> dict:
    """What is trained in every race, as the results keep it."""
    return {race: {name: described(recipe) | {"parameters": recipe.build().count_params()}
                   for name, recipe in variants(race).items()} for race in RACES}


def wanted(races: list[str], chosen: list[str] | None, seeds: range) -> list[Key]:
    """What is to be run: the chosen variants, or all.

    All variants of one seed come before the next, so that they share the hours in which the machine
    is busy, and a stop leaves whole seeds.
    """
    return [(race, name, seed) for race in races for seed in seeds for name in variants(race)
            if not chosen or name in chosen]


def key_of(run: dict) -> Key:
    """By what a run is known."""
    return run["race"], run["variant"], run["seed"]


def measure(digits: Digits, most: int | None = None) -> Callable[[Key], dict]:
    """Return a function that trains one variant and reads the validation digits after each epoch.

    It never opens the test digits. `misread` lists the places of the validation digits that are
    read wrongly at the end, so that two runs can be compared digit by digit.
    """
    images, labels = training_digits(digits, most, hold_out=True)
    held_out, truth = prepare(digits.validation.images), digits.validation.labels

    def run(key: Key) -> dict:
        race, name, seed = key
        recipe = variants(race)[name]
        done = train(recipe, seed, images, labels, (held_out, truth), f"{race}, {name}")
        answers = np.argmax(done.model.predict(held_out, batch_size=500, verbose=0), axis=1)
        return {"race": race, "variant": name, "seed": seed,
                "parameters": done.model.count_params(),
                "data": sizes(digits, len(labels), validation=len(truth)),
                "epochs": recipe.epochs, "order": ORDER, **done.times(), "threads": threads(),
                "versions": versions(), "history": done.curves,
                "misread": np.flatnonzero(answers != truth).tolist()}

    return run


def summary(run: dict) -> str:
    """One run in one line."""
    return (f"{run['race']}, {run['variant']}: {len(run['misread'])} of "
            f"{run['data']['validation']:,} misread, {run['processor_seconds']:.0f} s of the "
            f"processor, {run['seconds']:.0f} s of the clock")
