"""The glossary's terms: under which name a page finds them, and what they are called elsewhere."""

from __future__ import annotations

import functools
import re

import yaml

from course.translation.reading import translator
from helpers import ROOT
from helpers.exercises.checks.messages import LOCALE

GLOSSARY = ROOT / "book" / "glossary.md"
BLOCK = re.compile(r"^(`{3,})\{glossary\}\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
TERMS = re.compile(r"(?:^(?![:\s]).+\n)+", re.MULTILINE)
NO_PART_OF_A_NAME = re.compile(r"[^a-zA-Z0-9._-]+")
# Where nobody reads prose: code, formulas, addresses, tags.
ASIDE = re.compile(r"(?<!\})`[^`]*`|\$[^$]*\$|\]\([^)]*\)|<[^>]*>")
# A link to a term, on a page and in a notebook: the words, and which term.
ROLE = re.compile(r"\{term\}`([^`<]*?)\s*(?:<([^>`]*)>)?`")
LINK = re.compile(r"\[([^\[\]]+)\]\((?:\.\./book/)?glossary\.md#(term-[\w.-]+)\)")
WITH_ANOTHER = re.compile(r"^(.*?) ?\((.*)\)$")  # as in "ReLU (렐루)"


@functools.cache
def entries() -> tuple[tuple[str, ...], ...]:
    """Return the terms of each entry of the glossary, in their order."""
    return tuple(tuple(lines.splitlines())
                 for block in BLOCK.finditer(GLOSSARY.read_text(encoding="utf-8"))
                 for lines in TERMS.findall(block[2]))


def anchor(term: str) -> str:
    """Return the name of a term in the address of its entry, as Sphinx makes it."""
    return "term-" + NO_PART_OF_A_NAME.sub("-", term).strip("-")


@functools.cache
def called(language: str) -> dict[str, str]:
    """Return what each term is called in a language."""
    translate = translator(language, "book/glossary")
    return {term: translate(term) for entry in entries() for term in entry}


@functools.cache
def names(language: str) -> dict[str, frozenset[str]]:
    """Return all that a term may be called: any name of its entry, or one in its brackets.

    Where the catalogue lists more, with the reason, those too.
    """
    found = {}
    for entry in entries():
        own = [called(language)[term] for term in entry]
        parts = [part for one in own if (pair := WITH_ANOTHER.match(one)) for part in pair.groups()]
        also = [name for term in entry for name in exceptions(language).get(term, {})]
        found |= dict.fromkeys(entry, frozenset(map(bare, [*own, *parts, *also])))
    return found


@functools.cache
def exceptions(language: str) -> dict[str, dict[str, str]]:
    """Return what else a term may be called, each with the reason: locale/LANGUAGE/terms.yml.

    The name "" lets a term alone: it is a word of every day, too.
    """
    file = LOCALE / language / "terms.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}


def bare(text: str) -> str:
    """Return a text as it is compared: a name may be written in one word or in several."""
    return re.sub(r"[\s-]+", "", text).lower()


@functools.cache
def word(term: str) -> re.Pattern[str]:
    """Return what finds a term in English, in the singular or the plural."""
    return re.compile(rf"(?<![\w-]){re.escape(term)}(?:e?s)?(?![\w-])", re.IGNORECASE)


def linked(text: str) -> dict[str, str]:
    """Return which terms a text leads to, each with the words it shows."""
    by_anchor = {anchor(term): term for entry in entries() for term in entry}
    found = {target or words: words for words, target in ROLE.findall(text)}
    return found | {by_anchor[name]: words for words, name in LINK.findall(text)
                    if name in by_anchor}


def other_names(message: str, translation: str, language: str) -> list[str]:
    """Return, in words, which terms a translation calls by another name than the glossary."""
    known, said = names(language), []
    for term, words in linked(translation).items():
        if term in known and not any(name and name in bare(words) for name in known[term]):
            said.append(f"the term {term} is called {words}")
    english, own = ASIDE.sub(" ", message), bare(translation)  # a name may stay as it is
    for term in sorted(known, key=len, reverse=True):
        if word(term).search(english):
            english = word(term).sub(" ", english)
            if not any(name in own for name in (*known[term], bare(term))):
                said.append(f"the term {term} is not called {called(language)[term]}")
    return said
