"""Read a catalogue of translations as its translator writes it, without a library and a compiler.

A kernel may have neither babel nor the compiled form that Python's gettext wants.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ENTRY = re.compile(r"(?P<comments>(?:^#.*\n)*)^msgid (?P<id>\".*\"(?:\n\".*\")*)\n"
                   r"msgstr (?P<string>\".*\"(?:\n\".*\")*)", re.MULTILINE)


def text(quoted: str) -> str:
    """Return what stands between the quotes of one or several lines."""
    return "".join(map(ast.literal_eval, quoted.splitlines()))


def translations(path: Path) -> dict[str, str]:
    """Return each message with its translation; those in doubt or without one are left out."""
    found = {}
    for entry in ENTRY.finditer(path.read_text(encoding="utf-8")):
        if not re.search(r"^#,.*\bfuzzy\b", entry["comments"], re.MULTILINE):
            found[text(entry["id"])] = text(entry["string"])
    return {message: said for message, said in found.items() if message and said}
