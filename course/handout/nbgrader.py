"""Assignments that nbgrader 0.9 releases, collects and grades, with schema 3 of its metadata.

Source: nbgrader's documentation, *Creating and grading assignments*. A cell to fill in is a
solution without points; the check below it is an autograder test. It raises where an answer earns
nothing and gives the share of its parts otherwise, which nbgrader takes for partial marks.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import nbformat

from course.handout.editions import blank, part
from course.notebooks import write as write_notebook
from course.translation.chapters import chapter_in
from helpers import ROOT
from helpers.exercises import Chapter
from helpers.exercises.form import Exercise

CONFIGURATION = '''"""nbgrader reads this file from the folder in which it is started."""

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "convnets"
c.ClearSolutions.code_stub = {"python": "# Your code here"}
c.Execute.timeout = 240  # seconds a cell; some of the chapters' own cells train for a minute
'''


def write(source: Chapter, target: Path, language: str = "") -> list[Path]:
    """Write the assignment of a chapter below target/nbgrader/source; returns the files."""
    path = ROOT / "notebooks" / f"{source.notebook}.ipynb"
    course = target / "nbgrader"
    folder = course / "source" / source.notebook
    folder.mkdir(parents=True, exist_ok=True)
    write_notebook(assignment(chapter_in(path, language), source), folder / path.name)
    shutil.copy(ROOT / "notebooks" / "matplotlibrc", folder)
    configuration = course / "nbgrader_config.py"
    if not configuration.exists():  # it may be the instructor's own by now
        configuration.write_text(CONFIGURATION, encoding="utf-8")
    return [folder / path.name]


def assignment(notebook: nbformat.NotebookNode, source: Chapter) -> nbformat.NotebookNode:
    """Return a chapter as the instructor's version of an assignment, without outputs."""
    blank(notebook)
    exercises = {one.id: one for one in source.exercises}
    notebook.cells = [cell for cell in notebook.cells if part(cell) != "solution"]
    for cell in notebook.cells:
        exercise = exercises.get(cell.metadata.get("course", {}).get("exercise"))
        if part(cell) == "answer":
            cell.source = solved(exercise)
            cell.metadata["nbgrader"] = settings(exercise, "answer", solution=True)
        elif part(cell) == "check":
            cell.source = strict_call(exercise)
            cell.metadata["nbgrader"] = settings(exercise, "check", grade=True)
    return notebook


def solved(exercise: Exercise) -> str:
    """Return the cell to fill in, with the solution between nbgrader's marks below it."""
    return (f"{exercise.start}\n### BEGIN SOLUTION\n{exercise.code.rstrip()}\n"
            "### END SOLUTION")


def strict_call(exercise: Exercise, points: int | None = 1) -> str:
    """Return a check that fails where an answer is not right."""
    call = ast.parse(exercise.call).body[0].value
    call.keywords.append(ast.keyword("strict", ast.Constant(True)))
    if points is not None:
        call.keywords.append(ast.keyword("points", ast.Constant(points)))
    return ast.unparse(call).replace("'", '"')


def settings(exercise: Exercise, kind: str, *, grade: bool = False,
             solution: bool = False) -> dict[str, object]:
    """Return nbgrader's metadata of a cell, in the version of the schema that it calls 3."""
    found = {"grade": grade, "grade_id": f"{kind}-{exercise.id.replace('.', '-')}",
             "locked": grade, "schema_version": 3, "solution": solution, "task": False}
    return found | {"points": 1} if grade else found
