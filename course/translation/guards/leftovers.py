"""English that is left on a page of another edition: runs of words in what a reader reads or hears.

Code, its output, formulas, works and what is marked as English are no prose of the edition.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bs4 import BeautifulSoup

NO_PROSE = ("code, pre, math, script, style, kbd, [lang]:not(html), .cell_output, .citation, "
            ".citation-list")
SPOKEN = ("alt", "aria-label", "title", "placeholder", "data-bs-title", "content")
WORD = r"[A-Za-z][a-z']+"
RUN = re.compile(rf"{WORD}(?:[ ,;:-]+{WORD})+")


def runs(text: str, known: Collection[str]) -> list[str]:
    """Return the runs of English words in a text that are not made of known ones alone."""
    return [run for run in RUN.findall(text)
            if not all(word.lower() in known for word in re.findall(WORD, run))]


def leftovers(page: str, known: Collection[str]) -> list[str]:
    """Return the English of a page: in its text, and in what its elements are called.

    known: names and words, in small letters, that this edition writes in Latin letters.
    """
    tree = BeautifulSoup(page, "html.parser")
    for one in tree.select(NO_PROSE):
        one.decompose()
    found = runs(tree.get_text(" | "), known)
    for one in tree.find_all(True):
        if one.name == "meta" and one.get("name") not in ("description",):
            continue
        for name in SPOKEN:
            found += runs(one.get(name, ""), known)
    return found
