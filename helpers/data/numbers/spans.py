"""Spans in the text of a notebook, and the stored values that belong in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape, unescape

MIME = "application/vnd.course.numbers+json"
DIFFERS = "in-your-run"  # metadata `course` of the output that shows a run's own numbers
# The name, a format specification behind a colon if there is one, and the number as it is shown.
SPAN = re.compile(r'<span data-number="(?P<name>[A-Za-z_]\w*)(?::(?P<form>[^"<>]*))?">'
                  r'(?P<text>[^<>]*)</span>')
LIKE_A_SPAN = re.compile(r"<span\b[^>]*\bdata-number\b[^>]*>")


def text_of(cell: Mapping) -> str:
    """Return a cell's text, which a file holds as lines and nbformat as one string."""
    return "".join(cell.get("source", ""))


def markdown(notebook: Mapping) -> Iterator[Mapping]:
    """Yield the cells of text."""
    return (cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")


def formatted(value: int | float | str, form: str | None) -> str:
    """Return a value as the text shows it; words have no format and stand as they are."""
    return value if isinstance(value, str) else format(value, form or "")


def outputs(notebook: Mapping) -> Iterator[Mapping[str, int | float | str]]:
    """Yield what each call of `page_numbers` has stored, in the order of the cells."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if MIME in output.get("data", {}):
                yield output["data"][MIME]


def stored(notebook: Mapping) -> dict[str, int | float | str]:
    """Return the values that a notebook's outputs hold, by their names."""
    return {name: value for some in outputs(notebook) for name, value in some.items()}


def write(notebook: Mapping) -> None:
    """Write the stored values into the spans; a span without a value stays as it is."""
    values = stored(notebook)

    def filled(span: re.Match) -> str:
        if span["name"] not in values:
            return span[0]
        text = escape(formatted(values[span["name"]], span["form"]), quote=False)
        return span[0][:span.start("text") - span.start()] + text + "</span>"

    for cell in markdown(notebook):
        if "data-number" in text_of(cell):
            cell["source"] = SPAN.sub(filled, text_of(cell))


def faults(notebook: Mapping) -> list[str]:
    """Return what keeps a notebook's numbers from being those that its cells computed."""
    values = stored(notebook)
    found = [f"the number {name!r} is computed in two places" for name, count in Counter(
        name for some in outputs(notebook) for name in some).items() if count > 1]
    for cell in markdown(notebook):
        text = text_of(cell)
        for like in LIKE_A_SPAN.finditer(text):
            span = SPAN.match(text, like.start())
            if span is None:
                found.append(f"not a number's span: {text[like.start():like.end() + 20]!r}")
            elif span["name"] not in values:
                found.append(f"no cell computes the number {span['name']!r}")
            else:
                found += stale(span, values[span["name"]])
    return found


def stale(span: re.Match, value: int | float | str) -> list[str]:
    """Return what is wrong with one span, whose value is known."""
    try:
        right = formatted(value, span["form"])
    except ValueError as error:
        return [f"the number {span['name']!r} has the format {span['form']!r}: {error}"]
    shown = unescape(span["text"])
    return [] if shown == right else [
        f"the text says {shown!r} where {span['name']!r} is {right!r}: run make notebooks"]
