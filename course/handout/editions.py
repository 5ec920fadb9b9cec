"""The two editions of a chapter: for students, and with the solutions."""

from __future__ import annotations

import re

import nbformat
from nbformat.v4 import new_markdown_cell

from course.notebooks import cell_id
from course.plumbing import is_plumbing, without_tests
from course.set_up import stamp
from helpers.exercises import Chapter

FOLDED = re.compile(r"<details[^>]*>\n<summary><u>(?P<title>.*?)</u></summary>\n\n(?P<reasons>.*)"
                    r"\n\n```python\n.*?\n```\n\n</details>", re.DOTALL)
INTO_THE_BOOK = re.compile(r"\[([^\[\]]*)\]\(\.\./book/[^()]*\)")


def blank(notebook: nbformat.NotebookNode) -> None:
    """Take out what running leaves, what only tests the chapter's text, and links to the book."""
    stamp(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            if is_plumbing(cell):
                cell.source = without_tests(cell.source)
        else:
            cell.source = INTO_THE_BOOK.sub(r"\1", cell.source)
    notebook.cells = [cell for cell in notebook.cells if cell.source or not is_plumbing(cell)]


def student_edition(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a chapter without outputs and without solutions."""
    blank(notebook)
    notebook.cells = [cell for cell in notebook.cells if part(cell) != "solution"]
    return notebook


def solution_edition(notebook: nbformat.NotebookNode,
                     source: Chapter) -> nbformat.NotebookNode:
    """Return a chapter without outputs, its exercises filled in and explained."""
    blank(notebook)
    solved = {one.id: one for one in source.exercises}
    cells, used = [], {cell.id for cell in notebook.cells}
    for cell in notebook.cells:
        if part(cell) == "answer":
            cell.source = solved[cell.metadata["course"]["exercise"]].code
        if part(cell) == "solution":
            title, reasons = unfolded(cell.source)
            text = f"**{title}.** {reasons}"
            replaced = new_markdown_cell(text, metadata=cell.metadata)
            replaced.id = cell_id(text, used)
            cell = replaced
        cells.append(cell)
    notebook.cells = cells
    return notebook


def unfolded(source: str) -> tuple[str, str]:
    """Return the title and the reasons of a folded solution, in the language of the chapter."""
    found = FOLDED.fullmatch(source)
    if not found:
        raise ValueError(f"expected a folded solution: {source[:60]!r}")
    return found["title"], found["reasons"]


def part(cell: nbformat.NotebookNode) -> str | None:
    """Return which part of an exercise a cell is."""
    return cell.metadata.get("course", {}).get("part")
