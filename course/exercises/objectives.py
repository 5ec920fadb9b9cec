"""The page of objectives: what each chapter promises, where it is taught, what tests it."""

from __future__ import annotations

import re
from collections.abc import Callable

import nbformat

from course.exercises.headings import slug
from course.exercises.place import titles
from course.translation.pieces import translated
from helpers.exercises.form import Chapter

HEAD = """\
<!-- Written by `python -m course.exercises`, from the chapters and exercises/. -->
# Objectives and exercises

Every chapter opens with what you will be able to do. Here is each of these objectives, with the \
sections that teach it and the exercises that test it. If you can already solve the exercises of \
an objective, you do not need its sections.
"""
TABLE = "| You will be able to | Taught in | Tested by |"


def objectives(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the objectives that stand at the start of a chapter."""
    found = re.search(r"^## What you will be able to do\s*\n(.*?)(?=^## |\Z)",
                      notebook.cells[0].source, re.MULTILINE | re.DOTALL)
    lines = found[1].strip() if found else ""
    return [" ".join(item.split()) for item in re.split(r"^[-*] ", lines, flags=re.MULTILINE)[1:]]


def page(pairs: list[tuple[Chapter, nbformat.NotebookNode]],
         translate: Callable[[str, str], str] = lambda catalogue, message: message) -> str:
    """Return the page as MyST Markdown.

    translate: gives what a message of a page, which is named first, is in another language.
    """
    def own(text: str) -> str:
        return translated(text, lambda message: translate("book/objectives", message))

    parts = [own(HEAD)]
    for chapter, notebook in pairs:
        def theirs(text: str, name: str = f"notebooks/{chapter.notebook}") -> str:
            return translated(text, lambda message: translate(name, message))

        address = f"../notebooks/{chapter.notebook}.ipynb"
        title = theirs(titles(notebook.cells)[0][1])
        rows = [f"## {chapter.number}. {title}", "", own(TABLE), "|---|---|---|"]
        for number, objective in enumerate(objectives(notebook), start=1):
            taught = ", ".join(f"[{theirs(name)}]({address}#{slug(name)})"
                               for name in chapter.taught.get(number, ()))
            tested = ", ".join(
                f"[{one.id}]({address}#{slug(f'Exercise {one.id}: {one.title}')})"
                for one in chapter.exercises if number in one.objectives)
            said = theirs(objective).replace("|", chr(92) + "|")
            rows.append(f"| {said} | {taught} | {tested} |")
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)
