"""Measure the hand-written convolutions beside TensorFlow's, on a batch of digits.

    python -m benchmarks.speed.convolution_speed

The functions take turns, so that whatever else the machine does falls on all of them alike.
Writes book/results/convolution_speed.json.
"""

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import load_mnist
from helpers.data.whole_files import write_whole
from helpers.reference import conv2d, conv2d_loop

OUTPUT = RESULTS / "convolution_speed.json"
IMAGES, KERNEL_SIZE, FILTERS = 64, 3, 32
LOOP_IMAGES, LOOP_ROUNDS = 2, 5  # the loop is too slow for all of them; its time is linear in them
LIMIT = 5  # how many times TensorFlow's time the vectorised convolution may take


def measure(*, rounds: int = 100, loop_rounds: int = LOOP_ROUNDS) -> dict:
    """Time each convolution in milliseconds for the whole batch of float32 digits.

    The ratio of a function is its median over TensorFlow's median. The low and high beside a median
    are the 10th and 90th percentile; those of a ratio are taken over the ratios within each round.
    """
    import tensorflow as tf

    images = load_mnist(source="embedded").train.images[:IMAGES, ..., np.newaxis]
    images = (images / 255).astype(np.float32)  # (64, 28, 28, 1)
    shape = (KERNEL_SIZE, KERNEL_SIZE, 1, FILTERS)
    kernels = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    # Tensors made beforehand, so that TensorFlow's time holds no copy from NumPy.
    tensors = tf.constant(images), tf.constant(kernels)

    def tensorflow() -> np.ndarray:
        return tf.nn.conv2d(*tensors, strides=1, padding="VALID").numpy()

    def vectorised() -> np.ndarray:
        return conv2d(images, kernels)

    def loop() -> np.ndarray:
        return conv2d_loop(images[:LOOP_IMAGES], kernels)

    for function in (vectorised, loop):  # the same work; and a first call is slower than the rest
        output = function()
        np.testing.assert_allclose(output, tensorflow()[:len(output)], rtol=0, atol=1e-5)
    times = {"tensorflow": [], "vectorised": [], "loop": []}
    for number in range(rounds):
        times["tensorflow"].append(_milliseconds(tensorflow))
        times["vectorised"].append(_milliseconds(vectorised))
        if number < loop_rounds:
            times["loop"].append(_milliseconds(loop) * IMAGES / LOOP_IMAGES)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "what": f"{IMAGES} digits of 28x28x1, {FILTERS} kernels of {KERNEL_SIZE}x{KERNEL_SIZE}, "
                "valid, float32",
        "rounds": {name: len(values) for name, values in times.items()},
        "loop_measured_on": f"{LOOP_IMAGES} digits, times {IMAGES // LOOP_IMAGES}",
        "milliseconds": {name: _spread(values) for name, values in times.items()},
        "ratio": {name: _ratio(times[name], times["tensorflow"])
                  for name in ("vectorised", "loop")},
        "limit": LIMIT,
        "cores": cores,
        "versions": {"python": platform.python_version(), "tensorflow": tf.__version__,
                     "numpy": np.__version__},
    }


def _milliseconds(function: Callable[[], np.ndarray]) -> float:
    start = time.perf_counter()
    function()
    return 1000 * (time.perf_counter() - start)


def _spread(values: list[float]) -> dict[str, float]:
    low, high = np.percentile(values, [10, 90])
    return {"median": round(statistics.median(values), 3), "low": round(float(low), 3),
            "high": round(float(high), 3)}


def _ratio(values: list[float], baseline: list[float]) -> dict[str, float]:
    ratios = [value / base for value, base in zip(values, baseline, strict=False)]
    median = statistics.median(values) / statistics.median(baseline)
    return _spread(ratios) | {"median": round(median, 3)}


def main() -> None:
    """Measure, print the ratios and write the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    result = measure(rounds=arguments.rounds)
    for name, taken in result["milliseconds"].items():
        ratio = result["ratio"].get(name)
        times = f", {ratio['median']:.2f} times TensorFlow's ({ratio['low']:.2f} to " \
                f"{ratio['high']:.2f})" if ratio else ""
        print(f"{name:10}  {taken['median']:9.2f} ms{times}")
    write_whole(arguments.output, json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
