"""Run a setting, watch it step by step, and keep what was measured."""

from __future__ import annotations

import os
import platform
import time

import numpy as np

from benchmarks.collapse.narrow_vgg import narrow_vgg16
from benchmarks.collapse.optimizers import optimizer
from benchmarks.collapse.settings import BATCH, HOPELESS, STEPS, breaks_off, gives_up, is_followed
from benchmarks.collapse.slides import slides_network
from benchmarks.collapse.starts import spread_out
from helpers.inspection.diagnosis import has_trained, layer_outputs, watch_training

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def prepare(images: np.ndarray, size: int) -> np.ndarray:
    """Digits as the networks take them, from 0 to 1.

    32: a border of two pixels, and the grey channel three times, as in L2: (n, 32, 32, 3).
    16: each square of four pixels becomes their mean, and a border of one: (n, 16, 16, 1).
    28: as they are, from 0 to 255, for the slides' network: (n, 28, 28, 1).
    """
    if size == 28:
        return images[..., np.newaxis].astype("float32")
    images = images.astype("float32") / 255
    if size == 32:
        return np.repeat(np.pad(images, ((0, 0), (2, 2), (2, 2)))[..., np.newaxis], 3, axis=-1)
    halved = images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))
    return np.pad(halved, ((0, 0), (1, 1), (1, 1)))[..., np.newaxis]


def run(part: str, setting: dict, seeds: list[int], digits) -> list[dict]:
    """Run some seeds of a setting; returns a cell for each, the setting with what was measured."""
    import keras
    import tensorflow as tf

    size, most = setting["size"], setting["digits"]
    images, labels = prepare(digits.train.images[:most], size), digits.train.labels[:most]
    probes, truth = prepare(digits.validation.images[:500], size), digits.validation.labels[:500]

    network, batch = dict(setting["network"]), setting.get("batch_size", BATCH)
    measured_start = network.pop("measured_start", False)

    def build():
        if part == "slides":
            return slides_network(**network)
        model = narrow_vgg16(setting["width"], size=size, **network)
        return spread_out(model, images[:100]) if measured_start else model

    def decided(losses):
        return ((breaks_off(part) and has_trained(losses[-20:]))
                or (gives_up(part) and losses[-1] > HOPELESS))

    started = time.perf_counter()
    records = watch_training(build, images, labels, optimizer=lambda: optimizer(**setting["rule"]),
                             seeds=seeds, steps=setting["steps"], batch_size=batch, stop=decided,
                             progress=setting["name"])
    seconds = time.perf_counter() - started
    model, found = build(), []
    for record in records:
        model.set_weights(record.weights)
        answers = model.predict(probes, batch_size=100, verbose=0).argmax(axis=1)
        found.append({
            **setting, "seed": record.seed, "digits": len(labels), "steps": len(record.loss),
            "batch_size": batch, "parameters": model.count_params(),
            "trains": has_trained(record.loss[:STEPS]),
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
        if is_followed(part):
            found[-1] |= followed(record, setting["rule"]["rate"])
    return found


def followed(record, rate: float) -> dict:
    """When the loss jumps, and how long gradient and step were: all along, and near the jump.

    norm: the length of the whole gradient, before it is clipped. change: the step of each layer,
    root mean square, in units of the rate, averaged over the layers; layer: the largest layer's;
    weight: the largest of a single weight. blocks: of each, the largest of ten successive steps.
    window: the first step of the 250 of which each step is kept, if the loss jumps.
    """
    series = {"norm": record.norm, "change": record.change.mean(axis=1) / rate,
              "layer": record.change.max(axis=1) / rate,
              "weight": record.largest.max(axis=1) / rate}
    jump = jump_step(record.loss)
    found = {"jump": jump, "norm_median": rounded(np.median(record.norm)),
             "norm_above_1": round(float(np.mean(record.norm > 1)), 4),
             "norm_above_10": round(float(np.mean(record.norm > 10)), 4),
             "change_median": rounded(np.median(series["change"])),
             "blocks": {name: rounded(values[:len(values) // 10 * 10].reshape(-1, 10).max(axis=1))
                        for name, values in series.items()}}
    if jump is not None:
        first = max(0, jump - 150)
        found["window"] = first
        found["near"] = {name: rounded(values[first:first + 250])
                         for name, values in series.items()}
    return found


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
    import keras

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
