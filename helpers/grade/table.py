"""The table of marks, as text for the screen and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from helpers.grade.runner import Graded

SIGNS = {"right": "1", "open": ".", "missing": "-", "wrong": "0", "error": "E", "time": "T",
         "memory": "M", "crash": "X", "regrade": "R"}
LEGEND = ("1 right, a fraction: some parts right, 0 wrong, . not answered, - no cell, "
          "E error, T too slow, M too much memory, X ended the process, "
          "R to be regraded, without a mark yet")


def sign(outcome: dict) -> str:
    """Return how an outcome stands in the table."""
    if outcome["status"] == "wrong" and outcome["share"]:
        return f"{outcome['share']:.2f}".lstrip("0")
    return SIGNS.get(outcome["status"], "?")


def progress(graded: Graded) -> int:
    """Return how many exercises hold an answer, right or wrong."""
    return sum(one["status"] not in ("open", "missing") for one in graded.outcomes.values())


def as_text(all_graded: Sequence[Graded]) -> str:
    """Return one table for each chapter, and below them what could not be graded."""
    parts = []
    for number in sorted({one.chapter for one in all_graded if one.chapter is not None}):
        rows = [one for one in all_graded if one.chapter == number]
        names = list(rows[0].outcomes)
        width = max(len("notebook"), *(len(one.name) for one in rows))
        lines = [f"Chapter {number}", "  ".join(
            [f"{'notebook':{width}}", *(f"{name:>5}" for name in names), "answered", "marks"])]
        for one in rows:
            cells = [f"{sign(one.outcomes[name]):>5}" for name in names]
            lines.append("  ".join([f"{one.name:{width}}", *cells,
                                    f"{f'{progress(one)} of {len(names)}':>8}",
                                    f"{one.marks:g} of {len(names)}"]))
        parts.append("\n".join(lines))
    lost = [f"{one.name}: {one.remark}" for one in all_graded if one.chapter is None]
    return "\n\n".join([*parts, *(["\n".join(["Not graded", *lost])] if lost else []), LEGEND])


def as_csv(all_graded: Sequence[Graded]) -> str:
    """Return a row for each notebook and exercise, with the message that the check gave."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["notebook", "chapter", "exercise", "status", "mark", "message"])
    for one in all_graded:
        if one.chapter is None:
            writer.writerow([harmless(one.name), "", "", "not graded", 0, one.remark])
        for exercise, outcome in one.outcomes.items():
            writer.writerow([harmless(one.name), one.chapter, exercise, outcome["status"],
                             "" if outcome["status"] == "regrade" else f"{outcome['share']:g}",
                             harmless(outcome["message"])])
    return file.getvalue()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
