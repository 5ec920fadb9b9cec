"""A class as the command line describes it, and the folder that is written for it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from course.grade.hand_ins.files import Submission
from course.grade.running.runner import Graded
from course.grade.table import csv_lines
from course.grade.version import course_version
from course.gradebook import exports
from course.gradebook.attempts import CHOICES, attempts_of
from course.gradebook.feedback import feedback_page, file_name
from course.gradebook.flags import Flag, flags_of
from course.gradebook.pseudonyms import pseudonyms
from course.gradebook.roster import RosterError, Student, read_roster
from course.gradebook.sums import Row, rows_of_class
from course.gradebook.times import read_deadlines
from course.gradebook.weights import ByHand, read_by_hand, read_weights

KEY = "pseudonyms.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes for a class."""
    more = parser.add_argument_group("a class", "with --roster, a folder of tables and feedback")
    more.add_argument("--roster", type=Path, help="CSV file of the students: written by hand, or "
                      "as Moodle or Canvas gives it")
    more.add_argument("--class-folder", type=Path, default=Path("_build/class"),
                      help="where to write; an older one is kept beside it (default: %(default)s)")
    more.add_argument("--due", action="append", default=[], metavar="[CHAPTER=]TIME",
                      help="2026-12-01, or 3=2026-12-01T12:00 for chapter 3; may be given again")
    more.add_argument("--attempt", choices=CHOICES, default="best",
                      help="which of several hand-ins of a chapter counts (default: %(default)s)")
    more.add_argument("--weights", default="", metavar="LEVEL=NUMBER,...",
                      help="what an exercise of a level counts, 1 where nothing is said")
    more.add_argument("--by-hand", type=Path, help="CSV file with the columns student, exercise, "
                      "mark (0 to 1) and comment")
    more.add_argument("--book", default="", help="address of the built book, for the links in "
                      "the feedback")
    more.add_argument("--pseudonyms", action="store_true", help="tables without names; the key "
                      f"is kept in {KEY} beside the folder")


@dataclass
class Classroom:
    """A class: who belongs to it, until when, and what counts."""

    students: list[Student]
    folder: Path
    deadlines: dict[int | None, datetime]
    weights: dict[str, float]
    by_hand: list[ByHand]
    choice: str
    book: str
    named: Callable[[Student], str]
    hidden: bool

    @classmethod
    def asked_for(cls, options: argparse.Namespace) -> Classroom | None:
        """Return what the options ask for, None without a roster. ValueError, RosterError."""
        if options.roster is None:
            return None
        folder = options.class_folder.resolve()
        if folder.is_relative_to(options.folder.resolve()):
            raise ValueError(f"the class folder {options.class_folder} lies in the folder of the "
                             "hand-ins, where it would be taken for one; give another")
        if folder.exists() and not folder.is_dir():
            raise ValueError(f"{options.class_folder} is there and is no folder; give another name")
        students = read_roster(options.roster)
        return cls(students, folder, read_deadlines(options.due), read_weights(options.weights),
                   read_by_hand(options.by_hand, students) if options.by_hand else [],
                   options.attempt, options.book,
                   pseudonyms(key_beside(folder), students) if options.pseudonyms
                   else (lambda student: student.shown), options.pseudonyms)

    def write(self, found: Sequence[Submission], graded: Sequence[Graded]) -> list[str]:
        """Write the folder; returns what is to be said about it, a line each."""
        attempts = attempts_of(found, graded, self.students, self.deadlines)
        known = {number for number in self.deadlines if number is not None}
        rows = rows_of_class(self.students, attempts, self.weights, by_hand=self.by_hand,
                             choice=self.choice, chapters=sorted(known))
        kept = keep(self.folder)
        self.folder.mkdir(parents=True)
        version, flags = course_version(), flags_of(attempts)
        tables = {"class.csv": exports.class_table(rows, self.named, version),
                  "hand_ins.csv": exports.hand_in_table(attempts, self.named, version,
                                                        hidden=self.hidden),
                  "flags.csv": flag_table(flags, self.named)}
        if not self.hidden:  # a platform knows its students by name and number
            tables |= platform_tables(rows)
        for name, text in tables.items():
            (self.folder / name).write_text(text, encoding="utf-8", errors="backslashreplace",
                                            newline="")
        self.write_feedback(rows, version)
        nobody = [one.name for one in attempts if not one.student]
        absent = [self.named(row.student) for row in rows
                  if not any(one.attempts for one in row.chapters.values())]
        said = [f"the class of {len(rows)}: {self.folder / 'class.csv'}"]
        said += [f"an older folder is kept in {kept}"] * bool(kept)
        said += [f"handed in by nobody that the roster is sure of: {name}" for name in nobody]
        said += [f"handed in nothing: {', '.join(absent)}"] * bool(absent)
        return [*said, f"to look at: {len(flags)} flags in flags.csv"] if flags else said

    def write_feedback(self, rows: Sequence[Row], version: str) -> None:
        """Write a page for each student, no two under the same name."""
        folder = self.folder / "feedback"
        folder.mkdir()
        taken: set[str] = set()
        for row in rows:
            name = self.named(row.student)
            stem, count = file_name(name), 1
            while stem.casefold() in taken:
                count += 1
                stem = f"{file_name(name)}_{count}"
            taken.add(stem.casefold())
            (folder / f"{stem}.html").write_text(feedback_page(
                row, name, self.weights, book=self.book, version=version),
                encoding="utf-8", errors="xmlcharrefreplace")


def platform_tables(rows: Sequence[Row]) -> dict[str, str]:
    """Return the files that learning platforms import."""
    tables = {"moodle.csv": exports.moodle_gradebook(rows),
              "canvas.csv": exports.canvas_gradebook(rows)}
    if any(exports.identifier(row.student) for row in rows):
        tables |= {f"moodle-chapter-{number:02d}.csv": exports.moodle_worksheet(rows, number)
                   for number in rows[0].chapters}
    return tables


def flag_table(flags: Sequence[Flag], named: Callable[[Student], str]) -> str:
    """Return a row for each flag."""
    return csv_lines([["what", "chapter", "exercise", "students", "where"],
                      *[[one.kind, one.chapter, one.exercise,
                         "; ".join(map(named, one.students)), one.where] for one in flags]])


def key_beside(folder: Path) -> Path:
    """Return where the key to the pseudonyms is kept: it outlives the folder of one run."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder.with_name(f"{folder.name}.{KEY}")


def keep(folder: Path) -> Path | None:
    """Put an older folder aside under the first name that is free; returns that."""
    if not folder.exists():
        return None
    if not any(folder.iterdir()):
        folder.rmdir()
        return None
    strange = [one.name for one in folder.iterdir() if not re.fullmatch(
        r"feedback|(class|hand_ins|flags|moodle|canvas|moodle-chapter-\d+)\.csv", one.name)]
    if strange:
        raise RosterError(f"{folder} holds {strange[0]}, which is not of a class; give another "
                          "--class-folder")
    number, kept = 1, folder.with_name(f"{folder.name}.before")
    while kept.exists():
        number += 1
        kept = folder.with_name(f"{folder.name}.before-{number}")
    folder.rename(kept)
    return kept
