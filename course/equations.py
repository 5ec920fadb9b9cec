"""Numbers of equations, and of the places in the text that refer to them.

An equation with a number has an anchor, at the end of the paragraph above, and a `\\tag` inside;
a reference is a link to the anchor. Every program that shows notebooks passes or drops these:

    The size follows:<a id="eq-output-size"></a>

    $$
    o = n - k + 1 \\tag{2.6}
    $$

    By [(2.6)](#eq-output-size) ..., or [(2.6)](02_padding_and_stride.ipynb#eq-output-size)

`make notebooks` counts: the chapter's number, and the equation's within it.
"""

from __future__ import annotations

import copy
import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path

from helpers.data.numbers.spans import markdown, text_of

EQUATION = re.compile(r'(?P<anchor><a id="(?P<name>eq-[\w-]+)"></a>\n+)'
                      r"\$\$\n(?P<body>(?:(?!\$\$).)*?)"
                      r"(?P<tag> *\\tag\{(?P<number>[^{}]*)\})?\n\$\$", re.DOTALL)
REFERENCE = re.compile(r"\[\((?P<number>[^()\[\]]*)\)\]"
                       r"\((?P<file>[\w./-]*\.ipynb)?#(?P<name>eq-[\w-]+)\)")


def number(notebook: Mapping, path: Path) -> list[str]:
    """Count the equations of a chapter and write the references to them, in place.

    Returns what is wrong: references to an equation that is not there.
    """
    chapter, found, wrong = int(path.name[:2]) if path.name[:2].isdigit() else 0, {}, []

    def numbered(equation: re.Match) -> str:
        if equation["name"] in found:
            wrong.append(f"the equation {equation['name']!r} stands in two places")
        found[equation["name"]] = f"{chapter}.{len(found) + 1}"
        return (f"{equation['anchor']}$$\n{equation['body']} "
                f"\\tag{{{found[equation['name']]}}}\n$$")

    def referred(reference: re.Match) -> str:
        known = numbers_of(path.parent / reference["file"]) if reference["file"] else found
        if reference["name"] not in known:
            wrong.append(f"there is no equation {reference['name']!r}")
            return reference[0]
        return (f"[({known[reference['name']]})]"
                f"({reference['file'] or ''}#{reference['name']})")

    for pattern, write in ((EQUATION, numbered), (REFERENCE, referred)):
        for cell in markdown(notebook):
            if "eq-" in text_of(cell):
                cell["source"] = pattern.sub(write, text_of(cell))
    return wrong


def faults(notebook: Mapping, path: Path) -> list[str]:
    """Return which numbers of equations are missing or stale in a file's notebook."""
    counted = copy.deepcopy(notebook)
    found = number(counted, path)
    for cell, right in zip(markdown(notebook), markdown(counted), strict=True):
        if text_of(cell) != text_of(right):
            found.append("the number of an equation is stale, run make notebooks: "
                         f"{text_of(cell)[:60]!r}")
    return found


@functools.cache
def numbers_of(path: Path) -> dict[str, str]:
    """Return the numbers of a chapter's equations by their names, from its file."""
    if not path.is_file():
        return {}
    notebook = json.loads(path.read_text(encoding="utf-8"))
    names = [equation["name"] for cell in markdown(notebook)
             for equation in EQUATION.finditer(text_of(cell))]
    return {name: f"{int(path.name[:2])}.{count}" for count, name in enumerate(names, start=1)}
