"""Exercises that check themselves: `check("1.2", answer)` says right, or what is wrong.

The judges stand beside the text of each exercise, in `helpers.exercises`.
"""

from __future__ import annotations

from typing import Any

from helpers.checks.arrays import array, shape
from helpers.checks.functions import call, function
from helpers.checks.models import model
from helpers.checks.students import is_open
from helpers.checks.values import Judge, choice, choices, number, rule
from helpers.checks.verdict import OPEN, RIGHT, WRONG, Late, Part, Verdict, Wrong

__all__ = ["OPEN", "RIGHT", "WRONG", "Judge", "Verdict", "Wrong", "array", "call", "check",
           "choice", "choices", "function", "judge", "model", "number", "rule", "shape"]


def check(exercise: str, *answers: Any) -> None:
    """Print whether the answers to an exercise are right, and if not, why.

    exercise: its number, as "1.2". answers: as many values as the exercise asks for, in its order.
    A cell that is not filled in yet is said to be so, and nothing fails.
    """
    print(judge(exercise, *answers))


def judge(exercise: str, *answers: Any) -> Verdict:
    """Return the verdict on the answers to an exercise; ValueError if there is no such exercise."""
    from helpers.exercises import find  # the exercises are made of the judges of this package

    asked = find(exercise).asks
    if len(answers) != len(asked):
        names = ", ".join(asked)
        return Verdict(exercise, (Part("answer", WRONG, f"The check asks for {len(asked)} "
                                       f"({names}), and was given {len(answers)}."),))
    return Verdict(exercise, tuple(
        judge_part(name, asked[name], answer) for name, answer in zip(asked, answers, strict=True)))


def judge_part(name: str, judged_by: Judge, answer: Any) -> Part:
    """Return the verdict on one answer."""
    if is_open(answer):
        return Part(name, OPEN)
    try:
        judged_by(answer)
    except Wrong as wrong:
        return Part(name, WRONG, str(wrong), isinstance(wrong, Late))
    return Part(name, RIGHT)
