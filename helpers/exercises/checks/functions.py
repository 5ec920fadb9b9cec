"""Judge a student's function: try it on hidden and on random inputs beside a reference."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from helpers.exercises.checks.arrays import close, difference
from helpers.exercises.checks.limits import TimeUp, limited
from helpers.exercises.checks.messages import Message
from helpers.exercises.checks.students import blame, is_open, to_array
from helpers.exercises.checks.values import Judge
from helpers.exercises.checks.verdict import Late, Wrong

NO_FUNCTION = ("A function is wanted, and that is a {type}. Hand over its name, without brackets "
               "behind it.")
TINY = 16  # an input of so few numbers is shown, so that the student can try it


def call(function: Callable[..., Any], *arguments: Any, seconds: float = 3.0) -> Any:
    """Call a student's function; Wrong reports its error or its endless loop as theirs."""
    try:
        return limited(function, *arguments, seconds=seconds)
    except TimeUp:
        raise Late("Your function did not end within {seconds:g} seconds. Is there a loop that "
                   "never ends?", seconds=seconds) from None
    except Wrong:
        raise
    except (Exception, SystemExit) as error:
        raise Wrong(blame(error)) from None


class function(Judge):
    """A function that must do what `reference` does.

    `cases` are hidden arguments, each a tuple; `draw(random)` makes further ones. `misconceptions`
    are pairs of a function and the message for a student whose function does the same on all
    inputs. `within` is relative to the largest number of the right result. `any_order`: the result
    is a collection of numbers, in whatever order and container.
    """

    def __init__(self, reference: Callable[..., Any], *, cases: Iterable[tuple] = (),
                 draw: Callable[[np.random.Generator], tuple] | None = None, trials: int = 12,
                 misconceptions: Sequence[tuple[Callable[..., Any], str]],
                 within: float = 1e-4, seconds: float = 3.0, any_order: bool = False) -> None:
        self.reference, self.cases, self.draw, self.trials = reference, list(cases), draw, trials
        self.misconceptions, self.within, self.seconds = list(misconceptions), within, seconds
        self.any_order = any_order
        if not self.cases and draw is None:
            raise ValueError("function: give cases, or draw, or both")

    def inputs(self) -> list[tuple]:
        """Return the hidden cases and the random ones, the same at each call."""
        random = np.random.default_rng(20_24)
        drawn = [self.draw(random) for _ in range(self.trials)] if self.draw else []
        return copy.deepcopy(self.cases) + drawn

    def __call__(self, answer: Any) -> None:
        """Judge a function; its arguments are copies, so that it can change nothing."""
        if not callable(answer):
            raise Wrong(NO_FUNCTION, type=type(answer).__name__)
        tried, failed = [], None
        for arguments in self.inputs():
            result = self.result(answer, arguments)
            tried.append((arguments, result))
            if failed is None and not self.agrees(self.reference, arguments, result):
                failed = arguments, result
        if failed is None:
            return
        for wrong, message in self.misconceptions:
            if all(self.agrees(wrong, arguments, result) for arguments, result in tried):
                raise Wrong(message)
        arguments, result = failed
        right = self.reference(*copy.deepcopy(arguments))
        if isinstance(right, (bool, np.bool_)) and not result.ndim and result in (0, 1):
            said = Message("It says {given} where it should not.", given=bool(result))
        else:
            said = difference(result, self.ordered(right), self.within)
        raise Wrong(said, Message("It was tried on {arguments}.",
                                  arguments=describe(self.reference, arguments)))

    def result(self, answer: Callable[..., Any], arguments: tuple) -> np.ndarray:
        """Return what the student's function gives, as an array of numbers."""
        handed = copy.deepcopy(arguments)
        result = call(answer, *handed, seconds=self.seconds)
        if is_open(result):
            raise Wrong("Your function returns nothing. Does it end with `return`?")
        for before, after in zip(arguments, handed, strict=True):
            if isinstance(before, np.ndarray) and not np.array_equal(before, after):
                raise Wrong("Your function changes the array that it is given. Whoever calls it "
                            "would not expect that: work on a copy, or on a new array.")
        try:
            return self.ordered(to_array(listed(result) if self.any_order else result))
        except ValueError as error:
            raise Wrong("What your function returns is not right.", *error.args) from None

    def ordered(self, result: Any) -> np.ndarray:
        """Return a result as an array, sorted where its order tells nothing."""
        found = np.asarray(result, dtype=float)
        return np.sort(found.ravel()) if self.any_order and found.ndim else found

    def agrees(self, other: Callable[..., Any], arguments: tuple, result: np.ndarray) -> bool:
        """Return whether another function gives the same result."""
        try:
            return close(result, self.ordered(other(*copy.deepcopy(arguments))), self.within)
        except Exception:  # a misconception may fail where the right function does not
            return False

    def wrong_answers(self) -> list[tuple[Any, str]]:
        """Return the misconceptions, which are functions."""
        return list(self.misconceptions)

    def draw_wrong(self, random: np.random.Generator) -> Callable[..., Any]:
        """Return the right function with noise on its result."""
        scale = random.choice([1.0, 100.0])

        def noisy(*arguments: Any) -> np.ndarray:
            right = np.asarray(self.reference(*arguments), dtype=float)
            return right + scale * (1 + random.random(right.shape))
        return noisy


def listed(result: Any) -> Any:
    """Return a set as a list, and whatever else it is as it is."""
    return list(result) if isinstance(result, (set, frozenset)) else result


def describe(reference: Callable[..., Any], arguments: tuple) -> str:
    """Name the arguments of a trial: small ones in full, larger ones by their shape."""
    names = list(inspect.signature(reference).parameters)
    said = []
    for name, value in zip(names, arguments, strict=False):
        if isinstance(value, np.ndarray) and value.size > TINY:
            said.append(str(Message("{name} of shape {shape}", name=name, shape=value.shape)))
        elif isinstance(value, np.ndarray):
            said.append(f"{name} = {np.array2string(value, separator=', ', precision=3)}"
                        .replace("\n", ""))
        else:
            said.append(f"{name} = {value!r}")
    return ", ".join(said)
