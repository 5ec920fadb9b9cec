"""The glossary's terms: under which name a page finds them, and what they are called elsewhere."""

from __future__ import annotations

import functools
import re

from course.translation.reading import translator
from helpers import ROOT

GLOSSARY = ROOT / "book" / "glossary.md"
BLOCK = re.compile(r"^(`{3,})\{glossary\}\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
TERM = re.compile(r"^(?![:\s])(.+?)\s*$", re.MULTILINE)
NO_PART_OF_A_NAME = re.compile(r"[^a-zA-Z0-9._-]+")


@functools.cache
def english() -> tuple[str, ...]:
    """Return the terms of the glossary, in the order of their entries."""
    return tuple(term for block in BLOCK.finditer(GLOSSARY.read_text(encoding="utf-8"))
                 for term in TERM.findall(block[2]))


def anchor(term: str) -> str:
    """Return the name of a term in the address of its entry, as Sphinx makes it."""
    return "term-" + NO_PART_OF_A_NAME.sub("-", term).strip("-")


@functools.cache
def called(language: str) -> dict[str, str]:
    """Return what each term is called in a language."""
    translate = translator(language, "book/glossary")
    return {term: translate(term) for term in english()}
