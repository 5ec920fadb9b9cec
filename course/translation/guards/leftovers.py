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
# A citation, whose title names the work.
IS_WORK = re.compile(r"bibliography\.html#id")
WORD = r"[A-Za-z][A-Za-z'-]*[A-Za-z]"
RUN = re.compile(rf"{WORD}(?:[ ,;:]+{WORD})+")
OF_NAMES = {"al", "and", "der", "et", "for", "of", "van"}  # between names


def runs(text: str, known: Collection[str]) -> list[str]:
    """Return the runs of English words in a text; one of names alone is none."""
    return [run for run in RUN.findall(text) if run not in known
            and any(word[0].islower() and word not in OF_NAMES for word in re.findall(WORD, run))]


def leftovers(page: str, known: Collection[str] = ()) -> list[str]:
    """Return the English of a page: in its text, and in what its elements are called.

    known: runs of words that this edition writes as they are.
    """
    tree = BeautifulSoup(page, "html.parser")
    for one in tree.select(NO_PROSE):
        one.decompose()
    found = runs(tree.get_text(" | "), known)
    for one in tree.find_all(True):
        if (one.name == "meta" and one.get("name") != "description") or (
                IS_WORK.search(one.get("href", ""))):
            continue
        for name in SPOKEN:
            found += runs(one.get(name, ""), known)
    return found
