"""Judges of shapes and of arrays."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral
from typing import Any

import numpy as np

from helpers.exercises.checks.messages import Message
from helpers.exercises.checks.students import to_array
from helpers.exercises.checks.values import Judge
from helpers.exercises.checks.verdict import Wrong


class shape(Judge):
    """The shape of an array, axis by axis; `axes` names them, ("height", "width", "filters")."""

    def __init__(self, expected: Sequence[int], *, axes: Sequence[str],
                 misconceptions: Mapping[tuple[int, ...], str]) -> None:
        if len(expected) != len(axes):
            raise ValueError(f"shape: {len(expected)} sizes and {len(axes)} names of axes")
        self.expected, self.axes = tuple(expected), tuple(axes)
        self.misconceptions = {tuple(key): text for key, text in misconceptions.items()}
        if self.expected in self.misconceptions:
            raise ValueError("shape: a misconception is the right shape")

    def __call__(self, answer: Any) -> None:
        """Judge a tuple, a list, an array's shape or a TensorFlow shape."""
        given = sizes(answer)
        if given == self.expected:
            return
        if given in self.misconceptions:
            raise Wrong(self.misconceptions[given])
        named = ", ".join(self.axes)
        if len(given) != len(self.expected):
            without_batch = "batch" in self.axes and len(given) == len(self.expected) - 1
            said = Message("The shape has {wanted} axes ({axes}), and yours has {given}.",
                           wanted=len(self.expected), axes=named, given=len(given))
            raise Wrong(said, Message("Is the batch axis missing?") if without_batch else "")
        if sorted(given) == sorted(self.expected):
            raise Wrong("The numbers are right, but their order is not: {axes}.", axes=named)
        off = [name for name, mine, theirs in zip(self.axes, self.expected, given, strict=True)
               if mine != theirs]
        raise Wrong("Not right yet: {axes}.", axes=", ".join(off))

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return the misconceptions."""
        return list(self.misconceptions.items())

    def draw_wrong(self, random: np.random.Generator) -> tuple[int, ...]:
        """Return the shape with some of its sizes changed."""
        while True:
            wrong = tuple(int(max(1, size + random.integers(-3, 4))) for size in self.expected)
            if wrong != self.expected:
                return wrong


def sizes(answer: Any) -> tuple[int, ...]:
    """Return a shape as a tuple of whole numbers; Wrong says why it is none."""
    if hasattr(answer, "as_list"):
        with contextlib.suppress(Exception):  # TensorFlow refuses it for a shape that is not known
            answer = answer.as_list()
    if isinstance(answer, (int, np.integer)) and not isinstance(answer, bool):
        answer = (answer,)
    if isinstance(answer, np.ndarray) and answer.ndim != 1:
        raise Wrong("The shape is wanted, a tuple of whole numbers, and not the array itself.")
    if not isinstance(answer, (tuple, list, np.ndarray)):
        raise Wrong("A shape is a tuple of whole numbers, and yours is a {type}.",
                    type=type(answer).__name__)
    if len(answer) and answer[0] is None:
        raise Wrong("None stands for a batch of any size. Give the shape that the task asks for.")
    if not all(isinstance(size, Integral) or (
            isinstance(size, (float, np.floating)) and float(size).is_integer())
            for size in answer):
        raise Wrong("A shape is a tuple of whole numbers.")
    return tuple(int(size) for size in answer)


class array(Judge):
    """An array of numbers.

    `expected` is an array, or a function without arguments that computes it when it is needed.
    `misconceptions` are pairs: a wrong array (or a function that makes it from the right one), and
    its message. `within` is the largest difference that counts as none, relative to the largest of
    the right numbers.
    """

    def __init__(self, expected: Any, *, misconceptions: Iterable[tuple[Any, str]],
                 within: float = 1e-4, otherwise: str = "") -> None:
        self.given, self.within, self.otherwise = expected, within, otherwise
        self.misconceptions = list(misconceptions)

    @property
    def expected(self) -> np.ndarray:
        """The right array."""
        return np.asarray(self.given() if callable(self.given) else self.given, dtype=float)

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return the misconceptions as arrays."""
        return [(np.asarray(wrong(self.expected) if callable(wrong) else wrong), message)
                for wrong, message in self.misconceptions]

    def __call__(self, answer: Any) -> None:
        """Judge an array, a list of lists or a tensor; it is not changed."""
        try:
            given = to_array(answer)
        except ValueError as error:
            raise Wrong(*error.args) from None
        expected = self.expected
        if close(given, expected, self.within):
            return
        for wrong, message in self.wrong_answers():
            if close(given, wrong, self.within):
                raise Wrong(message)
        raise Wrong(difference(given, expected, self.within), self.otherwise)

    def draw_wrong(self, random: np.random.Generator) -> np.ndarray:
        """Return the right array with one of its numbers changed, or all of them."""
        right = self.expected
        noise = random.normal(size=right.shape) * max(np.abs(right).max(), 1)
        if random.random() < 0.5:
            one = np.zeros(right.size)
            one[random.integers(right.size)] = 1
            noise = noise * one.reshape(right.shape)
        wrong = right + noise
        return wrong if not close(wrong, right, self.within) else self.draw_wrong(random)


def close(one: np.ndarray, other: np.ndarray, within: float) -> bool:
    """Return whether two arrays have one shape and the same numbers, up to rounding.

    Where a single number is wanted, an array of one is that number.
    """
    other = np.asarray(other, dtype=float)
    if not other.ndim and one.size == 1:
        one = one.reshape(())
    if one.shape != other.shape:
        return False
    scale = scale_of(other)
    return bool(np.all(np.abs(one - other) <= within * scale))  # false for nan


def scale_of(right: np.ndarray) -> float:
    """Return the largest of the right numbers; zeros are known up to the rounding of 32 bits."""
    return float(np.abs(right).max(initial=0)) or 1e-3


def difference(given: np.ndarray, expected: np.ndarray, within: float) -> Message:
    """Say in what an array differs, without telling the right numbers."""
    if given.ndim and not expected.ndim:
        return Message("One number, or True or False, is wanted, and that is a whole array.")
    if expected.ndim and not given.ndim:
        return Message("That is a single number, and a list or an array is wanted.")
    if given.ndim != expected.ndim:
        return Message("It has {given} axes, and {wanted} are wanted.",
                       given=given.ndim, wanted=expected.ndim)
    if given.shape != expected.shape:
        if given.shape == expected.shape[::-1]:
            return Message("Its shape is {shape}, and that is not right. The axes are in another "
                           "order.", shape=given.shape)
        return Message("Its shape is {shape}, and that is not right.", shape=given.shape)
    if np.isnan(given).any():
        return Message("It holds nan, which is no number.")
    if expected.size == 1:
        return Message("The number is not right.")
    scale = scale_of(expected)
    off = np.argwhere(np.abs(given - expected) > within * scale)
    place = ", ".join(map(str, off[0]))
    return Message("The shape is right, but {wrong} of {all} numbers are not, the first at "
                   "[{place}].", wrong=len(off), all=expected.size, place=place)
