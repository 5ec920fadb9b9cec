"""The pictures of an edition in the place of the English ones, where they stand for these."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from xml.sax.saxutils import escape, unescape

import nbformat
from PIL import Image

from course.translation.figures.records import differs, named, place, records
from course.translation.figures.running import PNG, hash_of
from helpers.plotting.parts.language import figures

WORDS = re.compile(r"(?<=>)[^<>]+(?=</(?:title|desc|text|tspan)>)")


def in_place(notebook: nbformat.NotebookNode, language: str, path: Path) -> None:
    """Put the pictures of a language into a notebook; one that is missing or stale stays English.
    """
    known = records(language, path)
    for name, output in named(notebook):
        file = place(language, path, name)
        if (name in known and known[name]["english"] == hash_of(output)
                and differs(known[name]) and file.is_file()):
            output["data"][PNG] = as_stored(file, output["data"][PNG])


def as_stored(file: Path, english: str) -> str:
    """Return a picture as notebooks store it, as many dots to the inch as the English one."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(base64.b64decode(english))) as stored, Image.open(file) as picture:
        picture.save(made, "png", dpi=stored.info.get("dpi", (96, 96)))
    return base64.b64encode(made.getvalue()).decode()


def drawing(text: str, language: str) -> str:
    """Return a picture in SVG with its words in a language, those that the catalogue knows."""
    said = figures(language)
    if said is None:
        return text
    return WORDS.sub(lambda words: escape(said(unescape(words[0]))), text)
