"""The modules of some explorables, joined into one script.

A browser takes no module from a file, and a notebook has no folder to take one from. So the modules
of the elements that are shown become one script, each behind those it imports.
"""

import re
from collections.abc import Callable
from pathlib import Path

IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "(?P<file>\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)
HANDED_ON = re.compile(r"^export \{ (\w+) \};\n", re.MULTILINE)  # imported, and exported as it is
# Lines of comment, and the room before a line, which a page need not load.
ASIDE = re.compile(r"^ *(?://.*|/\*\*[^*]*(?:\*[^/][^*]*)*\*/)\n", re.MULTILINE)
INDENT = re.compile(r"^ +", re.MULTILINE)
SOURCES = Path(__file__).resolve().parents[1]


def source(name: str) -> str:
    """Return the text of a module, named by its path inside the folder."""
    return (SOURCES / name).read_text(encoding="utf-8")


def beside(name: str, other: str) -> str:
    """Return the name of a module that another one imports, as it writes it."""
    return (SOURCES / name).parent.joinpath(other).resolve().relative_to(SOURCES).as_posix()


def order(names: list[str]) -> list[str]:
    """Return the modules that these need, each behind those it imports."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"explorables must not import in a ring: {(*above, name)}")
        if name in found:
            return
        for one in IMPORT.finditer(source(name)):
            visit(beside(name, one["file"]), (*above, name))
        found.append(name)

    for name in names:
        visit(name, ())
    return found


def joined(elements: list[str], speaking: Callable[[str, str], str] | None = None) -> str:
    """Return one script that defines these elements; each module keeps names of its own.

    speaking: gives the text of a module, which is named by its path, in another language.
    """
    modules = order([f"{element}.js" for element in elements])
    place = {name: f"modules[{number}]" for number, name in enumerate(modules)}
    parts = []
    for name in modules:
        text = source(name) if speaking is None else speaking(name, source(name))
        text = INDENT.sub("", ASIDE.sub("", text))
        exported = ", ".join(EXPORT.findall(text) + HANDED_ON.findall(text))
        text = HANDED_ON.sub("", text)
        text = IMPORT.sub(lambda one, name=name: f"const {one['names']} = "
                          f"{place[beside(name, one['file'])]};", EXPORT.sub("", text))
        parts.append(f"modules.push((() => {{\n{text.strip()}\nreturn {{ {exported} }};\n}})());\n")
    return '(() => {\n"use strict";\nconst modules = [];\n' + "".join(parts) + "})();\n"


def elements() -> set[str]:
    """Return the names of all explorables."""
    return {path.stem for path in SOURCES.glob("course-*.js")}
