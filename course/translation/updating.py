"""Bring a language's catalogues up to date with the English text.

What is equal keeps its translation; what is nearly equal keeps it too, marked as in doubt until a
translator has looked at it; what the English has no more is dropped.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog

from course import messages
from course.translation.catalogue import (
    FIGURES,
    documents,
    name_of,
    place,
    read,
    template,
    written,
)
from course.translation.site import interface, scripts, values
from helpers import ROOT
from helpers.exercises.checks.messages import DOMAIN


class State(NamedTuple):
    """A catalogue as it should lie in its file, and what is to be done in it."""

    file: Path
    text: str
    missing: list[str]
    doubtful: list[str]
    dropped: list[str]


def templates(language: str) -> Iterator[tuple[str, Catalog]]:
    """Return all that is to be translated into a language, by the names of the catalogues."""
    for path in documents():
        yield name_of(path), template(path)
    yield interface.NAME, interface.template()
    yield scripts.NAME, scripts.template(language)
    yield values.NAME, values.template()
    yield DOMAIN, messages.catalogue()


def state(language: str, name: str, wanted: Catalog) -> State:
    """Return a catalogue brought up to date."""
    found = read(language, name)
    asked = {(one.id, one.context) for one in wanted}
    dropped = [one.id for one in found if (one.id, one.context) not in asked]
    found.update(wanted)
    entries = [one for one in found if one.id]
    return State(place(language, name), written(found),
                 [one.id for one in entries if not one.string],
                 [one.id for one in entries if one.string and one.fuzzy], dropped)


def states(language: str) -> Iterator[State]:
    """Return all catalogues of a language, brought up to date."""
    for name, wanted in templates(language):
        yield state(language, name, wanted)


def strays(language: str) -> list[Path]:
    """Return catalogues of pages that are no more."""
    known = {place(language, name) for name, _ in templates(language)}
    known.add(place(language, FIGURES))
    return sorted(set(place(language, DOMAIN).parent.rglob("*.po")) - known)


def told(one: State) -> str:
    """Return in words what is to be done in a catalogue; nothing if all is done."""
    file, out = one.file, io.StringIO()
    file = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    for what, entries in (("to translate", one.missing), ("changed, to look at", one.doubtful),
                          ("no more in the English", one.dropped)):
        for entry in entries:
            print(f"{file}: {what}: {entry[:100]}", file=out)
    if not out.getvalue() and not is_written(one):
        print(f"{file}: not as the English is", file=out)
    return out.getvalue()


def is_written(one: State) -> bool:
    """Return whether a catalogue lies in its file as it should."""
    return one.file.is_file() and one.file.read_text(encoding="utf-8") == one.text
