"""The modules of some explorables, joined into one script.

A browser takes no module from a file, and a notebook has no folder to take one from. So the modules
of the elements that are shown become one script, each behind those it imports.
"""

import functools
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.explorables.shortening.names import MODULE, Names, Thing
from helpers.explorables.shortening.scopes import Scopes
from helpers.explorables.shortening.tokens import tokens_of
from helpers.explorables.shortening.writing import written

IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "(?P<file>\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)
HANDED_ON = re.compile(r"^export \{ (\w+) \};\n", re.MULTILINE)  # imported, and exported as it is
# What a module has for others and takes from them; in one script all stand side by side.
OUTER = re.compile(f"{IMPORT.pattern}|{HANDED_ON.pattern}|^export (?=const|function|class)",
                   re.MULTILINE)
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


def imported(name: str, handed_on: dict[Thing, Thing]) -> dict[str, Thing]:
    """Return what the names stand for that a module imports."""
    found = {}
    for one in IMPORT.finditer(source(name)):
        for word in one["names"].strip("{} ").split(", "):
            thing = (beside(name, one["file"]), MODULE, word)
            found[word] = handed_on.get(thing, thing)
    for word in HANDED_ON.findall(source(name)):
        handed_on[name, MODULE, word] = found[word]
    return found


def joined(elements: list[str], speaking: Callable[[str, str], str] | None = None,
           given: Iterable[str] = ()) -> str:
    """Return one short script that defines these elements, or holds other modules.

    speaking: gives the text of a module, which is named by its path, in another language.
    given: what the script shall give the page, of all that the modules export.
    """
    return made(tuple(elements), speaking, tuple(given))


@functools.lru_cache(maxsize=32)  # a notebook shows an element several times
def made(elements: tuple[str, ...], speaking: Callable[[str, str], str] | None,
         given: tuple[str, ...]) -> str:
    """Return the script, see `joined`."""
    modules = order([f"{element}.js" for element in elements])
    handed_on: dict[Thing, Thing] = {}
    imports = {name: imported(name, handed_on) for name in modules}
    texts = {name: speaking(name, source(name)) if speaking else source(name) for name in modules}
    scopes = {name: Scopes(tokens_of(OUTER.sub("", texts[name]))) for name in modules}
    names = Names(scopes, imports)
    handed = "".join(f"globalThis.{word}={names.short[name, MODULE, word]};"
                     for name in modules for word in EXPORT.findall(source(name)) if word in given)
    body = "".join(written(name, names) for name in modules)
    return f'(()=>{{"use strict";{body}{handed}}})();\n'


def elements() -> set[str]:
    """Return the names of all explorables."""
    return {path.stem for path in SOURCES.glob("course-*.js")}
