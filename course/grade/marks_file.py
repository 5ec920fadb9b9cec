"""The CSV file of marks, written while the grading goes on, so that nothing done is lost."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from course.grade.running.runner import Graded
from course.grade.table import as_csv, csv_rows

OURS = re.compile(rb"\W*notebook\W+chapter\W+exercise|\s*$")


class CannotWrite(Exception):
    """There is no way to write the marks there; the message says why."""


class MarksFile:
    """A CSV file in UTF-8 that holds the rows of every notebook as soon as it is graded.

    It has no byte-order mark, so that every program reads the first column's name as it stands.
    An older table of the same name is kept beside it, as `marks.before.csv`.
    """

    def __init__(self, path: Path) -> None:
        """Begin the file; raises CannotWrite before anything is graded."""
        self.path = Path(os.path.realpath(path))
        self.kept: Path | None = None
        self.held: dict[str, Graded] = {}
        there = os.path.exists(self.path)
        self.plain = not there or os.path.isfile(self.path)  # no pipe, no device
        if os.path.isdir(self.path):
            raise CannotWrite(f"{path} is a folder; give the name of a file")
        if not os.path.isdir(self.path.parent):
            raise CannotWrite(f"the folder {self.path.parent} for the marks does not exist")
        try:
            if self.plain and there:
                self.keep(path)
            self.file = self.open("w")
            self.write(as_csv([]))
        except OSError as error:
            raise CannotWrite(f"the marks cannot be written to {path}: {error.strerror}") from None

    def keep(self, path: Path) -> None:
        """Put an older table aside under the first name that is free."""
        with self.path.open("rb") as file:
            beginning = file.readline(200) + file.readline(200)
        if not OURS.match(beginning):
            raise CannotWrite(f"{path} is there and is no table of marks; give another name")
        if len(beginning.splitlines()) < 2:
            return  # there is no mark in it
        number, kept = 1, self.path.with_suffix(f".before{self.path.suffix}")
        while kept.exists():
            number += 1
            kept = self.path.with_suffix(f".before-{number}{self.path.suffix}")
        self.path.rename(kept)
        self.kept = kept

    def open(self, mode: str) -> TextIO:
        """Open the file, in which what is no UTF-8 stands as an escape."""
        return self.path.open(mode, encoding="utf-8", errors="backslashreplace", newline="")

    def write(self, text: str) -> None:
        """Write lines and hand them to the system, where the end of this program loses nothing."""
        self.file.write(text)
        self.file.flush()

    def add(self, graded: Graded) -> None:
        """Write the rows of one notebook, in place of those that were written of it before."""
        again = graded.name in self.held
        self.held[graded.name] = graded
        if again and self.plain:
            self.close(list(self.held.values()))
            self.file = self.open("a")
        else:
            self.write(csv_rows(graded))

    def close(self, all_graded: Sequence[Graded]) -> None:
        """Close the file, with its rows in the order given; a pipe or a device is left as it is."""
        self.file.close()
        if self.plain:
            beside = self.path.with_name(f".{self.path.name}.{os.getpid()}")
            try:
                beside.write_text(as_csv(all_graded), encoding="utf-8",
                                  errors="backslashreplace", newline="")
                beside.replace(self.path)
            finally:
                beside.unlink(missing_ok=True)
