"""Judges of numbers, and what all judges have in common.

A judge is called with an answer. It returns None if the answer is right, and raises Wrong with a
message if not. `wrong_answers` lists the misconceptions that it knows, `draw_wrong` makes one more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from helpers.exercises.checks.students import to_array
from helpers.exercises.checks.verdict import Wrong

# What floating point leaves of a whole number: 0.002 * 288 / 0.009 is 64.00000000000001.
ROUNDING = 1e-6


class Judge:
    """What all judges have in common."""

    seconds = 5.0

    def __call__(self, answer: Any) -> None:
        """Return None if the answer is right; Wrong says what is wrong with it."""
        raise NotImplementedError

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return pairs of a plausible wrong answer and the message that it gets."""
        return []

    def draw_wrong(self, random: np.random.Generator) -> Any:
        """Return a random wrong answer; None where that has no meaning."""
        return None


class number(Judge):
    """One number.

    `misconceptions` maps wrong numbers to messages; `within` is the distance that still counts as
    equal; it must be given for all but whole numbers, which are compared up to rounding.
    `otherwise` is added for a number that no misconception explains. `pair`: two equal numbers
    count as one, as Keras writes a stride of 2 as (2, 2).
    """

    def __init__(self, expected: float, *, misconceptions: Mapping[float, str],
                 within: float | None = None, otherwise: str = "", pair: bool = False) -> None:
        if within is None and float(expected) != int(expected):
            raise ValueError("number: give `within`, the distance that still counts as equal")
        self.expected, self.within = expected, within or 0.0
        self.misconceptions, self.otherwise, self.pair = dict(misconceptions), otherwise, pair
        for value in self.misconceptions:
            if self.equal(value, expected):
                raise ValueError(f"number: the misconception {value} counts as right")

    def equal(self, one: float, other: float) -> bool:
        """Return whether two numbers are as close as is asked for."""
        return abs(one - other) <= (self.within * (1 + 1e-9) or ROUNDING)

    def __call__(self, answer: Any) -> None:
        """Judge a number, also one in an array or a tensor of a single element."""
        value = single(of_pair(answer) if self.pair else answer)
        if self.equal(value, self.expected):
            return
        for wrong, message in self.misconceptions.items():
            if self.equal(value, wrong):
                raise Wrong(message)
        share = self.within and abs(self.expected) < 1 < abs(value)
        if share and abs(value - 100 * self.expected) <= max(100 * self.within, 0.5):
            raise Wrong("A share is wanted, not a percentage.")
        if not self.within and abs(value - round(value)) > ROUNDING:
            raise Wrong("A whole number is wanted.")
        raise Wrong("That is not the number.", self.otherwise)

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return the misconceptions."""
        return list(self.misconceptions.items())

    def draw_wrong(self, random: np.random.Generator) -> float:
        """Return a number near the right one, or of the same size, or of another."""
        size = max(abs(self.expected), 10)
        while True:
            step = random.choice([1, size / 10, size, 10 * size]) * random.normal()
            value = self.expected + (step if self.within else round(step))
            if not self.equal(value, self.expected):
                return float(value) if self.within else int(value)


def of_pair(answer: Any) -> Any:
    """Return one of two equal numbers, and whatever else it is as it is."""
    row = answer.ndim if isinstance(answer, np.ndarray) else isinstance(answer, (tuple, list))
    if row and len(answer) == 2:
        return answer[0] if np.array_equal(answer[0], answer[1]) else answer
    return answer


def single(answer: Any) -> float:
    """Return the one number of an answer; Wrong says why it is none."""
    if isinstance(answer, (bool, np.bool_)):
        raise Wrong("One number is wanted, not True or False.")
    try:
        array = to_array(answer)
    except ValueError as error:
        raise Wrong("One number is wanted.", *error.args) from None
    if array.size != 1:
        raise Wrong("One number is wanted, and you gave {given}.", given=array.size)
    value = float(array.reshape(()))
    if not math.isfinite(value):
        raise Wrong("A number is wanted, and yours is {value}.", value=value)
    return value


class rule(Judge):
    """A judge of your own: a function that raises Wrong, and the wrong answers that it refuses.

    Calls of the student's functions inside it go through `call`, so that their errors are theirs.
    """

    def __init__(self, judge: Callable[[Any], None], *,
                 wrong: Iterable[tuple[Any, str]] = (),
                 draw: Callable[[np.random.Generator], Any] | None = None) -> None:
        self.judge, self.wrong, self.draw = judge, list(wrong), draw

    def __call__(self, answer: Any) -> None:
        """Judge by the function."""
        try:
            self.judge(answer)
        except (OverflowError, MemoryError):
            raise Wrong("Your numbers are too large or too many to compute with.") from None

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return the wrong answers that the author lists."""
        return self.wrong

    def draw_wrong(self, random: np.random.Generator) -> Any:
        """Return what the author's function makes."""
        return self.draw and self.draw(random)
