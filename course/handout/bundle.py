"""All that a student needs in one file: the chapters without solutions, and what they call.

Unpacked, it runs beside nothing else: `notebooks` finds the helpers in the folder above it. Only
the installation needs a network; digits and trained networks come along.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat

from course.handout.editions import student_edition
from course.notebooks import read
from helpers import ROOT
from helpers.exercises import chapters
from helpers.exercises.checks.messages import DOMAIN

NAME = "convolutional-networks-notebooks.zip"
TOP = "convolutional-networks"
WHOLE = ("helpers", "exercises", "explorables", "book/results", "locale")
SINGLE = ("constraints.txt", "LICENSE", "LICENSE-text", "notebooks/matplotlibrc",
          "benchmarks/letters/typefaces.json")  # whose families chapter 11 counts
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints", ".unfinished"}
NOT_FOR_STUDENTS = ("# The book\n", "# The tests")  # each up to the next stage
STAGE = "\n# Stage "
SOLUTION = "\n# Solution\n"
NO_SOLUTION = "The book has it, with the reasons.\n\n```python\n{start}\n```\n"
THEN = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP file knows: the same course, the same bytes
READ_ME = """\
# Convolutional networks by experiment: the notebooks

Linux or macOS, Python 3.10 to 3.13; on Windows the Windows Subsystem for Linux. In this folder,
with a network, once (it takes a few minutes, TensorFlow is most of it):

    python3 -m venv .venv
    .venv/bin/python -m pip install -r requirements.txt -c constraints.txt

Then, with or without a network:

    .venv/bin/jupyter lab notebooks

Start with `01_convolution.ipynb`. The exercises check themselves: fill in a cell, run it, and run
the check below it. Your work stays in the notebooks; keep the folders beside them where they are.

A package carries 5,000 digits. With a network the chapters that train fetch all 70,000 once; or
set `COURSE_DATA` to a folder that holds `mnist.npz`.

Text: CC BY 4.0, see LICENSE-text. Code: MIT, see LICENSE.
"""


def without_solution(task: str, start: str) -> str:
    """Return the text of a `task.md` with the cell to fill in where its solution stood."""
    before, found, _ = task.rpartition(SOLUTION)
    if not found:
        raise ValueError(f"a section `# Solution` is wanted in the exercise {task[:60]!r}")
    return before + SOLUTION + "\n" + NO_SOLUTION.format(start=start)


def requirements() -> str:
    """Return what the chapters and JupyterLab need, without what builds and tests the book."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for first in NOT_FOR_STUDENTS:
        before, found, rest = text.partition(first)
        if not found:
            raise ValueError(f"expected a line {first.strip()!r} in requirements.txt")
        text = before.rstrip() + "\n" + "".join(rest.partition(STAGE)[1:])
    return text.rstrip() + "\n"


def contents() -> Iterator[tuple[str, bytes]]:
    """Yield the name of each file, below the top folder, and what it holds."""
    yield "README.md", READ_ME.encode()
    yield "requirements.txt", requirements().encode()
    starts = {}
    for one in chapters():
        path = ROOT / "notebooks" / f"{one.notebook}.ipynb"
        yield f"notebooks/{path.name}", nbformat.writes(student_edition(read(path))).encode()
        starts |= {exercise.id: exercise.start for exercise in one.exercises}
    for name in SINGLE:
        yield name, (ROOT / name).read_bytes()
    for folder in WHOLE:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT)
            if not path.is_file() or LEFT_OUT & set(name.parts):
                continue
            if name.parts[0] == "locale" and path.stem != DOMAIN:
                continue  # the catalogue of a chapter holds its solutions
            if name.parts[0] == "exercises" and name.name == "task.md":
                exercise = f"{int(name.parts[1][:2])}.{int(name.parts[2].split('_')[0])}"
                text = without_solution(path.read_text(encoding="utf-8"), starts[exercise])
                yield name.as_posix(), text.encode()
            else:
                yield name.as_posix(), path.read_bytes()


def write_bundle(target: Path) -> Path:
    """Write the file into the folder `target`; its path."""
    target.mkdir(parents=True, exist_ok=True)
    path = target / NAME
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents():
            entry = zipfile.ZipInfo(f"{TOP}/{name}", THEN)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path
