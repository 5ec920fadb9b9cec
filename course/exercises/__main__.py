"""Write the exercises into the notebooks, and the page of objectives.

    python -m course.exercises              # all chapters that have a source, and the page
    python -m course.exercises 3            # one chapter, and the page
    python -m course.exercises 3 --convert  # remove other cells from the section of exercises
"""

from __future__ import annotations

import argparse
import sys

from course.exercises.objectives import page
from course.exercises.place import synchronise
from course.notebooks import read, write
from helpers import ROOT
from helpers.data.whole_files import write_whole
from helpers.exercises import chapter, chapters

PAGE = ROOT / "book" / "objectives.md"


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.exercises", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chapters", nargs="*", type=int, help="default: all")
    parser.add_argument("--convert", action="store_true",
                        help="print and remove what else the section of exercises holds")
    options = parser.parse_args(arguments)
    try:
        for one in [chapter(number) for number in options.chapters] or chapters():
            path = ROOT / "notebooks" / f"{one.notebook}.ipynb"
            notebook = read(path)
            for removed in synchronise(notebook, one, convert=options.convert):
                print(f"--- removed from {path.name}:\n{removed}\n")
            write(notebook, path)
            print(f"{path.name}: {len(one.exercises)} exercises, {len(one.questions)} questions")
        write_whole(PAGE, page([(one, read(ROOT / "notebooks" / f"{one.notebook}.ipynb"))
                                for one in chapters()]))
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
