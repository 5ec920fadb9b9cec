"""Bring the catalogues up to date after a change of the English, and list what is to be done.

    python -m course.translation              # all languages
    python -m course.translation ko --check   # one, and write nothing; 1 if there is anything to do

Pictures of figures that are missing or stale are told; `make figures` draws them.
A message in doubt is marked `fuzzy` and shown in English until a translator has looked at it and
taken the mark away. Then `make book` builds every edition.
"""

from __future__ import annotations

import argparse
import sys

from course.notebooks import chapters, read
from course.translation.catalogue import languages
from course.translation.figures.records import faults, waits
from course.translation.updating import is_written, states, strays, told


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.translation", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", help="default: all that have catalogues")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    status = 0
    for language in options.languages or languages():
        for path in strays(language):
            print(f"{path.name}: no page has this catalogue", file=sys.stderr)
            status = 1
        for one in states(language):
            said = told(one)
            print(said, end="", file=sys.stderr)
            if options.check:
                status = 1 if said else status
            elif not is_written(one):
                one.file.parent.mkdir(parents=True, exist_ok=True)
                one.file.write_text(one.text, encoding="utf-8")
        for fault in (one for path in chapters() for one in faults(language, path, read(path))):
            print(f"{fault}: make figures", file=sys.stderr)
            status = 1 if options.check else status
        for path in (one for one in chapters() if waits(language, one)):
            print(f"{path.stem}: its pictures wait, and are shown in English: make figures")
    return status


if __name__ == "__main__":
    sys.exit(main())
