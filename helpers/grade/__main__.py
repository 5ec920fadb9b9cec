"""Progress and marks for a folder of notebooks that were handed in.

    python -m helpers.grade FOLDER                     # a table on the screen
    python -m helpers.grade FOLDER --csv marks.csv     # and each answer with its message

Each notebook is graded in a process of its own, in a scratch copy. Only the cells of the exercises
run, with the statements that they need, found backwards by name; then the checks that are installed
here judge the answers, whatever the notebook's own checks are or have printed. A notebook is known
by the exercises in it, not by its file's name.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from helpers.grade.folder import closing, grade_paths
from helpers.grade.runner import Graded
from helpers.grade.table import as_csv, as_text

UNSETTLED = 3  # the exit status where something is to be regraded


def notebooks(folder: Path) -> list[Path]:
    """Return the notebooks in a folder and below it, without the copies that Jupyter keeps."""
    return sorted(path for path in folder.rglob("*.ipynb")
                  if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def grade_folder(folder: Path, *, seconds: float | None, memory: float, jobs: int,
                 done: Callable[[Graded], None] = lambda graded: None) -> list[Graded]:
    """Grade all notebooks of a folder, several at a time, in the order of their names.

    done: is called with each result as soon as it and those before it are there.
    """
    paths = notebooks(folder)
    names = [path.relative_to(folder).as_posix() for path in paths]
    return grade_paths(paths, names, seconds=seconds, memory=memory, jobs=jobs, done=done)


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m helpers.grade", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--csv", type=Path, help="write every answer with its message to this file")
    parser.add_argument("--seconds", type=float,
                        help="of processor time for each exercise; without, each has its own limit")
    parser.add_argument("--memory", type=float, default=4.0, help="gigabytes for each notebook")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at the same time")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print(f"{options.folder} is not a folder", file=sys.stderr)
        return 1
    found = grade_folder(options.folder, seconds=options.seconds, memory=options.memory,
                         jobs=max(1, options.jobs),
                         done=lambda graded: print(f"graded: {graded.name}", file=sys.stderr))
    if not found:
        print(f"there is no notebook in {options.folder}", file=sys.stderr)
        return 1
    print(as_text(found))
    if options.csv:
        options.csv.write_text(as_csv(found), encoding="utf-8")
    if said := closing(found):
        print(said, file=sys.stderr)
        return UNSETTLED
    return 0


if __name__ == "__main__":
    sys.exit(main())
