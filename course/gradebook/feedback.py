"""A page for each student: their answers, what the checks said, and what to read again.

Nothing of a solution stands in it: the checks' own messages tell none.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from course.exercises.headings import slug
from course.gradebook.exports import number
from course.gradebook.sums import ChapterMark, Row
from course.gradebook.weights import weight_of
from helpers.exercises import chapter
from helpers.exercises.form import Chapter, Exercise

SAID = {"right": "right", "wrong": "not yet right", "open": "not answered",
        "missing": "no cell for it", "error": "the cell ends with an error",
        "time": "the cell took too long", "memory": "the cell took too much memory",
        "crash": "the cell ended the whole process", "regrade": "without a mark yet"}
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Feedback for {name}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 44rem; padding: 1rem; }}
pre {{ border: 1px solid #8888; border-radius: .3rem; overflow-x: auto; padding: .6rem; }}
section {{ border-left: .25rem solid #8888; margin: 1.5rem 0; padding-left: 1rem; }}
section.right {{ border-color: #009e73; }}
section.wrong, section.error {{ border-color: #d55e00; }}
</style>
</head>
<body>
<h1>Feedback for {name}</h1>
{body}
<footer><p>Course version {version}.</p></footer>
</body>
</html>
"""


def feedback_page(row: Row, name: str, weights: Mapping[str, float], *, book: str = "",
                  version: str = "") -> str:
    """Return the page of one student as HTML.

    book: the address of the built book, for links to what to read again; without it the sections
    are named.
    """
    parts = []
    for place, one in row.chapters.items():
        parts.append(f"<h2>Chapter {place}: {number(one.mark)} of {number(one.of)}</h2>")
        if not one.given:
            parts.append("<p>Nothing was handed in.</p>")
            continue
        if one.late:
            parts.append(f"<p>Late by {one.late} day{'s' * (one.late > 1)}.</p>")
        parts += chapter_parts(chapter(place), one, weights, book)
    return PAGE.format(name=html.escape(name), body="\n".join(parts),
                       version=html.escape(version))


def chapter_parts(of: Chapter, mark: ChapterMark, weights: Mapping[str, float],
                  book: str) -> list[str]:
    """Return a section for each exercise, and for what was marked by hand."""
    outcomes = mark.counted.graded.outcomes if mark.counted else {}
    answers = mark.counted.answers if mark.counted else {}
    hand = {one.exercise: one for one in mark.by_hand}
    parts = []
    for one in of.exercises:
        found = outcomes.get(one.id, {"status": "missing", "share": 0, "message": ""})
        share, status = found["share"], found["status"]
        message = found["message"]
        if one.id in hand:
            share, status, message = hand[one.id].mark, "", hand[one.id].comment
        points = f"{number(share * weights[one.level])} of {number(weights[one.level])}"
        lines = [f"<h3>Exercise {one.id}: {html.escape(one.title)}</h3>",
                 f"<p><strong>{points}</strong>{', ' * bool(status)}{SAID.get(status, status)}</p>"]
        if answers.get(one.id):
            lines.append(f"<pre><code>{html.escape(answers[one.id])}</code></pre>")
        if message:
            lines.append(f"<p>{html.escape(message)}</p>")
        if share < 1:
            lines.append(again(of, one, book))
        parts.append(f'<section class="{html.escape(status)}">' + "\n".join(lines) + "</section>")
    parts += [f"<section><h3>{html.escape(one.exercise)}</h3>\n<p><strong>"
              f"{number(one.mark * weight_of(one.exercise, weights))} of "
              f"{number(weight_of(one.exercise, weights))}</strong></p>\n"
              f"<p>{html.escape(one.comment)}</p></section>"
              for one in mark.by_hand if ":" in one.exercise]
    return parts


def again(of: Chapter, one: Exercise, book: str) -> str:
    """Return which sections to read again: those that teach what the exercise tests."""
    titles = list(dict.fromkeys(title for objective in one.objectives
                                for title in of.taught.get(objective, ())))
    page = f"{book.rstrip('/')}/notebooks/{of.notebook}.html"
    shown = [f'<a href="{html.escape(page)}#{slug(title)}">{html.escape(title)}</a>' if book
             else html.escape(title) for title in titles]
    return f"<p>Read again: {', '.join(shown)}.</p>" if shown else ""


def file_name(name: str) -> str:
    """Return a file's name for a student, without what a disk or an address does not bear."""
    return re.sub(r"[^\w.@-]+", "_", name).strip("._") or "student"
