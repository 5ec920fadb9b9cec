"""Whose hand-in is it? By the names that learning platforms and students give to files.

Moodle: `Jane Doe_123456_assignsubmission_file_`, with the number of the participant; Canvas:
`doejane_LATE_4567_891011_03_pooling.ipynb`, with the number of the user and of the file; without a
platform an e-mail address, a student's number or a name. A name that fits two students fits none:
no mark goes to a person by guessing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from course.gradebook.roster import Student, words_of

MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)")
CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_")
ADDRESS = re.compile(r"[\w.+-]+@\w[\w-]*\.\w")


@dataclass(frozen=True)
class Match:
    """Whose a hand-in may be: one student, or several among whom the name does not decide."""

    students: tuple[Student, ...] = ()
    by: str = ""
    late: bool = False

    @property
    def student(self) -> Student | None:
        """The student, where there is just one."""
        return self.students[0] if len(self.students) == 1 else None


def match(name: str, students: Sequence[Student]) -> Match:
    """Return whose hand-in a file is, by its name with the folders above it, outermost first."""
    late, several = False, Match()
    for part in unicodedata.normalize("NFC", name).split("/"):
        found = of_part(part, students)
        late = late or found.late
        if found.student:
            return Match(found.students, found.by, late)
        several = several if several.students else found
    return Match(several.students, several.by, late)


def of_part(part: str, students: Sequence[Student]) -> Match:
    """Return whose a single file or folder is."""
    moodle, canvas = MOODLE.match(part), CANVAS.match(part)
    if moodle or canvas:
        form, number = moodle or canvas, (moodle or canvas)["number"]
        late = bool(canvas and not moodle and canvas["late"])
        numbered = tuple(one for one in students if one.platform == number)
        if numbered:
            return Match(numbered, "number of the platform", late)
        return Match(by_name(form["name"], students), "name of the platform", late)
    for by, find in (("e-mail address", by_email), ("number", by_number), ("name", by_words),
                     ("beginning of the e-mail address", by_mailbox)):
        found = find(part, students)
        if found or (find is by_email and ADDRESS.search(part)):  # the address of somebody else
            return Match(found, by)
    return Match()


def by_name(name: str, students: Sequence[Student]) -> tuple[Student, ...]:
    """Return the students of a whole name; Canvas writes it as one word, last name first."""
    words = words_of(name)
    exact = tuple(one for one in students if one.words and one.words == set(words))
    return exact or tuple(one for one in students if one.name and joined(one, "".join(words)))


def joined(student: Student, letters: str) -> bool:
    """Return whether letters are the words of a name, written together in either order."""
    words = words_of(student.name)
    turns = range(len(words))
    return letters in {"".join(words[turn:] + words[:turn]) for turn in turns}


def by_email(part: str, students: Sequence[Student]) -> tuple[Student, ...]:
    """Return the students whose e-mail address stands in a name."""
    return tuple(one for one in students if one.email and re.search(
        rf"(?<![\w.+-]){re.escape(one.email)}(?![\w-]|\.\w+@)", part, re.IGNORECASE))


def by_number(part: str, students: Sequence[Student]) -> tuple[Student, ...]:
    """Return the students whose number, or name of login, stands in a name as a word of its own."""
    for kind in ("number", "login"):
        found = tuple(one for one in students if stands_in(part, getattr(one, kind)))
        if found:
            return found
    return ()


def by_mailbox(part: str, students: Sequence[Student]) -> tuple[Student, ...]:
    """Return the students with whose e-mail address, up to its @, a name agrees."""
    return tuple(one for one in students if stands_in(part, one.email.split("@")[0]))


def stands_in(part: str, value: str) -> bool:
    """Return whether a value stands in a name, with no letter or digit beside it."""
    return bool(value) and re.search(rf"(?<![^\W_]){re.escape(value)}(?![^\W_])", part,
                                     re.IGNORECASE) is not None


def by_words(part: str, students: Sequence[Student]) -> tuple[Student, ...]:
    """Return the students all of whose names stand in a name; of these, those with most words."""
    words = set(words_of(part.removesuffix(".ipynb")))
    found = [one for one in students if one.words and (
        one.words <= words or any(joined(one, word) for word in words))]
    most = max((len(one.words) for one in found), default=0)
    return tuple(one for one in found if len(one.words) == most)
