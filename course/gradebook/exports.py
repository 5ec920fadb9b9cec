"""The tables that leave: one row a student, one row a hand-in, and the columns of platforms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from course.grade.table import csv_lines
from course.gradebook.attempts import Attempt
from course.gradebook.roster import Student, kind_of
from course.gradebook.sums import ChapterMark, Row

Names = Callable[[Student], str]
UNKNOWN = {True: "several students of the roster fit", False: "nobody of the roster"}


def number(value: float) -> str:
    """Return a mark without what binary fractions add."""
    return f"{round(value, 4):g}"


def of_chapter(one: ChapterMark) -> str:
    """Return the mark of a chapter; empty where there is none, or not yet."""
    return number(one.mark) if one.given and not one.without else ""


def class_table(rows: Sequence[Row], named: Names, version: str) -> str:
    """Return one row a student over all chapters. What was not handed in gives nothing."""
    chapters = list(rows[0].chapters) if rows else []
    head = ["student", "number", "email"]
    for one in chapters:
        head += [f"chapter {one}", f"chapter {one} of", f"chapter {one} days late",
                 f"chapter {one} attempts"]
    lines = [[*head, "mark", "of", "not handed in", "to be regraded", "course"]]
    for row in rows:
        plain = named(row.student) == row.student.shown
        line = [named(row.student), row.student.number if plain else "",
                row.student.email if plain else ""]
        for one in row.chapters.values():
            line += [of_chapter(one), number(one.of), one.late or "", one.attempts or ""]
        again = [name for one in row.chapters.values() for name in one.without]
        lines.append([*line, "" if again else number(row.mark), number(row.of),
                      " ".join(map(str, row.missing)), " ".join(again), version])
    return csv_lines(lines)


def hand_in_table(attempts: Sequence[Attempt], named: Names, version: str, *,
                  hidden: bool = False) -> str:
    """Return one row a hand-in: whose it is and how that was known, its time, whether it counts.

    hidden: files are told by the beginning of their hash, for their names tell the students.
    """
    lines = [["hand-in", "student", "known by", "chapter", "handed in", "days late", "mark",
              "counts", "sha256", "course"]]
    for one in attempts:
        known = one.student is not None
        moment = one.moment.isoformat(timespec="seconds") if one.moment else ""
        lines.append([
            one.graded.digest[:12] if hidden else one.name, named(one.student) if known else "",
            one.match.by if known else UNKNOWN[bool(one.match.students)],
            one.graded.chapter or "", moment, one.late or "",
            number(one.graded.marks) if one.graded.chapter and not one.graded.to_regrade else "",
            "yes" if one.counts else "no", one.graded.digest, version])
    return csv_lines(lines)


def moodle_gradebook(rows: Sequence[Row]) -> str:
    """Return a table for Moodle's *Grades, Import, CSV file*: mapped by e-mail or ID number."""
    chapters = list(rows[0].chapters) if rows else []
    lines = [["Full name", "ID number", "Email address", "Username",
              *[f"Chapter {one}" for one in chapters]]]
    lines += [[row.student.name, row.student.number, row.student.email, row.student.login,
               *map(of_chapter, row.chapters.values())] for row in rows]
    return csv_lines(lines)


def moodle_worksheet(rows: Sequence[Row], chapter: int) -> str:
    """Return a grading worksheet for Moodle's *Upload grading worksheet* of one assignment.

    Only for students whose roster is such a worksheet, with Moodle's column Identifier.
    """
    lines = [["Identifier", "Full name", "Email address", "Grade", "Maximum Grade",
              "Feedback comments"]]
    for row in rows:
        one = row.chapters[chapter]
        lines.append([identifier(row.student), row.student.name, row.student.email,
                      of_chapter(one), number(one.of), comments(one)])
    return csv_lines(lines)


def identifier(student: Student) -> str:
    """Return what stands in the roster's column Identifier, as it stands there."""
    return next((value for title, value in student.row.items()
                 if title.strip().lower() == "identifier"), "")


def comments(one: ChapterMark) -> str:
    """Return what is said to a student about a chapter, in one cell."""
    said = [f"{name}: {found['message'] or found['status']}" for name, found in
            (one.counted.graded.outcomes.items() if one.counted else ())]
    said += [f"{hand.exercise}: {hand.comment}" for hand in one.by_hand if hand.comment]
    return " | ".join(said)


def canvas_gradebook(rows: Sequence[Row]) -> str:
    """Return a table for Canvas' *Import* of the gradebook.

    Its first columns are those of the gradebook that Canvas exports, in its order, and the second
    line says what can be reached. A column `Chapter 3` becomes an assignment of that name.
    """
    wanted = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    chapters = list(rows[0].chapters) if rows else []
    lines = [[*wanted, *[f"Chapter {one}" for one in chapters]],
             ["    Points Possible", *[""] * 4,
              *[number(one.of) for one in (rows[0].chapters.values() if rows else ())]]]
    lines += [[*canvas_columns(row.student, wanted), *map(of_chapter, row.chapters.values())]
              for row in rows]
    return csv_lines(lines)


def canvas_columns(student: Student, wanted: Iterable[str]) -> list[str]:
    """Return the columns of Canvas for a student: from its own gradebook, or from another list."""
    instead = {"Student": student.name, "ID": student.platform, "SIS User ID": student.number,
               "SIS Login ID": student.login or student.email}
    if not any(kind_of(title) == "platform" and title == "ID" for title in student.row):
        instead["ID"] = ""  # Moodle's number of a participant means nothing to Canvas
    return [student.row.get(title) or instead.get(title, "") for title in wanted]
