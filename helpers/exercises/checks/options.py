"""Judges of choices: one of several options, or several of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from helpers.exercises.checks.values import Judge
from helpers.exercises.checks.verdict import Wrong


class choice(Judge):
    """One of several options, each wrong one with its message; text in any case, or a number.

    Text is compared without its case, hyphens, quotes and a full stop. One option in a list or an
    array is that option.
    """

    def __init__(self, right: Any, wrong: Mapping[Any, str]) -> None:
        self.right, self.wrong = right, dict(wrong)
        if plain(right) in {plain(option) for option in self.wrong}:
            raise ValueError(f"choice: {right!r} is both right and wrong")

    def __call__(self, answer: Any) -> None:
        """Judge a choice."""
        answer = the_only(answer)
        if plain(answer) == plain(self.right):
            return
        for option, message in self.wrong.items():
            if plain(answer) == plain(option):
                raise Wrong(message)
        options = sorted([self.right, *self.wrong], key=str)
        raise Wrong("Choose one of {options}.", options=", ".join(map(repr, options)))

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return the wrong options."""
        return list(self.wrong.items())


class choices(Judge):
    """Several of the options, in any order.

    `wrong` maps each option that must not be chosen to its message, `missing` maps each of the
    right ones to the message if it was left out.
    """

    def __init__(self, *, missing: Mapping[Any, str], wrong: Mapping[Any, str]) -> None:
        self.missing, self.wrong = dict(missing), dict(wrong)

    def __call__(self, answer: Any) -> None:
        """Judge a set, a list, a tuple, a single option, or options with commas between."""
        known = {plain(option) for option in [*self.missing, *self.wrong]}
        if isinstance(answer, str) and plain(answer) not in known:
            answer = re.split(r"[,;]|\band\b", answer)
        if isinstance(answer, (str, Iterator)) or not isinstance(answer, Iterable) or (
                getattr(answer, "ndim", 1) == 0):
            answer = [the_only(answer)]
        chosen = {plain(option) for option in answer}
        if not chosen <= known:
            names = ", ".join(map(repr, sorted([*self.missing, *self.wrong], key=str)))
            raise Wrong("Choose among {options}.", options=names)
        for option, message in self.wrong.items():
            if plain(option) in chosen:
                raise Wrong(message)
        for option, message in self.missing.items():
            if plain(option) not in chosen:
                raise Wrong(message)

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return the right set with one option too many, and with one too few."""
        right = list(self.missing)
        many = [([*right, option], message) for option, message in self.wrong.items()]
        return many + [([other for other in right if other != option], message)
                       for option, message in self.missing.items() if len(right) > 1]


def the_only(answer: Any) -> Any:
    """Return what stands alone in a list, a tuple, a set or an array; all else as it is."""
    if isinstance(answer, np.ndarray) and answer.size == 1:
        return answer.item()
    if isinstance(answer, (list, tuple, set, frozenset)) and len(answer) == 1:
        return next(iter(answer))
    return answer


def plain(option: Any) -> Any:
    """Return an option in the form in which two of them are compared."""
    if isinstance(option, str):
        words = re.sub(r"(?<=[a-z0-9])[-_](?=[a-z])", " ", str(option).lower())
        return " ".join(words.replace(",", ", ").split()).strip("\"'`. ")
    if isinstance(option, (bool, np.bool_)):
        return bool(option)
    if isinstance(option, np.ndarray):
        return f"an array of shape {option.shape} that is no option"  # its text may be endless
    try:
        return float(option) if isinstance(option, (int, float, np.number)) else repr(option)
    except (OverflowError, RecursionError):  # beyond any float, or lists in lists without an end
        return f"a {type(option).__name__} that is no option"
