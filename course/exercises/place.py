"""Put the generated cells of a chapter where they belong, and leave all others as they are."""

from __future__ import annotations

import copy
import re

import nbformat
from nbformat.v4 import new_markdown_cell

from course import equations
from course.exercises.cells import exercise_section, question_cell
from course.notebooks import ROOT, normalise
from helpers.exercises.form import Chapter

HEADING = re.compile(r"^(#{1,3}) +(.+?)\s*$")
FENCE = re.compile(r"^ *(`{3,}|:{3,})")
EXERCISES, READING = "Exercises", "Read on"


def synchronise(notebook: nbformat.NotebookNode, chapter: Chapter, *,
                convert: bool = False) -> list[str]:
    """Write the exercises and the questions of a chapter into its notebook, in place.

    Cells that nobody changed keep their outputs. ValueError if a heading is missing, or if the
    section of exercises holds other cells; with `convert` those are removed, and their texts are
    returned.
    """
    cells = notebook.cells
    cells[:] = [cell for cell in cells if "question" not in cell.metadata.get("course", {})]
    split_at(cells, EXERCISES)
    split_at(cells, READING)
    start, end = find_heading(cells, EXERCISES), find_heading(cells, READING)
    foreign = [cell.source for cell in cells[start:end] if "course" not in cell.metadata]
    if foreign and not convert:
        raise ValueError(f"{chapter.notebook}: the section of exercises holds a cell that no "
                         f"exercise makes; move it, or run with --convert: {foreign[0][:80]!r}")
    cells[start:end] = exercise_section(chapter)
    for count, question in enumerate(chapter.questions, start=1):
        heading = next_heading(cells, question.after)
        split_at(cells, heading)
        cells.insert(find_heading(cells, heading),
                     question_cell(question, f"{chapter.number}.{count}"))
    equations.number(notebook, ROOT / "notebooks" / f"{chapter.notebook}.ipynb")
    normalise(notebook)
    return foreign


def agrees(notebook: nbformat.NotebookNode, chapter: Chapter) -> bool:
    """Return whether a notebook holds exactly what its chapter's exercises make."""
    made = copy.deepcopy(notebook)
    synchronise(made, chapter)
    return made == notebook


def headings(text: str) -> list[tuple[int, int, str]]:
    """Return line number, level and title of the headings of a Markdown text, outside of code."""
    found, fence = [], ""
    for number, line in enumerate(text.splitlines()):
        opening = FENCE.match(line)
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip(" `:") else fence
        elif opening:
            fence = opening[1]
        elif match := HEADING.match(line):
            found.append((number, len(match[1]), match[2]))
    return found


def titles(cells: list[nbformat.NotebookNode]) -> list[tuple[int, str]]:
    """Return level and title of all headings of a notebook, in order."""
    return [(level, title) for cell in cells if cell.cell_type == "markdown"
            for _, level, title in headings(cell.source)]


def next_heading(cells: list[nbformat.NotebookNode], title: str) -> str:
    """Return the heading at which the section of this title ends."""
    found = titles(cells)
    places = [place for place, (_, other) in enumerate(found) if other == title]
    if not places:
        raise ValueError(f"no heading {title!r}; there are "
                         f"{', '.join(repr(other) for _, other in found)}")
    level = found[places[0]][0]
    for deep, other in found[places[0] + 1:]:
        if deep <= level or level == 1:
            return other
    raise ValueError(f"the section {title!r} is the last one")


def find_heading(cells: list[nbformat.NotebookNode], title: str) -> int:
    """Return which cell begins with a heading."""
    for place, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            found = headings(cell.source)
            if found and found[0][0] == 0 and found[0][2] == title:
                return place
    raise ValueError(f"no cell begins with the heading {title!r}")


def split_at(cells: list[nbformat.NotebookNode], title: str) -> None:
    """Cut a Markdown cell in two where a heading stands in the middle of it."""
    for place, cell in enumerate(cells):
        if cell.cell_type != "markdown":
            continue
        for line, _, other in headings(cell.source):
            if other == title and line:
                lines = cell.source.splitlines()
                cell.source = "\n".join(lines[:line]).rstrip()
                cells.insert(place + 1, new_markdown_cell("\n".join(lines[line:])))
                return
