"""What is wrong with a translation, as far as that can be seen without knowing the language."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from course.translation import marks
from course.translation.terms import other_names

MARKDOWN = MarkdownIt("commonmark")
FORMULA = marks.MARKS["formula"]
NAME = re.compile(r"(?<![\w.#])[a-z]\w*")
QUOTED = re.compile(r'"[^"]*"')
VALUE = re.compile(r"\$\{([^{}`]*)\}")
SIGN = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")


def faults(message: str, translation: str, language: str) -> list[str]:
    """Return what a translation of a page's message lacks or does otherwise, in words."""
    return [*marks.lost(message, translation), *unclosed(message, translation),
            *other_names(message, translation, language)]


def faults_of_a_text(message: str, translation: str, language: str) -> list[str]:
    """Return what is wrong with a translation of plain text, as checks say it."""
    return [*marks.lost(message, translation), *other_names(message, translation, language)]


def faults_of_a_script(message: str, translation: str, language: str) -> list[str]:
    """Return what is wrong with a translated piece of a script: its ends, a name that it lost."""
    said = [f"lost {name}" for name in sorted(names_in(message) - names_in(translation))]
    if (message[0], message[-1]) != (translation[0], translation[-1]):
        said.append("begins or ends otherwise")
    return said


def names_in(piece: str) -> set[str]:
    """Return the names of values that a piece of a script fills into its text."""
    return {name for value in VALUE.findall(piece)
            for name in NAME.findall(QUOTED.sub("", value))}


def unclosed(message: str, translation: str) -> list[str]:
    """Return signs of emphasis that stand as such on the page.

    CommonMark does not take `**` for an end between a bracket and a letter, as it often stands
    before a Korean particle.
    """
    return ["emphasis is not closed"] if signs(translation) > signs(message) else []


def signs(text: str) -> int:
    """Return how many signs of emphasis a reader would see."""
    inline = MARKDOWN.parseInline(FORMULA.sub("x", text))[0].children or []
    return sum(len(SIGN.findall(token.content)) for token in inline if token.type == "text")
