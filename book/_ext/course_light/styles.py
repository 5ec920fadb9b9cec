"""One style sheet for all pages, with the rules that some page can use."""

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from course_light import rules
from course_light.heads import Assets
from course_light.scripts import Programs, written

IMPORT = re.compile(r'@import\s+(?:url\()?["\']([^"\']+)["\']\)?\s*;')
ADDRESS = re.compile(r'url\(\s*(["\']?)(?!data:|#)([^"\')]+)\1\s*\)')
WHOLE_FACE = re.compile(r"@font-face\s*\{[^}]*vendor/[^}]*\}")
ATTRIBUTE = re.compile(r'\b(?:class|id)="([^"]*)"')
WORD = re.compile(r"[A-Za-z_][\w-]*")
VARIABLE = re.compile(r"""(--[\w-]+)\s*:(?:"[^"]*"|'[^']*'|[^;{}"'])*(?:;|(?=\}))""")
REFERENCE = re.compile(r"--[\w-]+")
ICONS, FORMULAS = "icons.woff2", "formulas.woff2"  # as reading.css names them


@dataclass
class Sheet:
    """The address of the sheet and its text."""

    address: str
    text: str


def read(path: Path, static: Path) -> str:
    """Return a sheet with those it imports, and addresses that begin in _static."""
    text = path.read_text(encoding="utf-8")
    folder = path.resolve().parent.relative_to(static.resolve()).as_posix()
    if folder != ".":
        text = ADDRESS.sub(lambda one: f"url({posixpath.normpath(posixpath.join(folder, one[2]))})",
                           text)
    return IMPORT.sub(lambda one: read((path.parent / one[1]).resolve(), static), text)


def without_unused_variables(text: str, others: str) -> str:
    """Drop what the theme declares and nobody asks for, and then what only that asked for."""
    while True:
        declared = {one[1] for one in VARIABLE.finditer(text)}
        asked = set(REFERENCE.findall(VARIABLE.sub(lambda one: one[0].partition(":")[2], text)))
        unused = declared - asked - set(REFERENCE.findall(others))
        if not unused:
            return text
        text = VARIABLE.sub(lambda one, gone=unused: "" if one[1] in gone else one[0], text)


def gathered(found: Assets, pages: dict[Path, str], programs: Programs, site: Path) -> Sheet:
    """Write the sheet of all pages."""
    static = site / "_static"
    used = {name for text in pages.values() for names in ATTRIBUTE.findall(text)
            for name in names.split()}
    used |= set(WORD.findall(programs.text))
    text = "\n".join(read(path, static) for path in found.sheets)
    licences = "".join(f"{one}\n" for one in rules.LICENCE.findall(text))
    text = rules.kept(WHOLE_FACE.sub("", text), used)
    text = licences + without_unused_variables(text, programs.text)
    return Sheet(written(static / "pages.css", text), text)
