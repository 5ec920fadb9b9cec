"""Words that cells compute for the text, such as a verdict, in another language.

The book shows what the notebooks have stored; each value is translated for the name under which the
text shows it, so that it fits its sentence. A run of one's own says its words in English.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

from babel.messages.catalog import Catalog

from course.notebooks import chapters
from course.translation.catalogue import name_of, read
from helpers.data.numbers.spans import SPAN, markdown, stored, text_of

NAME = "values"
WORD = re.compile(r"[A-Za-z]{2}")
# Two ends of an interval, and the message that all of them share.
ENDS = re.compile(r"([−+\d][\d.,]*%?) to ([−+\d][\d.,]*%?)")
INTERVAL, ANYWHERE = "{low} to {high}", "everywhere"


def shown(path: Path) -> Iterator[tuple[str, str]]:
    """Return the values of a notebook that its text shows and that hold words, by their names."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    values = stored(notebook)
    for name in dict.fromkeys(span["name"] for cell in markdown(notebook)
                              for span in SPAN.finditer(text_of(cell))):
        if isinstance(values.get(name), str) and WORD.search(values[name]):
            yield name, values[name]


def template() -> Catalog:
    """Return all such words, untranslated; an interval is one message, whatever its ends."""
    made = Catalog(charset="utf-8")
    made.add(INTERVAL, context=ANYWHERE)
    for path in chapters():
        for name, words in shown(path):
            if WORD.search(ENDS.sub("", words)):
                made.add(words, context=f"{name_of(path)}:{name}")
    return made


@functools.cache
def known(language: str) -> dict[tuple[str, str], str]:
    """Return what words are called, by where they stand and what they are in English."""
    return {(one.context, one.id): one.string for one in read(language, NAME)
            if one.id and one.string and not one.fuzzy}


def said(words: str, page: str, name: str, language: str) -> str:
    """Return the value of a number in a language; as it is where nothing is known."""
    found = known(language).get((f"{page}:{name}", words))
    interval = known(language).get((ANYWHERE, INTERVAL), INTERVAL)
    return found or ENDS.sub(lambda ends: interval.format(low=ends[1], high=ends[2]), words)


def of_page(path: Path, language: str) -> dict[str, str]:
    """Return what the values of a page that hold words are in a language, by their names."""
    return {name: said(words, name_of(path), name, language) for name, words in shown(path)}


def filled(text: str, page: str, language: str) -> str:
    """Return the Markdown of a page with its words in a language."""
    def span(one: re.Match) -> str:
        own = unescape(one["text"])
        other = said(own, page, one["name"], language) if WORD.search(own) else own
        return one[0] if other == own else one[0].replace(
            f">{one['text']}<", f">{escape(other, quote=False)}<")

    return SPAN.sub(span, text)
