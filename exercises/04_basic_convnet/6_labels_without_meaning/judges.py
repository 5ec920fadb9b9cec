"""Exercise 4.6, labels without meaning: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import Wrong, choice, number, rule


def one_number(answer: object, wanted: str) -> float:
    """Return a share; Wrong says why it is none."""
    try:
        value = float(np.asarray(answer, dtype=float).reshape(()))
    except (TypeError, ValueError):
        raise Wrong(wanted) from None
    if not np.isfinite(value):
        raise Wrong("A number is wanted, and yours is nan or infinite.")
    return value


def judge_by_heart(answer: object) -> None:
    """Refuse a training accuracy of a network that has not learned its digits by heart."""
    value = one_number(answer, "One number is wanted: the training accuracy.")
    if value > 1.0001:
        raise Wrong("A share between 0 and 1 is wanted, not a percentage or a loss.")
    if value < 0.3:
        raise Wrong("That is about a guess. With labels without meaning it takes longer: train for "
                    "more epochs, and look at the training digits.")
    if value < 0.8:
        raise Wrong("It has begun to learn them by heart. Give it more epochs.")


def judge_unknown_loss(answer: object) -> None:
    """Refuse a validation loss that is no worse than a guess."""
    value = one_number(answer, "One number is wanted: the validation loss.")
    if value < 0.5:
        raise Wrong("That is no validation loss. Is it the training loss, or an accuracy?")
    if value < 2.3:
        raise Wrong("That is better than a guess, so the labels mean something. Did you shuffle "
                    "them, and are the validation labels the true ones?")
    if value < 3:
        raise Wrong("That is about the loss of a guess. Train until the training digits are known "
                    "by heart.")


ASKS = {
    "by_heart": rule(judge_by_heart, draw=lambda random: float(random.uniform(-5, 0.79)),
                     wrong=[(0.1, "about a guess"), (0.55, "more epochs"),
                            (97.0, "not a percentage"), ("all", "One number is wanted")]),
    "held_out": number(0.1, within=0.07, misconceptions={
        1.0: "That is on the training digits.",
        0.9: "That is with true labels. Did you shuffle them before the training?",
        10.0: "A share is wanted, not a percentage.",
    }, otherwise="What can be known about a digit from labels that mean nothing?"),
    "held_out_loss": rule(judge_unknown_loss,
                          draw=lambda random: float(random.uniform(-5, 2.9)),
                          wrong=[(0.1, "no validation loss"), (1.2, "better than a guess"),
                                 (2.4, "the loss of a guess")]),
    "telling_curve": choice("validation loss", {
        "training loss": "It falls, as it should. From it alone you would think that the "
                         "network learns.",
        "training accuracy": "It rises, as it should. From it alone you would think that the "
                             "network learns.",
    }),
}
