"""A page's headings: both editions have them under the English names, so that one link fits both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise

from course.translation.pieces import pieces

MARK = re.compile(r"(?:^|\n)#{1,6}[ ]+$")


def headings(text: str) -> Iterator[str]:
    """Return the headings of a page's Markdown, or of a notebook in its file's form."""
    texts = ["".join(cell["source"]) for cell in json.loads(text)["cells"]
             if cell["cell_type"] == "markdown"] if text.startswith("{") else [text]
    for one in texts:
        yield from (piece.source for before, piece in pairwise(pieces(one))
                    if MARK.search(before.source))


def pairs(name: str, english: str, other: str) -> list[tuple[str, str]]:
    """Return the headings of a page in both languages; ValueError if one has more of them."""
    ours, theirs = list(headings(english)), list(headings(other))
    if len(ours) != len(theirs):
        raise ValueError(f"{name}: {len(ours)} headings in English, {len(theirs)} translated")
    return list(zip(ours, theirs, strict=True))
