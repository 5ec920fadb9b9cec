"""What the book's scripts say, in another language: pieces of their source, replaced by the build.

A message is a text with its quotes, and what stands before it where the same text elsewhere is a
name in the code: `choice("padding"`. Each belongs to one file. So the English scripts hold no
dictionary, and those of an edition are as long as they were.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from course.translation.catalogue import read
from course.translation.site.literals import literals
from helpers import ROOT

NAME = "scripts"
FOLDERS = ("book/_static", "explorables")
NO_SOURCE = ("networks", "languages")
VALUE = re.compile(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
# A text that is said: a sentence, or words with nothing of code between them.
SENTENCE = re.compile(r"[A-Z][a-z]+,? \w|.*[a-z]{2} [a-z]{2,}.*\.$")
WORDS = re.compile(r"[\w,'% ()\u2212-]*[a-z]{2,},? [a-z]{2,}[\w,'% ():;.-]*")
# Names of classes and of elements, and words that search takes for others.
NO_WORDS = {"formula refused", "formula told", "formulas told", "formula sum", "maps told",
            "maps sheets", "dots told", "sum told", "step grid", "dot seen", "search suggested",
            "thead th", "tbody th", "div.highlight pre", "curve line-x", "thead, tbody",
            "button, select"}


def files() -> Iterator[Path]:
    """Return the scripts that a page of the book runs."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.js")):
            if not set(NO_SOURCE) & set(path.parts):
                yield path


@functools.cache
def known(language: str) -> dict[str, dict[str, str]]:
    """Return what is translated in each file."""
    found: dict[str, dict[str, str]] = {}
    for one in read(language, NAME):
        if one.id and one.string and not one.fuzzy:
            found.setdefault(one.context, {})[one.id] = one.string
    return found


def speaking(text: str, file: str, language: str) -> str:
    """Return a script in a language; a longer piece goes before one that stands in it."""
    messages = known(language).get(file, {})
    if not messages:
        return text
    pieces = "|".join(map(re.escape, sorted(messages, key=len, reverse=True)))
    return re.sub(pieces, lambda one: messages[one[0]], text)


def unknown(text: str, messages: set[str], file: str) -> list[str]:
    """Return texts of a script that seem to be said, and that are in no message."""
    place = {at: message for message in messages for found in re.finditer(re.escape(message), text)
             for at in range(found.start(), found.end())}
    return [text[start:end] for start, end in literals(text)
            if start not in place and seems_said(VALUE.sub("x", text[start + 1:end - 1]), file)]


def seems_said(text: str, file: str) -> bool:
    """Return whether a text seems to be for a reader."""
    if SENTENCE.match(text):
        return True
    return (not file.endswith("search.js") and text.strip() not in NO_WORDS
            and bool(WORDS.fullmatch(text)))


def template(language: str) -> Catalog:
    """Return the messages of all scripts: what the catalogue has of each, and what seems new."""
    made = Catalog(charset="utf-8")
    for path in files():
        file, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        kept = [one.id for one in read(language, NAME)
                if one.id and one.context == file and one.id in text]
        for message in [*kept, *unknown(text, set(kept), file)]:
            made.add(message, context=file)
    return made
