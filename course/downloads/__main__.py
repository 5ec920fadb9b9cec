"""Make what can be taken away, from the built site, and link it from the landing page.

    python -m course.downloads pdf                       # into _build/html/downloads
    python -m course.downloads pdf --paper Letter        # else A4
    python -m course.downloads pdf --without-answers     # no hints, answers and solutions
    python -m course.downloads epub
    python -m course.downloads notebooks                 # a zip for students
    python -m course.downloads links                     # name again what is still of this text
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from course.downloads.book import read_book
from course.downloads.epub.package import files, write_epub
from course.downloads.links import link, remember
from course.downloads.paper.browser import NoBrowser
from course.downloads.paper.document import write_document
from course.downloads.paper.printed import WIDTHS, print_book
from course.handout.bundle import write_bundle
from helpers import ROOT
from helpers.data.whole_files import whole_file

NAME = "convolutional-networks"


def make_pdf(site: Path, target: Path, options: argparse.Namespace, folder: Path) -> Path:
    """Print the book; the file."""
    book = read_book(site, folder / "pictures", answers=not options.without_answers)
    document = write_document(book.pages, book.entries, book.about, folder)
    path = target / f"{NAME}{'-without-answers' if options.without_answers else ''}.pdf"
    with whole_file(path) as file:
        file.write(print_book(document, book.entries, book.about, options.paper))
    return path


def make_epub(site: Path, target: Path, options: argparse.Namespace, folder: Path) -> Path:
    """Write the book for readers of books; the file."""
    book = read_book(site, folder / "pictures", answers=not options.without_answers)
    held = files(book.pages, book.entries, book.about, folder / "pictures",
                 site / "_static/formulas.woff2")
    path = target / f"{NAME}{'-without-answers' if options.without_answers else ''}.epub"
    with whole_file(path) as file:
        write_epub(file, held, book.about, book.modified)
    return path


def make_notebooks(site: Path, target: Path, options: argparse.Namespace, folder: Path) -> Path:
    """Pack the notebooks for students; the file."""
    return write_bundle(target)


KINDS = {"pdf": make_pdf, "epub": make_epub, "notebooks": make_notebooks, "links": None}


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.downloads", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="+", choices=KINDS, metavar="{" + ",".join(KINDS) + "}")
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html",
                        help="the built site, default: _build/html")
    parser.add_argument("--target", type=Path,
                        help="another folder than the site's own; nothing is linked then")
    parser.add_argument("--paper", choices=WIDTHS, default="A4")
    parser.add_argument("--without-answers", action="store_true",
                        help="leave hints, answers and solutions out; nothing is linked then")
    options = parser.parse_args(arguments)
    own = options.target is None and not options.without_answers
    target = options.target or options.site / "downloads"
    try:
        for make in filter(None, (KINDS[kind] for kind in options.kinds)):
            with tempfile.TemporaryDirectory() as folder:
                path = make(options.site, target, options, Path(folder))
            print(path)
            if own:
                remember(path, options.site)
        if own:
            link(options.site)
    except (NoBrowser, OSError, RuntimeError, ValueError) as error:
        print(f"downloads: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
