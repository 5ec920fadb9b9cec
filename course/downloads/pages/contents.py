"""The contents of the book: parts, chapters, sections, exercises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from course.downloads.pages.read import Page, title_of


@dataclass
class Entry:
    """A line of the contents.

    kind: "part", "chapter", "section" or "exercise". key: the identifier that it leads to.
    """

    title: str
    key: str
    kind: str
    number: str = ""
    below: list[Entry] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The number and the title."""
        return f"{self.number} {self.title}".strip()

    def all(self) -> Iterator[Entry]:
        """Yield this entry and all below it, in the order of the book."""
        yield self
        for entry in self.below:
            yield from entry.all()


def contents(pages: list[Page]) -> list[Entry]:
    """Return the parts, each with its pages, and pages that stand in no part."""
    found: list[Entry] = []
    for page in pages:
        entry = Entry(page.title, page.key, "chapter", page.number, sections(page.body))
        if not page.part:
            found.append(entry)
        elif found and found[-1].kind == "part" and found[-1].title == page.part:
            found[-1].below.append(entry)
        else:  # the first page of a part is where the part begins
            found.append(Entry(page.part, page.key, "part", below=[entry]))
    return found


def sections(body: Tag) -> list[Entry]:
    """Return the sections of a section that have a heading and an identifier."""
    found = []
    for section in body.find_all("section", recursive=False):
        heading = section.find(["h2", "h3", "h4"], recursive=False)
        if heading is None or not section.get("id"):
            continue
        number = heading.select_one(".section-number")
        exercise = any(kind in section["id"] for kind in ("--exercise-", "--question-"))
        found.append(Entry(title_of(heading), section["id"],
                           "exercise" if exercise else "section",
                           "" if exercise or number is None else number.get_text().strip(" .\xa0"),
                           sections(section) if heading.name == "h2" else []))
    return found
