"""Run a setting, watch it step by step, and keep what was measured."""

from __future__ import annotations

import os
import platform
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf

from benchmarks.collapse.narrow_vgg import narrow_vgg16
from benchmarks.collapse.settings import BATCH, HOPELESS
from helpers.inspection.diagnosis import has_trained, layer_outputs, watch_training


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
