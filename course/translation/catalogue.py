"""The catalogues: one a page or chapter, in locale/LANGUAGE/LC_MESSAGES, and their templates.

A notebook's messages are its Markdown and its figures' captions and descriptions. A message is
named by its English text; two that are equal share a translation.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from course.bibliography import LIST
from course.exercises.objectives import HEAD, TABLE
from course.translation.pieces import message_of, messages
from helpers import ROOT
from helpers.exercises.checks.messages import LOCALE

FIGURES = "figures"  # what figures say, which the records of their pictures hold, no template
OBJECTIVES = ROOT / "book" / "objectives.md"
FIGURE = (("figure", "caption"), ("image", "alt"))


def documents() -> list[Path]:
    """Return the sources of all pages, in the order of the book's names."""
    book = ROOT / "book"
    return sorted([*(ROOT / "notebooks").glob("*.ipynb"), *book.glob("*.ipynb"),
                   *book.glob("*.md"), *book.glob("teaching/*.md")])


def name_of(path: Path) -> str:
    """Return the name of a page's catalogue, as in notebooks/03_pooling."""
    return path.relative_to(ROOT).with_suffix("").as_posix()


def place(language: str, name: str) -> Path:
    """Return the file of a catalogue."""
    return LOCALE / language / "LC_MESSAGES" / f"{name}.po"


def languages() -> list[str]:
    """Return the languages that have catalogues."""
    return sorted(path.parent.name for path in LOCALE.glob("*/LC_MESSAGES"))


def messages_of(path: Path) -> Iterator[tuple[str, str]]:
    """Return each message of a page and where it stands: the cell of a notebook, or nothing.

    Works are named as they are, and objectives as in their chapters.
    """
    text = LIST.sub("", path.read_text(encoding="utf-8"))
    if path == OBJECTIVES:
        text = f"{HEAD}\n{TABLE}"
    if path.suffix == ".md":
        yield from ((message, "") for message in messages(text))
        return
    for cell in json.loads(text)["cells"]:
        where = cell.get("id", "")
        if cell["cell_type"] == "markdown":
            yield from ((message, where) for message in messages("".join(cell["source"])))
        for part, key in FIGURE:
            said = cell["metadata"].get("mystnb", {}).get(part, {}).get(key, "")
            if said and message_of(said):
                yield message_of(said), f"{where}:{key}"


def template(path: Path) -> Catalog:
    """Return the messages of a page, untranslated."""
    made = Catalog(project="Convolutional networks by experiment", charset="utf-8")
    name = path.relative_to(ROOT).as_posix()
    for message, where in messages_of(path):
        made.add(message, locations=[(f"{name}:{where}" if where else name, None)])
    return made


def read(language: str, name: str) -> Catalog:
    """Return a catalogue as it lies there; an empty one if there is none."""
    file = place(language, name)
    if not file.is_file():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as lines:
        return read_po(lines, locale=language)


def written(catalogue: Catalog) -> str:
    """Return a catalogue as its file holds it, without anything that differs from run to run."""
    file = io.BytesIO()
    write_po(file, catalogue, width=100, omit_header=True, ignore_obsolete=True,
             include_previous=True)
    return file.getvalue().decode()


def write(language: str, name: str, catalogue: Catalog) -> None:
    """Write a catalogue into its file."""
    file = place(language, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(catalogue), encoding="utf-8")
