"""Who may log in: the students of a roster, each with a password of their own."""

from __future__ import annotations

import csv
import os
import re
import secrets
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from course.gradebook.roster import Student
from course.hub.place import HubError

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")


def login_of(student: Student) -> str:
    """Return the name by which a student logs in, "" where the roster gives none that can be one.

    It is what a hand-in is told by later: the login, else the e-mail address up to its @, else the
    number. JupyterHub knows small letters alone.
    """
    for given in (student.login, student.email.split("@")[0], student.number):
        if NAME.fullmatch(given.casefold()):
            return given.casefold()
    return ""


def logins(students: Sequence[Student]) -> list[str]:
    """Return the names of a class, in its order. HubError where one has none, or two the same."""
    names = [login_of(one) for one in students]
    if "" in names:
        raise HubError(f"the roster gives {students[names.index('')].shown} no login, e-mail "
                       "address or number of letters and digits to log in with")
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise HubError(f"two students would log in as {twice[0]!r}; give the roster a column login")
    return names


def write_passwords(path: Path, names: Sequence[str]) -> dict[str, str]:
    """Return the password of each name, from the table where it has one; the table is renewed.

    Who has left the roster keeps no password, and so can no longer log in.
    """
    kept = read_passwords(path) if path.exists() else {}
    found = {name: kept.get(name) or secrets.token_urlsafe(9) for name in names}
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8",
              newline="") as file:
        csv.writer(file).writerows([["login", "password"], *found.items()])
    new.replace(path)
    return found


def read_passwords(path: Path) -> dict[str, str]:
    """Return the table."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["login"]: row["password"] for row in csv.DictReader(file)}
