"""File names as they can be shown: whole, printable and each its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from wcwidth import wcswidth

WIDEST = 72  # columns of a name in a table


def printable(name: str) -> str:
    """Return a name on one line, composed as most systems do, with escapes for the rest.

    A byte that is no UTF-8 stands as `\\xff`, a control character or one without a look of its own
    as `\\n` or `\\u202e`.
    """
    name = unicodedata.normalize("NFC", name)
    return "".join(one if one.isprintable() else escaped(one) for one in name)


def escaped(one: str) -> str:
    """Return a character, or what `os.fsdecode` makes of a byte that is no UTF-8, as an escape."""
    if "\udc80" <= one <= "\udcff":
        return f"\\x{ord(one) - 0xdc00:02x}"
    return one.encode("unicode_escape").decode("ascii")


def each_its_own(names: Sequence[str]) -> list[str]:
    """Return the names as they can be shown, no two of them alike.

    Names that only differ in how their accents are encoded look alike; all but the first are
    given with their escapes.
    """
    shown: list[str] = []
    taken: set[str] = set()
    for name in names:
        one = printable(name)
        if one in taken:
            one = "".join(char if char.isascii() and char.isprintable() else escaped(char)
                          for char in name)
        number = 2
        while one in taken:
            one, number = f"{printable(name)} [{number}]", number + 1
        taken.add(one)
        shown.append(one)
    return shown


def encodable(text: str, encoding: str | None) -> str:
    """Return a text with escapes for what an output of this encoding cannot show."""
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes; Hangul takes two a character."""
    width = wcswidth(text)
    return width if width >= 0 else len(text)


def padded(text: str, width: int) -> str:
    """Return a text filled up with spaces to a width in columns."""
    return text + " " * (width - columns(text))


def shortened(text: str, width: int = WIDEST) -> str:
    """Return a text that takes at most so many columns, with its middle left out."""
    if columns(text) <= width:
        return text
    front, back = text[:width // 2], text[-(width // 2):]
    while columns(front) + columns(back) > width - 3:
        front, back = (front[:-1], back) if len(front) > len(back) else (front, back[1:])
    return f"{front}...{back}"
