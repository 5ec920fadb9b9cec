"""The texts in a script: where its string literals stand, and the script with others in them.

A template literal is one text with its `${...}`; literals within those are texts of their own,
unless the whole is translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
QUOTED = re.compile(r'"(?:\\.|[^"\\\n])*"|' r"'(?:\\.|[^'\\\n])*'")
# What may stand before a regular expression; behind anything else a stroke divides.
BEFORE = re.compile(r"(?:[(,=:\[!&|?{};+*~^<>-]|\breturn|=>)\s*$")
EXPRESSION = re.compile(r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")


def literals(text: str, start: int = 0, end: str = "") -> Iterator[tuple[int, int]]:
    """Return where each literal begins and ends, quotes included, the outer one before its inner.

    end: the sign at which to stop; the last pair is then the place behind it, twice.
    """
    at, depth = start, 0
    while at < len(text):
        sign = text[at]
        if end and sign == end and depth == 0:
            yield at + 1, at + 1
            return
        depth += (sign == "{") - (sign == "}")
        begins = sign == "/" and BEFORE.search(text[max(0, at - 12):at])
        if found := COMMENT.match(text, at) or (begins and EXPRESSION.match(text, at)):
            at = found.end()
        elif found := QUOTED.match(text, at):
            yield found.span()
            at = found.end()
        elif sign == "`":
            inner, stop = template(text, at)
            yield at, stop
            yield from inner
            at = stop
        else:
            at += 1


def template(text: str, start: int) -> tuple[list[tuple[int, int]], int]:
    """Return the literals within a template literal, and where it ends."""
    at, inner = start + 1, []
    while text[at] != "`":
        if text.startswith("${", at):
            *found, (at, _) = literals(text, at + 2, "}")
            inner += found
        else:
            at += 2 if text[at] == "\\" else 1
    return inner, at + 1


def said(text: str) -> list[str]:
    """Return the texts of a script, without their quotes."""
    return [text[start + 1:end - 1] for start, end in literals(text)]


def replaced(text: str, translate: Callable[[str], str]) -> str:
    """Return a script with each text as `translate` gives it; an outer one goes before its inner.
    """
    parts, done = [], 0
    for start, end in literals(text):
        if start < done:
            continue
        own = text[start + 1:end - 1]
        other = translate(own)
        if other != own:
            parts += [text[done:start + 1], quoted(other, text[start])]
            done = end - 1
    return "".join(parts) + text[done:]


def quoted(text: str, quote: str) -> str:
    """Return a text as it stands between these quotes."""
    return text if quote == "`" else re.sub(rf"(?<!\\){quote}", rf"\\{quote}", text)
