"""Gather what the checks say into the template of a catalogue, locale/checks.pot.

    python -m course.messages             # write it
    python -m course.messages --check     # only say whether it is as the sources are

A message is a whole sentence in the judges of an exercise or in helpers.exercises.checks: a text
that ends with a full stop or a question mark and is no docstring. `make translate` brings the
translations in locale/LANGUAGE/LC_MESSAGES/checks.po up to date with it.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from helpers import ROOT
from helpers.exercises.checks.messages import DOMAIN, LOCALE

TEMPLATE = LOCALE / f"{DOMAIN}.pot"
SAYING = ("Late", "Message", "Wrong")  # what is given to them is said, whatever it looks like


def sources() -> list[Path]:
    """Return the files that hold what checks say."""
    own = ROOT / "helpers" / "exercises"
    return sorted([own / "check.py", *(own / "checks").glob("*.py"),
                   *(ROOT / "exercises").rglob("*.py")])


def messages_in(text: str) -> Iterator[tuple[int, str]]:
    """Return line and text of each message in a Python file."""
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    no_message = {id(node.body[0].value) for node in ast.walk(tree)
                  if isinstance(node, documented) and node.body
                  and isinstance(node.body[0], ast.Expr)}
    said = {id(argument) for node in ast.walk(tree) if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") in SAYING for argument in node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip():
            sentence = node.value.endswith((".", "?")) and " " in node.value
            if id(node) in said or (sentence and id(node) not in no_message):
                yield node.lineno, node.value


def catalogue() -> Catalog:
    """Return all messages, each with the files in which it stands."""
    made = Catalog(project="Convolutional networks by experiment", version="", charset="utf-8",
                   header_comment="# What the checks say. Written by `python -m course.messages`.")
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        for _, message in messages_in(path.read_text(encoding="utf-8")):
            made.add(message, locations=[(name, 0)])
    return made


def template() -> str:
    """Return the catalogue as a template, without anything that differs from run to run."""
    file = io.BytesIO()
    write_po(file, catalogue(), width=100, include_lineno=False, omit_header=True)
    return file.getvalue().decode()


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m course.messages", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    made = template()
    if options.check:
        same = TEMPLATE.is_file() and TEMPLATE.read_text(encoding="utf-8") == made
        if not same:
            print(f"{TEMPLATE.relative_to(ROOT)} is not up to date: make messages",
                  file=sys.stderr)
        return 0 if same else 1
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_text(made, encoding="utf-8")
    print(f"{TEMPLATE.relative_to(ROOT)}: {len(catalogue())} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
