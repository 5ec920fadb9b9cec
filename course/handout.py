"""Write the edition for students and the one with the solutions, into `_build/handout`.

    python -m course.handout            # all chapters whose exercises check themselves
    python -m course.handout 1 3        # some of them

The students' notebooks hold no output and no solution; the checks and the hints are in. In the
other edition the cells are filled in, and the solutions stand open below them. The notebooks of the
course are only read.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell

from course.notebooks import cell_id, read
from course.notebooks import write as write_notebook
from course.plumbing import is_plumbing, without_tests
from course.set_up import stamp
from helpers import ROOT
from helpers.exercises import Chapter, chapter, chapters

TARGET = ROOT / "_build" / "handout"
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
            text = f"**Solution.** {solved[cell.metadata['course']['exercise']].solution}"
            replaced = new_markdown_cell(text, metadata=cell.metadata)
            replaced.id = cell_id(text, used)
            cell = replaced
        cells.append(cell)
    notebook.cells = cells
    return notebook


def part(cell: nbformat.NotebookNode) -> str | None:
    """Return which part of an exercise a cell is."""
    return cell.metadata.get("course", {}).get("part")


def write(source: Chapter, target: Path) -> list[Path]:
    """Write both editions of a chapter; returns the files."""
    path = ROOT / "notebooks" / f"{source.notebook}.ipynb"
    editions = {"students": student_edition(read(path)),
                "solutions": solution_edition(read(path), source)}
    written = []
    for name, notebook in editions.items():
        folder = target / name
        folder.mkdir(parents=True, exist_ok=True)
        write_notebook(notebook, folder / path.name)
        shutil.copy(ROOT / "notebooks" / "matplotlibrc", folder)
        written.append(folder / path.name)
    return written


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.handout", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chapters", nargs="*", type=int, help="default: all")
    parser.add_argument("--target", type=Path, default=TARGET, help="default: _build/handout")
    options = parser.parse_args(arguments)
    if (ROOT / "notebooks").resolve() in [options.target.resolve(),
                                          *options.target.resolve().parents]:
        print("the handout is not written among the notebooks of the course", file=sys.stderr)
        return 1
    try:
        for one in [chapter(number) for number in options.chapters] or chapters():
            for path in write(one, options.target):
                print(path)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
