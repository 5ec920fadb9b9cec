"""`check("1.2", answer)` says right, or what is wrong."""

from __future__ import annotations

import contextlib
import io
from typing import Any

from helpers.exercises.checks.messages import Message
from helpers.exercises.checks.students import blame, is_open, last_line
from helpers.exercises.checks.values import Judge
from helpers.exercises.checks.verdict import OPEN, RIGHT, WRONG, Late, Part, Verdict, Wrong
from helpers.exercises.reader import find


def check(exercise: str, *answers: Any, strict: bool = False,
          points: float | None = None) -> float | None:
    """Print whether the answers to an exercise are right, and if not, why.

    exercise: its number, as "1.2". answers: as many values as the exercise asks for, in its order.
    A cell that is not filled in yet is said to be so, and nothing fails.

    For graders that run notebooks: points, what the exercise is worth, and its share of right parts
    of that is returned; strict raises AssertionError where the answers earn nothing, or, without
    points, where they are not all right. What an answer writes to stderr when it is called, such as
    a warning, is then left out: nbgrader 0.9.6 takes any of it in a check's cell for a failure.
    """
    quiet = strict or points is not None
    with contextlib.redirect_stderr(io.StringIO()) if quiet else contextlib.nullcontext():
        verdict = judge(exercise, *answers)
    share = sum(part.status == RIGHT for part in verdict.parts) / len(verdict.parts)
    if strict and share < 1 and (points is None or share == 0):
        raise AssertionError(str(verdict))
    print(verdict)
    return None if points is None else share * points


def judge(exercise: str, *answers: Any) -> Verdict:
    """Return the verdict on the answers to an exercise; ValueError if there is no such exercise."""
    asked = find(exercise).asks
    if len(answers) != len(asked):
        names = ", ".join(asked)
        said = Message("The check asks for {wanted} ({names}), and was given {given}.",
                       wanted=len(asked), names=names, given=len(answers))
        return Verdict(exercise, (Part("answer", WRONG, str(said)),))
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
    except Exception as error:  # of an object of theirs that fails when it is looked at
        if last_line(error.__traceback__) is None:
            raise
        return Part(name, WRONG, str(blame(error)))
    return Part(name, RIGHT)
