"""The whole book, read from the built site, with what its title page says."""

from __future__ import annotations

import copy
import datetime
import html
import re
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from course.downloads.pages import Entry, Page, contents, read_pages, with_answers_at_the_end
from course.downloads.pages.answers import without_answers
from course.downloads.pages.pictures import Pictures
from helpers import ROOT

DESCRIPTION = re.compile(r'<meta (?=[^>]*name="description")[^>]*content="([^"]*)"')
VERSION = re.compile(r'^version = "([^"]+)"', re.MULTILINE)


@dataclass
class Book:
    """The pages in order, the contents, what the title page says, when the site was built."""

    pages: list[Page]
    entries: list[Entry]
    about: dict[str, str]
    modified: str

    def copied_pages(self) -> list[Page]:
        """Return copies of the pages, which can be changed for one form of the book."""
        return [replace(page, body=copy.copy(page.body)) for page in self.pages]


def about(landing: Path) -> dict[str, str]:
    """Return title, subtitle, author, language and colophon of the book."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    found = DESCRIPTION.search(landing.read_text(encoding="utf-8"))
    version = VERSION.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {"title": settings["title"], "author": settings["author"],
            "language": settings["sphinx"]["config"]["language"],
            "subtitle": html.unescape(found[1]) if found else "",
            "colophon": f"Version {version[1]}. Text and figures: CC BY 4.0. Code: MIT. "
                        "The last pages say more."}


def read_book(site: Path, pictures: Path, *, answers: bool = True,
              toc: Path = ROOT / "_toc.yml") -> Book:
    """Return the book of a built site, its answers at the end or left out.

    pictures: a folder that its pictures are written into. FileNotFoundError says what the site
    lacks.
    """
    landing = site / (yaml.safe_load(toc.read_text(encoding="utf-8"))["root"] + ".html")
    if not landing.is_file():
        raise FileNotFoundError(f"expected the page {landing}; build the site with: make book")
    pages = read_pages(site, toc, Pictures(pictures))
    pages = with_answers_at_the_end(pages) if answers else without_answers(pages)
    built = datetime.datetime.fromtimestamp(landing.stat().st_mtime, datetime.timezone.utc)
    return Book(pages, contents(pages), about(landing), built.strftime("%Y-%m-%dT%H:%M:%SZ"))
