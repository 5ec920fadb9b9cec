"""The list of a class, as a learning platform or a spreadsheet writes it."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

# What a column may be called, small and without what is no letter or digit: Moodle's grading
# worksheet and participants, Canvas' gradebook, and what people write, in English and Korean.
COLUMNS = {
    "name": ("name", "fullname", "student", "studentname", "이름", "성명"),
    "first": ("firstname", "givenname", "forename"),
    "last": ("lastname", "surname", "familyname"),
    "number": ("idnumber", "studentid", "studentnumber", "sisuserid", "number",
               "matriculationnumber", "학번"),
    "email": ("email", "emailaddress", "mail", "이메일"),
    "login": ("login", "username", "sisloginid", "loginid", "아이디"),
    "platform": ("identifier", "id", "canvasid", "canvasuserid", "userid"),
}
MOST = 20 * 2**20  # bytes of a list; a class of a thousand takes a hundredth of that
WANTED = "a name, a number or an e-mail address of each student"
PASSED_OVER = ("pointspossible", "studenttest", "teststudent")  # rows of Canvas that are nobody


class RosterError(Exception):
    """The list of the class cannot be used; the message says what was expected and what came."""


@dataclass(frozen=True)
class Student:
    """One student. platform: the number that the learning platform writes into file names."""

    name: str = ""
    number: str = ""
    email: str = ""
    login: str = ""
    platform: str = ""
    row: dict[str, str] = field(default_factory=dict, compare=False, hash=False)

    @property
    def shown(self) -> str:
        """How the student is called in tables: by name, else by number or e-mail address."""
        return self.name or self.number or self.email or self.login or self.platform

    @property
    def words(self) -> frozenset[str]:
        """The words of the name, whatever their order: `Doe, Jane` is `Jane Doe`."""
        return frozenset(words_of(self.name))

    @property
    def key(self) -> tuple[str, ...]:
        """By what a student is told from all others."""
        return self.number, self.email, self.login, self.platform, self.name


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters without accents; Hangul stays whole."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(one for one in text if not unicodedata.combining(one))
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).replace("_", " "))


def read_roster(path: Path) -> list[Student]:
    """Return the students of a CSV file with a header, in its order.

    The columns are known by their names, so the gradebook that Canvas exports, the worksheet or
    list of participants of Moodle, and a list written by hand all do. Commas, semicolons or tabs.
    Raises RosterError, with the line, where a list would give marks to the wrong person.
    """
    rows = rows_of(path)
    if not rows:
        raise RosterError(f"{path} is empty; expected a header and a line for each student, "
                          f"with {WANTED}")
    known = {place: kind for place, title in enumerate(rows[0][1])
             if (kind := kind_of(title)) is not None}
    if not {"name", "first", "last", "number", "email", "login"} & set(known.values()):
        raise RosterError(f"{path}: expected a column with {WANTED}; its columns are "
                          + ", ".join(map(repr, rows[0][1])))
    students = []
    for line, row in rows[1:]:
        student = student_of(rows[0][1], row, known)
        if "".join(words_of(student.name)) in PASSED_OVER:
            continue
        if not student.shown:
            raise RosterError(f"{path}, line {line}: expected {WANTED}; got {', '.join(row)!r}")
        students.append(student)
    if not students:
        raise RosterError(f"{path} has a header and no student")
    for kind in ("number", "email", "login", "platform"):
        refuse_twice(path, kind, [getattr(one, kind).casefold() for one in students])
    refuse_twice(path, "line", [one.key for one in students])
    return students


def kind_of(title: str) -> str | None:
    """Return what a column holds, by its title."""
    small = "".join(words_of(title))
    return next((kind for kind, titles in COLUMNS.items() if small in titles), None)


def student_of(titles: list[str], row: list[str], known: dict[int, str]) -> Student:
    """Return the student of a row; the first column of a kind that is not empty counts."""
    found: dict[str, str] = {}
    for place, kind in known.items():
        value = row[place].strip() if place < len(row) else ""
        found.setdefault(kind, value)
        found[kind] = found[kind] or value
    name = found.get("name") or " ".join(
        one for one in (found.get("first", ""), found.get("last", "")) if one)
    platform = "".join(re.findall(r"\d+", found.get("platform", "")))
    return Student(name, found.get("number", ""), found.get("email", ""), found.get("login", ""),
                   platform, dict(zip(titles, [*row, *[""] * len(titles)], strict=False)))


def refuse_twice(path: Path, kind: str, values: list[object]) -> None:
    """Refuse a list in which two students cannot be told apart."""
    twice = [value for value, count in Counter(values).items() if count > 1 and value]
    if twice:
        shown = next(filter(None, twice[0])) if isinstance(twice[0], tuple) else twice[0]
        raise RosterError(f"{path}: two students have the same {kind}, {shown!r}")


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with the number of its line."""
    if path.exists() and not path.is_file():
        raise RosterError(f"{path} is no file, but a folder, a pipe or a device; expected a list "
                          "in CSV")
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except OSError as error:
        raise RosterError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > MOST:
        raise RosterError(f"{path} is larger than {MOST / 2**20:g} megabytes; expected a list of "
                          "a class")
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) \
        else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise RosterError(f"{path} is not in UTF-8; save it as CSV UTF-8") from None
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark)
    try:
        return [(reader.line_num, row) for row in reader if any(place.strip() for place in row)]
    except csv.Error as error:
        raise RosterError(f"{path}, line {reader.line_num}: {error}") from None
