"""Run the chapters in place and keep their files free of noise.

    python -m course.notebooks [NOTEBOOK ...]            # run, normalise and write
    python -m course.notebooks --check [NOTEBOOK ...]    # only say what is wrong, and exit with 1
    python -m course.notebooks --normalise [NOTEBOOK ...]    # run nothing, remove what is noise
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from course import equations
from course.dead_kernel import death, process_of
from course.outputs import kept
from course.plumbing import fold
from course.set_up import stamp
from helpers import ROOT
from helpers.data.numbers import spans
from helpers.data.whole_files import write_whole

CELL_SECONDS = 600
KEPT_METADATA = ("tags", "mystnb", "editable", "deletable", "course", "jupyter", "cellView")


def chapters() -> list[Path]:
    """Every notebook of the book, in reading order."""
    found = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "book").glob("*.ipynb")]
    return sorted(found)


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook; ValueError names the file that cannot be read as one."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # nbformat has no base class for what can be wrong
        raise ValueError(f"{path.name} is not a whole notebook: "
                         f"{' '.join(str(error).split())[:200]}") from error
    return notebook


def normalise(notebook: nbformat.NotebookNode) -> None:
    """Remove what differs between two runs of the same notebook, and what is nobody's result."""
    notebook.metadata = nbformat.from_dict({
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python",
                       "name": "python3"},
        "language_info": {"name": "python"},
    })
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count, used = 0, set()
    spans.write(notebook)
    fold(notebook)
    for cell in notebook.cells:
        cell.metadata = {key: cell.metadata[key] for key in KEPT_METADATA if key in cell.metadata}
        cell.id = cell_id(cell.source, used)
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = kept(cell.outputs, count)


def cell_id(source: str, used: set[str]) -> str:
    """A name for a cell that follows from its text, so that it changes only with the text."""
    number = 0
    while (name := hashlib.sha256(f"{source}{number or ''}".encode()).hexdigest()[:8]) in used:
        number += 1
    used.add(name)
    return name


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    """What keeps a notebook out of the book: cells that failed or were not run, stale numbers."""
    found = spans.faults(notebook)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        if cell.execution_count is None:
            found.append(f"cell {number} has not been run")
        for output in cell.outputs:
            allowed = "raises-exception" in cell.metadata.get("tags", [])
            if output.output_type == "error" and not allowed:
                found.append(f"cell {number} stores an error, {output.ename}: {output.evalue}")
    return found


def check(path: Path) -> list[str]:
    """What keeps a file out of the book."""
    notebook = read(path)
    return faults(notebook) + equations.faults(notebook, path)


def run(path: Path) -> None:
    """Run a notebook from top to bottom and write it; a failing one is left as it was.

    Raises what nbclient raises; DeadKernelError names the cell in which the kernel died.
    """
    notebook = read(path)
    stamp(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    begun, process = 0, None

    def note(cell, cell_index):
        nonlocal begun, process
        begun, process = cell_index, process_of(client.km)

    client = NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3",
                            resources={"metadata": {"path": str(path.parent)}},
                            on_cell_start=note)
    try:
        client.execute()
    except DeadKernelError as error:
        raise DeadKernelError(f"cell {begun}: {death(process)}") from error
    equations.number(notebook, path)
    normalise(notebook)
    write(notebook, path)


def tidy(path: Path) -> list[str]:
    """Normalise a notebook in its file without running it; returns what is to be said of it."""
    notebook = read(path)
    before = copy.deepcopy(notebook)
    stamp(notebook)
    normalise(notebook)
    if notebook == before:
        return []
    write(notebook, path)
    return ["noise removed"]


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Replace the file in one step."""
    write_whole(path, nbformat.writes(notebook) + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.notebooks", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: every one of the book")
    parser.add_argument("--check", action="store_true", help="run nothing, report what is wrong")
    parser.add_argument("--normalise", action="store_true",
                        help="run nothing, remove what differs from run to run; 1 if there was any")
    options = parser.parse_args(arguments)
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    status = 0
    for path in options.notebooks or chapters():
        try:
            wrong = (check(path) if options.check
                     else tidy(path) if options.normalise else run(path))
        except (ValueError, OSError) as error:
            wrong = [str(error)]
        except DeadKernelError as error:
            wrong = [str(error)]
        except (CellExecutionError, CellTimeoutError) as error:
            wrong = [" ".join(str(error).split())[-400:]]
        if wrong:
            print(f"{path.name}: {wrong[0]}", file=sys.stderr)
            status = 1
        elif not (options.check or options.normalise):
            print(f"{path.name}: run and written")
    return status


if __name__ == "__main__":
    sys.exit(main())
