"""What a page says in another language: by its catalogue, and in English what that lacks.

A notebook's code and outputs stay as they are: both editions run and show the same.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import nbformat

from course.translation.catalogue import FIGURE, read
from course.translation.pieces import message_of, put, translated

Translate = Callable[[str], str]


@functools.cache
def known(language: str, name: str) -> dict[str, str]:
    """Return the messages of a catalogue that are translated; one in doubt is not."""
    return {one.id: one.string for one in read(language, name)
            if one.id and one.string and not one.fuzzy}


def translator(language: str, name: str) -> Translate:
    """Return what puts a message of a page into a language."""
    catalogue = known(language, name)
    return lambda message: catalogue.get(message, message)


def in_language(notebook: nbformat.NotebookNode, language: str,
                name: str, fill: Callable[[str], str] = str) -> nbformat.NotebookNode:
    """Put a notebook's text into a language, in place, and say in it which that is.

    fill: puts words that cells have computed for the text into the language.
    """
    translate = translator(language, name)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = fill(translated(cell.source, translate))
        for part, key in FIGURE:
            said = cell.metadata.get("mystnb", {}).get(part, {})
            if message := message_of(said.get(key, "")):
                said[key] = put(said[key], translate(message))
    notebook.metadata["course"] = {"language": language}
    return notebook
