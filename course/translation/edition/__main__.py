"""Build the book in another language into the folder of that language beside the English one.

    python -m course.translation.edition              # all languages that have catalogues
    python -m course.translation.edition ko           # one
    python -m course.translation.edition ko --only-sources
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from course.translation.catalogue import languages
from course.translation.edition.sources import seed, write_sources
from helpers import ROOT

SOURCES = ROOT / "_build" / "editions"


def build(language: str, sources: Path, output: Path) -> int:
    """Build an edition into the site of the book, `output`/_build/html; the exit status."""
    own, place = sources / language, output / "_build" / "html" / language
    shutil.rmtree(place, ignore_errors=True)
    write_sources(language, own)
    seed(output / "_build" / "jupyter_execute", own / "_build" / "jupyter_execute")
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [str(Path(sys.executable).with_name("jupyter-book")), "build", str(own),
         "--path-output", str(own), "-W", "--keep-going", "-q"], check=False, cwd=own,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)})
    if done.returncode:
        shutil.rmtree(own / "_build", ignore_errors=True)
    else:
        shutil.copytree(own / "_build" / "html", place, copy_function=os.link)
    return done.returncode


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.translation.edition",
                                     description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", help="default: all that have catalogues")
    parser.add_argument("--sources", type=Path, default=SOURCES,
                        help="where the editions' sources are written, default: _build/editions")
    parser.add_argument("--path-output", type=Path, default=ROOT,
                        help="the folder in whose _build/html the book is, default: the course's")
    parser.add_argument("--only-sources", action="store_true", help="build nothing")
    options = parser.parse_args(arguments)
    status = 0
    for language in options.languages or languages():
        if options.only_sources:
            write_sources(language, options.sources / language)
        else:
            status = build(language, options.sources, options.path_output) or status
    return status


if __name__ == "__main__":
    sys.exit(main())
