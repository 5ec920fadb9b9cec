"""Names that tell nobody who it is, the same in each run."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from course.grade.table import csv_lines
from course.gradebook.roster import RosterError, Student

TITLES = ["pseudonym", "number", "email", "login", "platform", "name"]


def pseudonyms(path: Path, students: Sequence[Student]) -> Callable[[Student], str]:
    """Return what a student is called, and keep the key to it in a CSV file.

    Who stands in the file keeps the pseudonym; others get one by chance, so that neither the order
    of the roster nor a calculation leads back. Keep the file apart from the tables.
    """
    known: dict[tuple[str, ...], str] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != TITLES:
                raise RosterError(f"{path} is there and is no key to pseudonyms; expected the "
                                  f"columns {', '.join(TITLES)}")
            for row in reader:
                known[tuple(row[title].removeprefix("'") for title in TITLES[1:])] = row[TITLES[0]]
    taken = set(known.values())
    for one in students:
        if one.key not in known:
            name = fresh(taken)
            taken.add(name)
            known[one.key] = name
    path.write_text(csv_lines([TITLES, *sorted([name, *key] for key, name in known.items())]),
                    encoding="utf-8", newline="")
    return lambda student: known[student.key]


def fresh(taken: set[str]) -> str:
    """Return a pseudonym that nobody has."""
    while (name := f"student-{secrets.token_hex(3)}") in taken:
        pass
    return name
