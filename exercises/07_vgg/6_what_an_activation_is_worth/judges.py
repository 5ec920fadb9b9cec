"""Exercise 7.6, what an activation is worth: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import Wrong, choice, rule


def accuracies(answer: object) -> np.ndarray:
    """Return three accuracies; Wrong if there are none."""
    try:
        three = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("Three accuracies are wanted, one for each seed.") from None
    if three.shape != (3,) or not np.isfinite(three).all():
        raise Wrong("Three accuracies are wanted, one for each seed.")
    if three.min() < 0 or three.max() > 1:
        raise Wrong("Accuracies between 0 and 1 are wanted.")
    return three


def judge_blind(answer: object) -> None:
    """Refuse accuracies that a linear network does not have on new stripes."""
    three = accuracies(answer)
    if three.mean() > 0.8:
        raise Wrong("That is too good for a network of linear parts. Is there an activation or a "
                    "maximum in it?")
    if three.mean() > 0.555:
        raise Wrong("A little too good. Did you measure on the training stripes? It has learned "
                    "some of their noise.")
    if three.mean() < 0.44:
        raise Wrong("Worse than guessing? Compare each answer with its own label.")


def judge_seeing(answer: object) -> None:
    """Refuse accuracies that a network with something nonlinear should exceed."""
    three = accuracies(answer)
    if three.mean() < 0.6:
        raise Wrong("It guesses. Does this network have what the task says, and has it been "
                    "trained?")
    if three.min() < 0.9:
        raise Wrong("It should do better. Train with a rate of 0.01 for four epochs.")


ASKS = {
    "none_average": rule(judge_blind, wrong=[
        ([1.0, 1.0, 1.0], "too good for a network of linear parts"),
        ([0.6, 0.6, 0.58], "training stripes"),
        ([50, 46, 48], "between 0 and 1"),
        (0.5, "one for each seed"),
        ([0.0, 0.0, 0.0], "Worse than guessing"),
    ], draw=lambda random: 0.56 + 0.44 * random.random(3)),
    "relu_average": rule(judge_seeing, wrong=[
        ([0.5, 0.46, 0.48], "It guesses"),
        ([0.7, 0.75, 0.8], "should do better"),
    ], draw=lambda random: 0.89 * random.random(3)),
    "none_max": rule(judge_seeing, wrong=[
        ([0.5, 0.46, 0.48], "It guesses"),
    ], draw=lambda random: 0.89 * random.random(3)),
    "linear_because": choice("mean", {
        "few": "The other two have as many.",
        "short": "The other two were trained as long. And what would it learn in a longer "
                 "time, that it does not know yet?"}),
}
