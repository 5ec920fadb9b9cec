"""Draw the map of the house in course/map/MAP.md from the tree: each room, and what is in it.

    python -m course.map             # write it
    python -m course.map --check     # only say whether it is as the tree is

The words are the first lines of the docstrings, so that they stand in one place.
"""

from __future__ import annotations

import argparse
import ast
import sys
from pathlib import Path

from helpers import ROOT

PAGE = ROOT / "course" / "map" / "MAP.md"
BEGIN, END = "<!-- the map: make map -->", "<!-- end of the map -->"
HOUSES = ("helpers", "course", "benchmarks")


def first_line(path: Path) -> str:
    """Return the first sentence of a module's docstring, without its full stop."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.split("\n\n")[0].replace("\n", " ").split(". ")[0].rstrip(".:")


def modules(folder: Path) -> list[str]:
    """Return the names of the modules in a folder, without those with underscores around them."""
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("__"))


def rooms(house: Path) -> list[str]:
    """Return the lines of a house: its rooms, and the modules of each by name."""
    lines = []
    for path in sorted(house.iterdir()):
        if path.is_dir() and (path / "__init__.py").is_file():
            inside = modules(path)
            below = sorted(f"{init.parent.relative_to(path).as_posix()}/"
                           for init in path.rglob("__init__.py") if init.parent != path)
            lines.append(f"- **{house.name}/{path.name}**: {first_line(path / '__init__.py')}. "
                         + ", ".join(f"`{name}`" for name in [*below, *inside]))
            lines += [f"  - `{name}` {first_line(path / name / '__init__.py')}: "
                      + ", ".join(f"`{one}`" for one in modules(path / name)) for name in below]
        elif path.suffix == ".py" and not path.stem.startswith("__"):
            lines.append(f"- **{house.name}/{path.name}**: {first_line(path)}.")
    return lines


def drawn(text: str) -> str:
    """Return a page with the map as the tree is now; ValueError if it has no place for it."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has no lines {BEGIN} and {END}, between which the map goes")
    parts = []
    for name in HOUSES:
        house = ROOT / name
        parts.append("\n".join([f"## {name}/", "", f"{first_line(house / '__init__.py')}.", "",
                                *rooms(house)]))
    return f"{before}{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}"


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.map", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    text = PAGE.read_text(encoding="utf-8")
    made = drawn(text)
    if options.check:
        if made != text:
            print(f"the map in {PAGE.name} is not as the tree is: make map", file=sys.stderr)
        return 0 if made == text else 1
    PAGE.write_text(made, encoding="utf-8")
    return 0
