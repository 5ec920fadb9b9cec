"""Judge a trained model: what it must fulfil, and how well it scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from helpers.exercises.checks.arrays import close
from helpers.exercises.checks.functions import call
from helpers.exercises.checks.messages import Message
from helpers.exercises.checks.values import Judge
from helpers.exercises.checks.verdict import Wrong


def same_answers(network: Any, right: Any, inputs: np.ndarray, within: float) -> bool:
    """Return whether a network of Keras answers as the right one does with the same weights.

    within: as a share of the largest answer. Raises ValueError if the weights do not fit.
    """
    right.set_weights(network.get_weights())
    return close(np.array(network(inputs)), np.array(right(inputs)), within)


class model(Judge):
    """A model, of any library.

    `requirements` are pairs of a predicate and the message if it does not hold; they are asked in
    order. Then `score(model)` must reach `at_least`; `below` says what to look at if it does not.
    `wrong` are pairs of a function that makes a wrong model, and the message that it gets.
    """

    def __init__(self, *, score: Callable[[Any], float], at_least: float, below: str,
                 requirements: Iterable[tuple[Callable[[Any], bool], str]] = (),
                 wrong: Iterable[tuple[Callable[[], Any], str]] = (),
                 seconds: float = 60.0) -> None:
        self.score, self.at_least, self.below = score, at_least, below
        self.requirements, self.wrong, self.seconds = list(requirements), list(wrong), seconds

    def __call__(self, answer: Any) -> None:
        """Judge a model; an error while it computes is reported with its message."""
        if not (callable(answer) or hasattr(answer, "predict")):
            raise Wrong("A model is wanted, and that is a {type}.", type=type(answer).__name__)
        for holds, message in self.requirements:
            if not call(holds, answer, seconds=self.seconds):
                raise Wrong(message)
        reached = float(call(self.score, answer, seconds=self.seconds))
        if not reached >= self.at_least:  # nan is not enough either
            raise Wrong(Message("It scores {reached:.3f}, and at least {wanted:g} is wanted.",
                                reached=reached, wanted=self.at_least), self.below)

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Make the wrong models."""
        return [(make(), message) for make, message in self.wrong]
