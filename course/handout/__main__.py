"""Write the edition for students and the one with the solutions, into `_build/handout`.

    python -m course.handout                    # all chapters whose exercises check themselves
    python -m course.handout 1 3                # some of them
    python -m course.handout --form nbgrader    # assignments for nbgrader 0.9, or otter for Otter 7
    python -m course.handout --language ko      # in Korean, code as it is
    python -m course.handout --zip              # one file with all that a student needs, to run it

The students' notebooks hold no output and no solution; the checks and the hints are in. In the
other edition the cells are filled in, and the solutions stand open below them. The notebooks of the
course are only read.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from course.handout import nbgrader, otter
from course.handout.bundle import write_bundle
from course.handout.editions import solution_edition, student_edition
from course.notebooks import write as write_notebook
from course.translation.catalogue import languages
from course.translation.chapters import chapter_in
from helpers import ROOT
from helpers.exercises import Chapter, chapter, chapters

TARGET = ROOT / "_build" / "handout"
FORMS = {"nbgrader": nbgrader.write, "otter": otter.write}


def write(source: Chapter, target: Path, language: str = "") -> list[Path]:
    """Write both editions of a chapter, in a language if not in English; returns the files."""
    path = ROOT / "notebooks" / f"{source.notebook}.ipynb"
    editions = {"students": student_edition(chapter_in(path, language)),
                "solutions": solution_edition(chapter_in(path, language), source)}
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
    parser.add_argument("--form", choices=FORMS, help="of another grader")
    parser.add_argument("--language", choices=languages(), default="",
                        help="of the text; default: English")
    parser.add_argument("--zip", action="store_true",
                        help="all chapters, what they call and how to install it, in one file")
    options = parser.parse_args(arguments)
    if (ROOT / "notebooks").resolve() in [options.target.resolve(),
                                          *options.target.resolve().parents]:
        print("the handout is not written among the notebooks of the course", file=sys.stderr)
        return 1
    if options.zip and (options.chapters or options.form or options.language):
        print("--zip takes all chapters as they are: give neither chapters nor --form nor "
              "--language with it", file=sys.stderr)
        return 2
    try:
        if options.zip:
            print(write_bundle(options.target))
            return 0
        target = options.target / options.language  # each language in a folder of its name
        for one in [chapter(number) for number in options.chapters] or chapters():
            for path in FORMS.get(options.form, write)(one, target, options.language):
                print(path)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
