"""Write what was measured as a Markdown table: each page before and after.

Before, in `before.json`, is the site as it was on 29 November 2026 (commit a103bba): drawn by the
theme's own style sheets and scripts, formulas by a script, figures as PNG. A page that is not in it
has come since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

BEFORE = Path(__file__).with_name("before.json")
BOTH = ("first view kB", "requests", "to the end kB", "elements", "first paint s", "blocked ms")
MISSING = "\u2013"


def line_of(cells: Iterable[str]) -> str:
    """Return a line of a Markdown table."""
    return "| " + " | ".join(cells) + " |"


def compared(head: tuple[str, ...], rows: list[list[str]], note: str) -> str:
    """Return the table of all pages; a cell that was measured before, too, holds both."""
    before = json.loads(BEFORE.read_text(encoding="utf-8"))
    lines = [line_of(head), "|---" * len(head) + "|"]
    for row in rows:
        older = before.get(row[0], {})
        cells = [f"{older.get(name, MISSING)} \u2192 {cell}" if name in BOTH else cell
                 for name, cell in zip(head, row, strict=True)]
        lines.append(line_of(cells))
    table = "\n".join(lines)
    return (f"# Weight and speed of every page, before and after\n\n{note}\n\n{table}\n")
