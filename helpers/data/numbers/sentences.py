"""The sentences of a notebook's text, with the numbers of a run in place of the stored ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from helpers.data.numbers.spans import SPAN, formatted, markdown, text_of

ITEM = re.compile(r"^(?=(?:[-*+]|\d+\.) )", re.MULTILINE)
END = re.compile(r"(?<=[.!?])(?:\*\*)?\s+(?=[^a-z\s])")
TAG = re.compile(r"</?(?:span|a)\b[^>]*>")
PLACE = re.compile(r"(?<!!)\[([^\]]*)\]\(#[^)]*\)")  # a link within the page: the output is none


def in_this_run(notebook: Mapping | None, told: Mapping, known: Mapping) -> str:
    """Return the text about a run's numbers as Markdown, or "" if it would say what the page says.

    told: the numbers of one cell, the reason to speak now. known: all of this run so far; a
    sentence waits until all of its numbers are known.
    """
    if notebook is None:
        return "In your run:\n\n" + "\n".join(
            f"- {name.replace('_', ' ')}: {shown(value)}" for name, value in told.items())
    own = [replaced(text, known) for text in spoken(notebook)
           if (names := {span["name"] for span in SPAN.finditer(text)}) & set(told)
           and names <= set(known) and any(differs(span, known) for span in SPAN.finditer(text))]
    if not own:
        return ""
    quoted = "\n>\n".join("\n".join(f"> {line}" for line in text.splitlines()) for text in own)
    return f"In your run, with other numbers in **bold**:\n\n{quoted}"


def spoken(notebook: Mapping) -> Iterator[str]:
    """Yield each sentence that holds a number; a table is one, since a row says nothing alone."""
    for cell in markdown(notebook):
        for block in re.split(r"\n\s*\n", text_of(cell)):
            if "data-number" not in block:
                continue
            if block.lstrip().startswith("|"):
                yield block.strip()
                continue
            for item in ITEM.split(block):
                for sentence in END.split(" ".join(item.split())):
                    if "data-number" in sentence:
                        yield sentence.strip()


def differs(span: re.Match, known: Mapping) -> bool:
    """Return whether this run has another number than the text."""
    return formatted(known[span["name"]], span["form"]) != unescape(span["text"])


def replaced(text: str, known: Mapping) -> str:
    """Return a sentence with the numbers of this run, those that differ in bold."""
    def number(span: re.Match) -> str:
        right = formatted(known[span["name"]], span["form"])
        return f"\0{right}\0" if differs(span, known) else right

    text = SPAN.sub(number, text.replace("**", "") if not text.startswith("|") else text)
    return PLACE.sub(r"\1", TAG.sub("", text)).replace("\0", "**")


def shown(value: int | float | str) -> str:
    """Return a value with four digits that count."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)
