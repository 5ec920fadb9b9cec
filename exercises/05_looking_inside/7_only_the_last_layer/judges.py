"""Exercise 5.7, only the last layer: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import Wrong, choice, rule


def pair_of_numbers(answer: object) -> np.ndarray:
    """Return an answer as two numbers; Wrong if it is none."""
    try:
        pair = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("Two numbers are wanted, first for seed 1, then for seed 0.") from None
    if pair.shape != (2,) or not np.isfinite(pair).all():
        raise Wrong("Two numbers are wanted, first for seed 1, then for seed 0.")
    return pair


def judge_reading(answer: object) -> None:
    """Refuse accuracies that no pair of correct experiments gives."""
    one, zero = pair_of_numbers(answer)
    if max(one, zero) > 1 or min(one, zero) < 0:
        raise Wrong("Shares between 0 and 1 are wanted.")
    if one > 0.9 and zero < 0.4:
        raise Wrong("The order is turned round: seed 1 comes first.")
    if one > 0.9:
        raise Wrong("With seed 1 the network should not be able to read. Did the layer keep its "
                    "trained weights?")
    if zero < 0.4:
        raise Wrong("With seed 0 something odd should show. Set the seed right before you build "
                    "the fresh reader, and replace the last layer alone.")
    if one > 0.4 or zero < 0.9:
        raise Wrong("Not the accuracies of these two networks. Replace the last layer alone, and "
                    "measure on all 1,000 digits.")


def judge_likeness(answer: object) -> None:
    """Refuse correlations that no pair of correct experiments gives."""
    one, zero = pair_of_numbers(answer)
    if max(abs(one), abs(zero)) > 1:
        raise Wrong("A rank correlation lies between -1 and 1.")
    if one > 0.99 and zero > 0.99:
        raise Wrong("The maps are the same. Did you compare the trained network with itself?")
    if one > 0.55 and zero > 0.75:
        raise Wrong("So large? That is what whole images give. Compare the pixels with ink alone.")
    if one > zero:
        raise Wrong("The order is turned round: seed 1 comes first.")
    if one > 0.45 or zero < 0.5:
        raise Wrong("Not what these two networks give. Compare the saliency of each digit's own "
                    "class, on its ink, and take the mean over the 20 digits.")


ASKS = {
    "accuracy_without_head": rule(judge_reading, wrong=[
        ([0.98, 0.06], "order is turned round"),
        ([0.997, 0.997], "keep its trained weights"),
        ([0.06, 0.15], "something odd should show"),
        ([6, 98], "between 0 and 1"),
        (0.98, "Two numbers"),
    ], draw=lambda random: 0.4 + 0.5 * random.random(2)),
    "saliency_without_head": rule(judge_likeness, wrong=[
        ([0.69, 0.19], "order is turned round"),
        ([0.78, 0.88], "pixels with ink"),
        ([1.0, 1.0], "with itself"),
        ([0.19, 0.25], "mean over the 20 digits"),
    ], draw=lambda random: 0.45 * random.random(2)),
    "odd_because": choice("start", {
        "luck": "Among 10 to the power of thousands of settings, luck is no explanation. With "
                "which seed was the reader made?",
        "leak": "build_reader makes a network without training. Look at what the record says "
                "of the seed.",
        "spare": "Then seed 1 would read as well.",
    }),
}
