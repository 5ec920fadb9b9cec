"""Exercise 6.3, two numbers, and many: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.exercises.checks import array, function

Axes = tuple[int, ...]


def normalising(axes: Axes = (0, 1, 2), *, root: bool = True, exchanged: bool = False,
                epsilon: float = 0.001, beside: float = 0.0) -> Callable[..., np.ndarray]:
    """Return batch normalisation, or what comes of a mistake in it."""
    def normalise(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
        variance = x.var(axis=axes, keepdims=True) + epsilon
        spread = np.sqrt(variance) if root else variance
        scaled = (x - x.mean(axis=axes, keepdims=True)) / (spread + beside)
        return beta * scaled + gamma if exchanged else gamma * scaled + beta
    return normalise


def draw_batch(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw maps whose channels differ in mean and spread, with gamma and beta."""
    channels = int(random.integers(2, 5))
    size = (*random.integers(3, 6, size=3), channels)
    return (random.normal(size=size) * random.uniform(1, 4, channels)
            + random.uniform(-5, 5, channels),
            random.uniform(0.5, 2, channels), random.normal(size=channels))


ASKS = {
    "five_and_nine": array([-1, 1], within=1e-3, misconceptions=[
        ([-2, 2], "You subtracted the mean and did not divide by the standard deviation."),
        ([-0.5, 0.5], "You divided by the variance. Its root is asked for."),
        (np.array([-2, 2]) / np.sqrt(8), "You took the variance of a sample, divided by n - 1. "
                                         "The layer divides by n."),
        ([1, -1], "Your signs are turned round."),
        ([2.5, 4.5], "You divided, but did not subtract the mean."),
    ]),
    "five_and_little_more": array([-1, 1], within=1e-3, misconceptions=[
        (np.array([-0.1, 0.1]) / np.sqrt(0.011), "That is with the layer's epsilon, 0.001. Here "
                                                 "it is left out."),
        (np.array([-0.1, 0.1]) / 0.101, "You added epsilon. Here it is left out."),
        ([-0.1, 0.1], "You subtracted the mean and did not divide by the standard deviation."),
        ([-0.05, 0.05], "You divided by the standard deviation of the first batch. Each batch "
                        "has its own."),
        ([-10, 10], "You divided by the variance. Its root is asked for."),
        ([1, -1], "Your signs are turned round."),
    ]),
    "running_values": array([0.7, 1.3], within=1e-3, misconceptions=[
        ([6.3, 3.7], "The momentum is the share of the old value that is kept, and you kept "
                     "that of the new one."),
        ([0.07, 1.03], "That is a momentum of 0.99."),
        ([7, 4], "Those are the values of the batch. The running values move only part of the "
                 "way."),
        ([0.7, 0.4], "The running variance starts from 1, not from 0."),
        ([0.7, 1.7], "You took the variance of a sample, divided by n - 1. The layer divides "
                     "by n."),
        ([0.7, 1.1], "You used the standard deviation. The layer follows the variance."),
        ([1.3, 0.7], "You exchanged the two."),
    ]),
    "normalise_maps": function(normalising(), draw=draw_batch, misconceptions=[
        (normalising((0,)), "You took the mean over the batch alone. A channel has one mean, "
                            "over all places, too."),
        (normalising((1, 2)), "You normalised each example by itself. The mean runs over the "
                              "batch, too."),
        (normalising((0, 1, 2, 3)), "You took one mean for all channels. Each has its own."),
        (normalising((3,)), "You took the mean over the channels. Each channel has its own."),
        (normalising(epsilon=0), "Epsilon is missing: 0.001, added to the variance."),
        (normalising(epsilon=0, beside=0.001), "You added epsilon to the standard deviation. It "
                                               "is added to the variance, under the root."),
        (normalising(root=False), "You divided by the variance. Its root is asked for."),
        (normalising(exchanged=True), "You exchanged gamma and beta."),
        (lambda x, gamma, beta: normalising()(x, 1, 0), "Gamma and beta are missing."),
    ]),
}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("five_and_nine = [-1, 1]\nfive_and_little_more = [-1, 1]\nrunning_values = [0.7, 1.3]\n\n"
     "def normalise_maps(x, gamma, beta):\n    x -= x.mean(axis=(0, 1, 2))\n"
     "    return gamma * x / np.sqrt(x.var(axis=(0, 1, 2)) + 0.001) + beta",
     "changes the array"),
)
