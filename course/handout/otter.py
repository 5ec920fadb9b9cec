"""Assignments that Otter 7 makes and grades, from a notebook in the form of `otter assign`.

Source: Otter's documentation, *Otter Assign*. Each exercise is a question; its test is a function
that calls the check and passes where it raises nothing. Otter gives a test all its points or none.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_raw_cell

from course.handout.editions import blank, part
from course.notebooks import cell_id
from course.notebooks import write as write_notebook
from course.translation.chapters import chapter_in
from helpers import ROOT
from helpers.exercises import Chapter
from helpers.exercises.form import Exercise

CONFIGURATION = """# ASSIGNMENT CONFIG
init_cell: false
check_all_cell: false
export_cell: false
runs_on: default
generate: {{pdf: false, show_stdout: true}}
tests: {{ok_format: false, url_prefix: null}}
name: {name}
"""


def write(source: Chapter, target: Path, language: str = "") -> list[Path]:
    """Write the notebook for `otter assign` below target/otter; returns the files."""
    path = ROOT / "notebooks" / f"{source.notebook}.ipynb"
    folder = target / "otter" / source.notebook
    folder.mkdir(parents=True, exist_ok=True)
    write_notebook(assignment(chapter_in(path, language), source), folder / path.name)
    shutil.copy(ROOT / "notebooks" / "matplotlibrc", folder)
    return [folder / path.name]


def assignment(notebook: nbformat.NotebookNode, source: Chapter) -> nbformat.NotebookNode:
    """Return a chapter in the form of `otter assign`, without outputs."""
    blank(notebook)
    exercises = {one.id: one for one in source.exercises}
    made = [new_raw_cell(CONFIGURATION.format(name=json.dumps(source.notebook)))]
    for cell in notebook.cells:
        exercise = exercises.get(cell.metadata.get("course", {}).get("exercise"))
        if part(cell) == "task":
            made += [new_raw_cell(f"# BEGIN QUESTION\nname: {name_of(exercise)}\npoints: 1"), cell]
        elif part(cell) == "answer":
            cell.source = solved(exercise)
            made += [new_raw_cell("# BEGIN SOLUTION"), cell, new_raw_cell("# END SOLUTION")]
        elif part(cell) == "check":
            made += [new_raw_cell("# BEGIN TESTS"), new_code_cell(test_of(exercise)),
                     new_raw_cell("# END TESTS"), new_raw_cell("# END QUESTION")]
        elif part(cell) != "solution":
            made.append(cell)
    used: set[str] = set()
    for cell in made:
        cell.id = cell_id(cell.source, used)
    notebook.cells = made
    return notebook


def name_of(exercise: Exercise) -> str:
    """Return a question's name, which becomes part of a file's name."""
    return f"exercise_{exercise.id.replace('.', '_')}"


def solved(exercise: Exercise) -> str:
    """Return the cell with its solution, and below it what the student gets in its place."""
    prompt = exercise.start.replace('"""', "'''")
    return (f"# BEGIN SOLUTION NO PROMPT\n{exercise.code.rstrip()}\n# END SOLUTION\n"
            f'""" # BEGIN PROMPT\n{prompt}\n""" # END PROMPT')


def test_of(exercise: Exercise) -> str:
    """Return a cell with the test of an exercise, a function that takes the answers by name."""
    names = ", ".join(exercise.asks)
    return (f'""" # BEGIN TEST CONFIG\nname: {exercise.id}\npoints: 1\nhidden: false\n'
            f'""" # END TEST CONFIG\n'
            f"def test_{name_of(exercise)}({names}):\n"
            "    from helpers.exercises import check\n"
            f'    check("{exercise.id}", {names}, strict=True)')
