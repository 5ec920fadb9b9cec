"""One row a student, over all chapters and weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from course.gradebook.attempts import Attempt, choose
from course.gradebook.roster import Student
from course.gradebook.weights import ByHand, weight_of
from helpers.exercises import chapter


@dataclass
class ChapterMark:
    """What a student reached in a chapter. of: what all its exercises count together."""

    mark: float = 0.0
    of: float = 0.0
    late: int = 0
    attempts: int = 0
    without: list[str] = field(default_factory=list)  # exercises that are to be regraded
    counted: Attempt | None = None
    by_hand: list[ByHand] = field(default_factory=list)

    @property
    def given(self) -> bool:
        """Whether there is a mark: something was handed in, or marked by hand."""
        return self.counted is not None or bool(self.by_hand)


@dataclass
class Row:
    """A student with the marks of all chapters that the class works on."""

    student: Student
    chapters: dict[int, ChapterMark]

    @property
    def mark(self) -> float:
        """The sum over the chapters; one that was not handed in gives nothing."""
        return sum(one.mark for one in self.chapters.values())

    @property
    def of(self) -> float:
        """What could be reached."""
        return sum(one.of for one in self.chapters.values())

    @property
    def missing(self) -> list[int]:
        """The chapters of which nothing came."""
        return [number for number, one in self.chapters.items() if not one.given]


def rows_of_class(students: Sequence[Student], attempts: Sequence[Attempt],
                  weights: Mapping[str, float], *, by_hand: Sequence[ByHand] = (),
                  choice: str = "best", chapters: Sequence[int] = ()) -> list[Row]:
    """Return a row for each student of the roster, in its order.

    chapters: what the class works on beside what anybody handed in.
    """
    def worth(attempt: Attempt) -> float:
        hand = [one for one in by_hand if one.student == attempt.student]
        return chapter_mark(attempt.graded.chapter, attempt, hand, weights).mark

    groups = choose(attempts, choice, worth)
    numbers = sorted({number for _, number in groups} | {one.chapter for one in by_hand}
                     | set(chapters))
    most = {number: possible(number, by_hand, weights) for number in numbers}
    rows = []
    for student in students:
        hand = [one for one in by_hand if one.student == student]
        found = {}
        for number in numbers:
            group = groups.get((student, number), [])
            counted = next((one for one in group if one.counts), None)
            found[number] = chapter_mark(number, counted, hand, weights)
            found[number].attempts, found[number].of = len(group), most[number]
        rows.append(Row(student, found))
    return rows


def chapter_mark(number: int, attempt: Attempt | None, by_hand: Sequence[ByHand],
                 weights: Mapping[str, float]) -> ChapterMark:
    """Return the mark of one chapter; a mark by hand stands before the check's."""
    hand = {one.exercise: one for one in by_hand if one.chapter == number}
    found = ChapterMark(counted=attempt, late=attempt.late if attempt else 0,
                        by_hand=list(hand.values()))
    shares = {name: one["share"] for name, one in attempt.graded.outcomes.items()} \
        if attempt else {}
    found.without = [name for name in (attempt.graded.to_regrade if attempt else ())
                     if name not in hand]
    shares |= {name: one.mark for name, one in hand.items()}
    found.mark = sum(share * weight_of(name, weights) for name, share in shares.items()
                     if name not in found.without)
    return found


def possible(number: int, by_hand: Sequence[ByHand], weights: Mapping[str, float]) -> float:
    """Return what the exercises of a chapter count, with what is marked by hand beside them.

    What is marked by hand for some can be reached by all.
    """
    exercises = [one.id for one in chapter(number).exercises]
    extras = {one.exercise for one in by_hand if one.chapter == number and ":" in one.exercise}
    return sum(weight_of(name, weights) for name in (*exercises, *extras))
