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
from collections.abc import Iterator
from pathlib import Path

from course.downloads.book import Book, read_book
from course.downloads.epub.package import files, write_epub
from course.downloads.links import link, remember
from course.downloads.paper.browser import NoBrowser
from course.downloads.paper.document import write_document
from course.downloads.paper.printed import WIDTHS, print_book
from course.handout.bundle import write_bundle
from helpers import ROOT
from helpers.data.whole_files import whole_file

NAME = "convolutional-networks"


def make_pdf(book: Book, options: argparse.Namespace, folder: Path, path: Path) -> None:
    """Print the book into a file."""
    document = write_document(book.copied_pages(), book.entries, book.about, folder)
    with whole_file(path) as file:
        file.write(print_book(document, book.entries, book.about, options.paper))


def make_epub(book: Book, options: argparse.Namespace, folder: Path, path: Path) -> None:
    """Write the book for readers of books into a file."""
    held = files(book.copied_pages(), book.entries, book.about, folder / "pictures",
                 options.site / "_static/formulas.woff2")
    with whole_file(path) as file:
        write_epub(file, held, book.about, book.modified)


BOOKS = {"pdf": make_pdf, "epub": make_epub}
KINDS = (*BOOKS, "notebooks", "links")


def make(options: argparse.Namespace, target: Path) -> Iterator[Path]:
    """Make what is asked for; the pages are read once. Yield each file when it is there."""
    answers = "-without-answers" if options.without_answers else ""
    with tempfile.TemporaryDirectory() as name:
        folder, book = Path(name), None
        for kind in options.kinds:
            if kind in BOOKS:
                book = book or read_book(options.site, folder / "pictures",
                                         answers=not options.without_answers)
                path = target / f"{NAME}{answers}.{kind}"
                BOOKS[kind](book, options, folder, path)
                yield path
            elif kind == "notebooks":
                yield write_bundle(target)


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
        for path in make(options, target):
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
