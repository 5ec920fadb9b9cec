"""The hand-ins of a class, each with its student, and which of several counts."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from course.grade.analysis.answers import answers_in, cells_of
from course.grade.hand_ins.files import Submission
from course.grade.hand_ins.tree import Member
from course.grade.running.runner import Graded
from course.gradebook.matching import Match, match
from course.gradebook.roster import Student
from course.gradebook.times import days_late, handed_in_at

CHOICES = ("best", "last")


@dataclass
class Attempt:
    """One hand-in: what came of it, whose it is, when it came. counts: it gives the mark."""

    graded: Graded
    path: Path | Member | None
    match: Match
    moment: datetime | None = None
    late: int = 0
    counts: bool = False

    @property
    def name(self) -> str:
        """The name of the hand-in."""
        return self.graded.name

    @functools.cached_property
    def cells(self) -> list[dict[str, Any]]:
        """The code cells of the hand-in."""
        return cells_of(self.path)

    @functools.cached_property
    def answers(self) -> dict[str, str]:
        """The text that answers each exercise of its chapter."""
        return answers_in(self.cells, self.graded.chapter)

    @property
    def student(self) -> Student | None:
        """Whose it is, if that is known."""
        return self.match.student


def attempts_of(found: Sequence[Submission], graded: Sequence[Graded], students: Sequence[Student],
                deadlines: Mapping[int | None, datetime]) -> list[Attempt]:
    """Return the hand-ins in the order given, each with its student and its time."""
    paths = {one.name: one.path for one in found}
    attempts = []
    for one in graded:
        path, whose = paths.get(one.name), match(one.name, students)
        moment = handed_in_at(path) if path is not None else None
        until = deadlines.get(one.chapter, deadlines.get(None))
        late = days_late(moment, until, marked=whose.late)
        attempts.append(Attempt(one, path, whose, moment, late))
    return attempts


def choose(attempts: Sequence[Attempt], choice: str,
           worth: Callable[[Attempt], float]) -> dict[tuple[Student, int], list[Attempt]]:
    """Mark which attempts count; returns those of each student and chapter, in order of time.

    choice: "best", of equal ones the first, or "last". worth: the mark of an attempt.
    """
    if choice not in CHOICES:
        raise ValueError(f"which attempt counts is one of {CHOICES}; got {choice!r}")
    groups: dict[tuple[Student, int], list[Attempt]] = {}
    for one in attempts:
        if one.student and one.graded.chapter is not None:
            groups.setdefault((one.student, one.graded.chapter), []).append(one)
    for group in groups.values():
        group.sort(key=lambda one: (one.moment is not None, one.moment.timestamp()
                                    if one.moment else 0.0, one.name))
        chosen = group[-1] if choice == "last" else max(group, key=worth)
        chosen.counts = True
    return groups
