"""What an exercise counts, and the marks that a person gives."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.gradebook.matching import Match, match
from course.gradebook.roster import RosterError, Student, rows_of, words_of
from helpers.exercises import find
from helpers.exercises.form import LEVELS

BY_HAND = "by hand"
TITLES = ("student", "exercise", "mark", "comment")


@dataclass(frozen=True)
class ByHand:
    """A mark that a person gives: a share from 0 to 1, for an exercise or for something else."""

    student: Student
    chapter: int
    exercise: str
    mark: float
    comment: str = ""


def read_weights(text: str) -> dict[str, float]:
    """Return what an exercise of each level counts; 1 where nothing is said.

    text: such as `warm-up=1, investigation=3, by hand=2`. Raises ValueError.
    """
    weights = dict.fromkeys((*LEVELS, BY_HAND), 1.0)
    for one in filter(str.strip, text.split(",")):
        level, _, value = (part.strip() for part in one.partition("="))
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if level not in weights or not 0 <= number < math.inf:
            raise ValueError(f"a weight is LEVEL=NUMBER, with one of {', '.join(weights)} and a "
                             f"number that is not negative; got {one.strip()!r}")
        weights[level] = number
    return weights


def weight_of(exercise: str, weights: Mapping[str, float]) -> float:
    """Return what an exercise counts, by its level; what is no exercise is marked by hand."""
    try:
        return weights[find(exercise).level]
    except ValueError:
        return weights[BY_HAND]


def read_by_hand(path: Path, students: Sequence[Student]) -> list[ByHand]:
    """Return the marks of a CSV file with the columns student, exercise, mark and comment.

    student: a number, an e-mail address or a name of the roster. exercise: `3.2`, in place of the
    mark that the check gave, or a name of your own behind the chapter, `3: why the border`. mark:
    from 0 to 1. Raises RosterError with the line.
    """
    rows = rows_of(path)
    titles = ["".join(words_of(title)) for title in rows[0][1]] if rows else []
    if not set(TITLES[:3]) <= set(titles):
        raise RosterError(f"{path}: expected the columns {', '.join(TITLES)}; got "
                          f"{', '.join(titles) or 'nothing'}")
    found: dict[tuple[Student, str], ByHand] = {}
    for line, row in rows[1:]:
        place = f"{path}, line {line}"
        cells = {title: value.strip() for title, value in zip(titles, row, strict=False)}
        one = by_hand_of(cells, students, place)
        if (one.student, one.exercise) in found:
            raise RosterError(f"{place}: a second mark for {one.exercise} of {one.student.shown}")
        found[one.student, one.exercise] = one
    return list(found.values())


def by_hand_of(cells: Mapping[str, str], students: Sequence[Student], place: str) -> ByHand:
    """Return the mark of one row."""
    whose = exactly(cells.get("student", ""), students)
    if whose.student is None:
        why = "fits several students" if whose.students else "is not in the roster"
        raise RosterError(f"{place}: {cells.get('student', '')!r} {why}")
    exercise = cells.get("exercise", "")
    number = exercise.partition(":" if ":" in exercise else ".")[0].strip()
    if not number.isdecimal():
        raise RosterError(f"{place}: expected an exercise such as 3.2, or 3: and a name of your "
                          f"own; got {exercise!r}")
    if ":" not in exercise:
        try:
            find(exercise)
        except ValueError as error:
            raise RosterError(f"{place}: {error}") from None
    try:
        mark = float(cells.get("mark", ""))
    except ValueError:
        mark = math.nan
    if not 0 <= mark <= 1:
        raise RosterError(f"{place}: expected a mark from 0 to 1; got {cells.get('mark', '')!r}")
    return ByHand(whose.student, int(number), exercise, mark, cells.get("comment", ""))


def exactly(text: str, students: Sequence[Student]) -> Match:
    """Return whom a text names: by a whole number, login or e-mail address first."""
    for kind in ("number", "email", "login"):
        found = tuple(one for one in students
                      if text and getattr(one, kind).casefold() == text.casefold())
        if found:
            return Match(found, kind)
    return match(text, students)
