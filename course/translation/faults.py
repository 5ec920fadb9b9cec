"""What is wrong with a translation, as far as that can be seen without knowing the language."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from course.translation import marks
from course.translation.terms import other_names

MARKDOWN = MarkdownIt("commonmark")
FORMULA = marks.MARKS["formula"]
SIGN = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")


def faults(message: str, translation: str, language: str) -> list[str]:
    """Return what a translation of a page's message lacks or does otherwise, in words."""
    return [*marks.lost(message, translation), *unclosed(message, translation),
            *other_names(message, translation, language)]


def faults_of_a_text(message: str, translation: str, language: str) -> list[str]:
    """Return what is wrong with a translation of plain text, as checks say it."""
    return [*marks.lost(message, translation), *other_names(message, translation, language)]


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
