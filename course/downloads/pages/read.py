"""Read the pages of the built site, in the order of the table of contents, as parts of one book.

Each identifier gets the name of its page in front, so that all pages fit into one document, and
each link within the book leads to such an identifier.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag

from course.downloads.pages.cleaned import clean
from course.downloads.pages.pictures import Pictures

REFERRING = ("aria-labelledby", "aria-describedby", "headers", "for")


@dataclass
class Page:
    """A page of the book.

    name: its place in the site, without suffix. part: the caption above it in the contents, or "".
    body: its outermost section. number: that of a chapter, "2", or "". title: without the number.
    """

    name: str
    part: str
    body: Tag
    number: str = ""
    title: str = ""

    @property
    def key(self) -> str:
        """The identifier of the page in the book."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """Return the identifier of a page; it begins with a letter, as XML wants it."""
    return f"page-{posixpath.basename(name)}"


def listed(toc: dict) -> Iterator[tuple[str, str]]:
    """Yield each page of a table of contents, but its first, with the caption of its part.

    ValueError if there is no other.
    """
    def below(entries: list[dict], part: str) -> Iterator[tuple[str, str]]:
        for entry in entries:
            yield entry["file"], part
            yield from below(entry.get("sections", []), part)

    parts = toc.get("parts", [toc])
    if not any(part.get("chapters") for part in parts):
        raise ValueError("the table of contents lists no chapter")
    for part in parts:
        yield from below(part.get("chapters", []), part.get("caption", ""))


def read_pages(site: Path, toc: Path, pictures: Pictures) -> list[Page]:
    """Return the pages of a site that a table of contents lists, without its first, the landing
    page, whose place the title takes.

    FileNotFoundError names a page that the site lacks.
    """
    names = list(listed(yaml.safe_load(toc.read_text(encoding="utf-8"))))
    known = {name for name, _ in names}
    return [read_page(site, name, part, known, pictures) for name, part in names]


def read_page(site: Path, name: str, part: str, known: set[str], pictures: Pictures) -> Page:
    """Return one page, its links and pictures as the book has them."""
    path = site / f"{name}.html"
    if not path.is_file():
        raise FileNotFoundError(f"expected the page {path}; build the site with: make book")
    document = BeautifulSoup(path.read_text(encoding="utf-8"), "html5lib")
    body = document.select_one("article section")
    if body is None or body.h1 is None:
        raise ValueError(f"{path}: expected an article with a section and its title in it")
    clean(body)
    name_apart(body, name)
    for link in body.find_all("a", href=True):
        lead(link, name, known)
    for picture in body.find_all("img"):
        source = picture["src"]
        pictures.take(picture, source if source.startswith("data:") else
                      site / posixpath.normpath(posixpath.join(posixpath.dirname(name),
                                                               unquote(source))))
    body["id"] = key_of(name)
    number = body.h1.select_one(".section-number")
    page = Page(name, part, body)
    page.number = number.get_text().strip(" .\xa0") if number else ""
    page.title = title_of(body.h1)
    return page


def title_of(heading: Tag) -> str:
    """Return the text of a heading without its number."""
    number = heading.select_one(".section-number")
    text = heading.get_text()
    return " ".join(text.removeprefix(number.get_text() if number else "").split())


def name_apart(body: Tag, name: str) -> None:
    """Put the name of the page before each identifier, and where one is meant."""
    key = key_of(name)
    for node in body.find_all(id=True):
        node["id"] = f"{key}--{node['id']}"
    for attribute in REFERRING:
        for node in body.find_all(attrs={attribute: True}):
            value = node[attribute]
            words = value if isinstance(value, list) else value.split()
            node[attribute] = " ".join(f"{key}--{word}" for word in words)


def lead(link: Tag, name: str, known: set[str]) -> None:
    """Let a link lead to its place in the book; one that leads to no page becomes its text."""
    address = urlsplit(link["href"])
    if address.scheme or address.netloc:
        link["class"] = [*link.get("class", []), "external"]
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address.path))
    target = target.removesuffix(".html") if address.path else name
    if target not in known:
        link.name = "span"
        link.attrs = {}
        return
    link["href"] = f"#{key_of(target)}" + (f"--{unquote(address.fragment)}"
                                           if address.fragment else "")
