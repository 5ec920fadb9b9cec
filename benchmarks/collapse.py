"""When training collapses: VGG16 over width and learning rate, its cures, and the late jump.

    python -m benchmarks.collapse                     # everything that is missing
    python -m benchmarks.collapse --part cures        # one part
    python -m benchmarks.collapse --minutes 8         # stop before the next cell after 8 minutes
    python -m benchmarks.collapse --digits 300 --steps 5 --output folder    # a small try

Each part is a file book/results/collapse-PART.json with a list of cells, one for each setting and
seed. What is there is not run again, so the same command goes on after a stop. The parts:

grid    width against learning rate, as published and with ReLU and He's initialisation
cures   one change at a time, where the published network collapses at once, and where one with
        ReLU and Glorot's initialisation stays silent
late    long runs at a rate at which the published network trains first, and what the jump does
anchor  the first steps at full width, on 32x32 pixels as in lesson L2, beside narrow ones

A run trains if the mean loss of 20 successive batches comes below 1.5. In the grid and among the
cures it is then broken off; in the grid also once a loss is above 1,000.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from benchmarks.narrow_vgg import narrow_vgg16
from helpers.data import load_mnist
from helpers.diagnosis import has_trained, layer_outputs, watch_training
from helpers.ledger import RESULTS
from helpers.whole_files import write_whole

HOPELESS = 1_000
BATCH = 32
SIXTEENTH = 1 / 16
RELU_HE = {"activation": "relu", "initializer": "he_normal"}
RATE, SILENT_RATE, LATE_RATE = 0.016, 0.002, 0.008

# One change at a time: what it does to the network, and to the optimiser.
CURES = {
    "as published": ({}, {}),
    "ReLU": ({"activation": "relu"}, {}),
    "He": ({"initializer": "he_normal"}, {}),
    "ReLU and He": (RELU_HE, {}),
    "an eighth of the rate": ({}, {"rate": RATE / 8}),
    "warm-up": ({}, {"warm_up": 150}),
    "clipping": ({}, {"clip": 1.0}),
    "batch normalisation": ({"normalise": True}, {}),
    "residual": ({"residual": True}, {}),
}
SILENT = {
    "ReLU and Glorot": ({"activation": "relu"}, {}),
    "He": (RELU_HE, {}),
    "no activation": ({}, {}),
    "an eighth of the rate": ({"activation": "relu"}, {"rate": SILENT_RATE / 8}),
    "warm-up": ({"activation": "relu"}, {"warm_up": 150}),
    "clipping": ({"activation": "relu"}, {"clip": 1.0}),
    "batch normalisation": ({"activation": "relu", "normalise": True}, {}),
    "residual": ({"activation": "relu", "residual": True}, {}),
}
LATE = {
    "as published": ({}, {}),
    "clipping": ({}, {"clip": 1.0}),
    "a quarter of the rate": ({}, {"rate": LATE_RATE / 4}),
    "batch normalisation": ({"normalise": True}, {}),
}
GRID_RATES = {1 / 16: (1, 2, 4, 8, 16, 32), 1 / 8: (1, 2, 4, 8, 16), 1 / 4: (0.5, 1, 2, 4, 8),
              1 / 2: (0.5, 1, 2, 4)}  # thousandths


def prepare(images: np.ndarray, size: int) -> np.ndarray:
    """Digits as the networks take them, from 0 to 1.

    32: a border of two pixels, and the grey channel three times, as in L2: (n, 32, 32, 3).
    16: each square of four pixels becomes their mean, and a border of one: (n, 16, 16, 1).
    """
    images = images.astype("float32") / 255
    if size == 32:
        return np.repeat(np.pad(images, ((0, 0), (2, 2), (2, 2)))[..., np.newaxis], 3, axis=-1)
    halved = images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))
    return np.pad(halved, ((0, 0), (1, 1), (1, 1)))[..., np.newaxis]


def optimizer(rate: float, warm_up: int = 0, clip: float | None = None) -> keras.Optimizer:
    """Adam with a rate that may grow evenly over the first steps, and a bound on the gradient."""
    if warm_up:
        rate = keras.optimizers.schedules.PolynomialDecay(rate / warm_up, warm_up, rate)
    return keras.optimizers.Adam(rate, global_clipnorm=clip)


def settings(part: str) -> Iterator[dict]:
    """The settings of a part: name, network, rule, width, size, seeds, digits, steps."""
    small = {"width": SIXTEENTH, "size": 16, "digits": 3_500}
    if part == "grid":
        for width, rates in GRID_RATES.items():
            for name, network in (("as published", {}), ("ReLU and He", RELU_HE)):
                for rate in rates:
                    yield {"name": name, "network": network, "rule": {"rate": rate / 1000},
                           "width": width, "size": 16, "digits": 3_500, "steps": 200,
                           "seeds": 3 if width < 1 / 4 else 1}
    elif part == "cures":
        for family, rate, table in (("loud", RATE, CURES), ("silent", SILENT_RATE, SILENT)):
            for name, (network, rule) in table.items():
                yield {**small, "family": family, "name": name, "network": network,
                       "rule": {"rate": rate, **rule}, "seeds": 5, "steps": 300}
    elif part == "late":
        for name, (network, rule) in LATE.items():
            yield {**small, "digits": 20_000, "name": name, "network": network,
                   "rule": {"rate": LATE_RATE, **rule}, "seeds": 5, "steps": 2_000}
    elif part == "anchor":
        for width, size, rate in ((1, 32, 0.001), (SIXTEENTH, 32, RATE), (SIXTEENTH, 16, RATE),
                                  (SIXTEENTH, 16, 0.001)):
            yield {"name": "as published", "network": {}, "rule": {"rate": rate}, "width": width,
                   "size": size, "digits": 3_500, "seeds": 1, "steps": 20}
    else:
        raise ValueError(f"part must be one of {', '.join(PARTS)}, got {part!r}")


PARTS = ("anchor", "cures", "late", "grid")


def run(part: str, setting: dict, seeds: list[int], digits) -> list[dict]:
    """Run some seeds of a setting; returns a cell for each, the setting with what was measured."""
    size, most = setting["size"], setting["digits"]
    images, labels = prepare(digits.train.images[:most], size), digits.train.labels[:most]
    probes, truth = prepare(digits.validation.images[:500], size), digits.validation.labels[:500]

    def build():
        return narrow_vgg16(setting["width"], size=size, **setting["network"])

    def decided(losses):
        if part in ("anchor", "late"):
            return False
        return has_trained(losses[-20:]) or (part == "grid" and losses[-1] > HOPELESS)

    started = time.perf_counter()
    records = watch_training(build, images, labels, optimizer=lambda: optimizer(**setting["rule"]),
                             seeds=seeds, steps=setting["steps"], batch_size=BATCH, stop=decided,
                             progress=setting["name"])
    seconds = time.perf_counter() - started
    model, found = build(), []
    for record in records:
        model.set_weights(record.weights)
        answers = model.predict(probes, batch_size=100, verbose=0).argmax(axis=1)
        found.append({
            **setting, "seed": record.seed, "digits": len(labels), "steps": len(record.loss),
            "batch_size": BATCH, "parameters": model.count_params(), "trains": record.trains(),
            "loss": rounded(record.loss), "answers": np.bincount(answers, minlength=10).tolist(),
            "accuracy": round(float(np.mean(answers == truth)), 4), "data": digits.source,
            "seconds": round(seconds / len(records), 1),
            "versions": {"python": platform.python_version(), "keras": keras.__version__,
                         "tensorflow": tf.__version__, "numpy": np.__version__},
        })
        if part == "anchor":
            found[-1]["spread_after"] = [rounded(output.std())
                                         for output in layer_outputs(model, probes[:100])]
            found[-1] |= first_step(build, images, labels, probes[:100], setting, record.seed)
        if part == "late":
            found[-1] |= around_jump(record)
    return found


def around_jump(record) -> dict:
    """When the loss jumps, and the mean over the layers of gradient and change near it."""
    jump = jump_step(record.loss)
    first = max(0, (jump or len(record.loss)) - 150)
    window = slice(first, first + 250)
    return {"jump": jump, "window": first,
            "gradient": rounded(record.gradient[window].mean(axis=1)),
            "change": rounded(record.change[window].mean(axis=1))}


def jump_step(loss: np.ndarray) -> int | None:
    """Where a run that had trained begins 20 steps whose mean loss is back at guessing, above 2.2.

    None if that does not happen, or if it never trained.
    """
    means = np.convolve(np.asarray(loss, dtype=float), np.ones(20) / 20, mode="valid")
    trained = np.flatnonzero(means < 1.5)
    if not len(trained):
        return None
    back = np.flatnonzero(means[trained[0] + 20:] > 2.2)
    return int(trained[0] + 20 + back[0]) if len(back) else None


def first_step(build, images, labels, probes: np.ndarray, setting: dict, seed: int) -> dict:
    """What leaves each layer at the start, and how far the first step of all layers moves it.

    spread: standard deviation. moved: root mean square of the move, in units of the spread.
    """
    keras.utils.set_random_seed(seed)
    model = build()
    before = layer_outputs(model, probes)
    record, = watch_training(build, images, labels, optimizer=lambda: optimizer(**setting["rule"]),
                             seeds=[seed], steps=1, batch_size=BATCH)
    model.set_weights(record.weights)
    return {"spread": [rounded(output.std()) for output in before],
            "moved": [rounded(np.sqrt(np.mean((new - old)**2)) / old.std())
                      for new, old in zip(layer_outputs(model, probes), before, strict=True)]}


def rounded(values) -> list[float] | float:
    """Four significant digits are enough for a curve and keep the files small."""
    if np.ndim(values):
        return [rounded(value) for value in values]
    return float(f"{float(values):.4g}")


def seeds_missing(setting: dict, known: list[dict], most: int | None) -> list[int]:
    """The seeds of a setting that are not among the stored cells."""
    keys = ("family", "name", "width", "size", "rule")
    done = {cell["seed"] for cell in known
            if all(setting.get(key) == cell.get(key) for key in keys)}
    return [seed for seed in range(min(setting["seeds"], most or setting["seeds"]))
            if seed not in done]


def main(arguments: list[str] | None = None) -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.collapse", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=PARTS, help="default: every part")
    parser.add_argument("--name", help="only the settings of this name")
    parser.add_argument("--width", type=float, help="only the settings of this width")
    parser.add_argument("--seeds", type=int, help="only seeds below this number")
    parser.add_argument("--minutes", type=float, default=np.inf, help="stop after so many")
    parser.add_argument("--digits", type=int, help="train on at most this many")
    parser.add_argument("--steps", type=int, help="at most this many steps")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args(arguments)
    digits = load_mnist()
    if options.output == RESULTS and (options.digits or options.steps or not digits.is_full):
        parser.error("book/results holds whole runs on the full data only; name another --output")
    started = time.perf_counter()
    for part in options.part or PARTS:
        path = options.output / f"collapse-{part}.json"
        known = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.is_file() else []
        for setting in settings(part):
            missing = seeds_missing(setting, known, options.seeds)
            if (not missing or options.name not in (None, setting["name"])
                    or options.width not in (None, setting["width"])):
                continue
            if time.perf_counter() - started > 60 * options.minutes:
                return
            keras.utils.clear_session()
            setting["digits"] = min(setting["digits"], options.digits or setting["digits"])
            setting["steps"] = min(setting["steps"], options.steps or setting["steps"])
            measured = run(part, setting, missing, digits)
            known.extend({key: value for key, value in cell.items() if key != "seeds"}
                         for cell in measured)
            write(path, {"part": part, "cells": known})
            print(f"{part}: {setting['name']}, width {setting['width']:.4g}, {setting['rule']}: "
                  f"{sum(cell['trains'] for cell in measured)} of {len(measured)} train, accuracy "
                  f"{', '.join(format(cell['accuracy'], '.2f') for cell in measured)}, "
                  f"{measured[0]['seconds']:.0f} s each", flush=True)


def write(path: Path, entry: dict) -> None:
    """Replace the file in one step, so that a stop leaves the old one or the new one."""
    head = json.dumps({key: value for key, value in entry.items() if key != "cells"})[:-1]
    lines = ",\n ".join(json.dumps(cell) for cell in entry["cells"])  # a line a cell
    write_whole(path, f'{head}, "cells": [\n {lines}\n]}}\n')


if __name__ == "__main__":
    main()
