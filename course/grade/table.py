"""The table of marks, as text for the screen and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from course.grade.hand_ins.file_names import columns, each_its_own, encodable, padded, shortened
from course.grade.running.runner import Graded
from course.grade.version import course_version

SIGNS = {"right": "1", "open": ".", "missing": "-", "wrong": "0", "error": "E", "time": "T",
         "memory": "M", "crash": "X", "regrade": "R"}
LEGEND = ("1 right, a fraction: some parts right, 0 wrong, . not answered, - no cell, "
          "E error, T too slow, M too much memory, X ended the process, R to be regraded, "
          "without a mark yet")
HEADER = ["notebook", "chapter", "exercise", "status", "mark", "message", "sha256",
          "course"]
# What makes a spreadsheet take a text for a formula, in the wide form of East Asia, too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def sign(outcome: dict) -> str:
    """Return how an outcome stands in the table."""
    if outcome["status"] == "wrong" and outcome["share"]:
        return f"{outcome['share']:.2f}".lstrip("0")
    return SIGNS.get(outcome["status"], "?")


def progress(graded: Graded) -> int:
    """Return how many exercises hold an answer, right or wrong."""
    return sum(one["status"] not in ("open", "missing") for one in graded.outcomes.values())


def as_text(all_graded: Sequence[Graded], encoding: str | None = "utf-8") -> str:
    """Return one table for each chapter, and below them what could not be graded.

    encoding: of the output that will show it; what that cannot show is written as an escape, so
    that the columns still stand below each other. A name too long for a line loses its middle.
    """
    given = [one.name for one in all_graded]
    whole = dict(zip(given, each_its_own([encodable(name, encoding) for name in given]),
                     strict=True))
    short = {name: shortened(text) for name, text in whole.items()}
    often = Counter(short.values())
    names = {name: text if often[text] == 1 else whole[name] for name, text in short.items()}
    parts = []
    for number in sorted({one.chapter for one in all_graded if one.chapter is not None}):
        rows = [one for one in all_graded if one.chapter == number]
        exercises = list(rows[0].outcomes)
        width = max(len("notebook"), *(columns(names[one.name]) for one in rows))
        lines = [f"Chapter {number}", "  ".join(
            [padded("notebook", width), *(f"{name:>5}" for name in exercises), "answered",
             "marks"])]
        for one in rows:
            cells = [f"{sign(one.outcomes[name]):>5}" for name in exercises]
            lines.append("  ".join([padded(names[one.name], width), *cells,
                                    f"{f'{progress(one)} of {len(exercises)}':>8}",
                                    f"{one.marks:g} of {len(exercises)}"]))
        parts.append("\n".join(lines))
    again = [f"{whole[one.name]}: {', '.join(one.to_regrade)}" for one in all_graded
             if one.to_regrade]
    lost = [f"{whole[one.name]}: {encodable(one.remark, encoding)}" for one in all_graded
            if one.chapter is None]
    for title, lines in (("To be regraded", again), ("Not graded", lost)):
        if lines:
            parts.append("\n".join([title, *lines]))
    return "\n\n".join([*parts, LEGEND])


def as_csv(all_graded: Sequence[Graded]) -> str:
    """Return a row for each notebook and exercise, with the message that the check gave."""
    return csv_lines([HEADER]) + "".join(csv_rows(one) for one in all_graded)


def csv_rows(graded: Graded) -> str:
    """Return the rows of one notebook. Where there is no mark, that place is empty, not 0."""
    if graded.chapter is None:
        return csv_lines([[graded.name, "", "", "not graded", "", graded.remark, "",
                           course_version()]])
    return csv_lines([[graded.name, graded.chapter, exercise, outcome["status"],
                       "" if outcome["status"] == "regrade" else f"{outcome['share']:g}",
                       outcome["message"], graded.digest, course_version()]
                      for exercise, outcome in graded.outcomes.items()])


def csv_lines(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as lines of CSV that a spreadsheet takes for texts and numbers alone."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(
        [harmless(place) if isinstance(place, str) else place for place in row] for row in rows)
    return file.getvalue()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, on one line."""
    text = " ".join(text.splitlines())
    return f"'{text}" if text.startswith(FORMULA) else text
