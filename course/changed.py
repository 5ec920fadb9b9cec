"""Which tests a change can touch: `make test CHANGED=1`, or CHANGED=main for what main has not.

A module touches what imports it, also through others; a notebook is run if it imports such a
module, or if its code differs. Of a changed text, its chapter's tests and its page of the book are
run. What all rests on, such as requirements.txt or conftest.py, touches everything.

    python -m course.changed [REVISION]    # prints what is given to pytest, one argument a line
"""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat

from course.check import ALWAYS
from helpers import ROOT

MODULE = re.compile(r"\b(?:helpers|course|benchmarks|tests)(?:\.\w+)+")
EVERYTHING = ("requirements.txt", "constraints.txt", "pyproject.toml", "conftest.py",
              "tests/running/", "helpers/__init__.py", "helpers/start/")
# What is no Python, and what looks at it. A page of the book is looked at by name.
OTHERS = {"Makefile": ["tests/setup"],
          "locale/": ["tests/course/test_messages.py", "tests/course/test_handout_languages.py",
                      "tests/course/translation", "tests/book/editions"],
          "explorables/": ["tests/book/explorables", "tests/helpers/explorables"],
          "book/_": ["tests/book"],
          "_config.yml": ["tests/book"], "_toc.yml": ["tests/book"],
          "README.md": ["tests/setup/test_named_places.py"],
          "CONTRIBUTING.md": ["tests/setup/test_named_places.py"]}
PAGES = ("notebooks/", "book/")
OF_PAGES = ["tests/book", "tests/course/exercises", "tests/course/translation", *(
    f"tests/notebooks/test_{name}.py" for name in ("conventions", "orders", "portable",
                                                   "predictions"))]


def changed(revision: str = "HEAD") -> list[str]:
    """Return the files that differ from a commit, new ones included.

    Raises ValueError with what git says of a commit that it does not know.
    """
    found = []
    for command in (["diff", "--name-only", "--no-renames", revision, "--"],
                    ["ls-files", "--others", "--exclude-standard"]):
        said = subprocess.run(["git", "-c", "core.quotePath=off", *command], cwd=ROOT, check=False,
                              capture_output=True, text=True)
        if said.returncode:
            raise ValueError(f"git does not say what differs from {revision}: "
                             f"{said.stderr.strip()}")
        found += said.stdout.splitlines()
    return found


@functools.cache
def modules() -> dict[str, Path]:
    """Return the file of each module and test of the course by its name."""
    found = {}
    for house in ("helpers", "course", "benchmarks", "explorables", "tests"):
        for path in (ROOT / house).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            parts = ("helpers", *parts) if house == "explorables" else parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def named(text: str) -> Iterator[str]:
    """Yield the modules that a program names, in imports or in what it starts."""
    yield from MODULE.findall(text)
    try:
        nodes = [*ast.walk(ast.parse(text))]
    except SyntaxError:  # a cell with a command of IPython
        return
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{one.name}" for one in node.names)


@functools.cache
def uses(path: Path) -> frozenset[Path]:
    """Return the course's files that a module, a test or a notebook names.

    A room gives what its modules define, so who imports from a room uses all of them.
    """
    text = code(path.read_bytes()) if path.suffix == ".ipynb" else path.read_text(encoding="utf-8")
    found = set()
    for name in named(text):
        while name not in modules() and "." in name:
            name = name.rpartition(".")[0]
        if name in modules() and "." in name:
            found.add(modules()[name])
    if path.name == "__init__.py" and path.parent.parent != ROOT:
        found |= {*path.parent.rglob("*.py")}
    if path.is_relative_to(ROOT / "tests"):
        found |= {folder / "conftest.py" for folder in path.parents
                  if folder != ROOT and (folder / "conftest.py").is_file()}
    return frozenset(found - {path})


def code(notebook: bytes) -> str:
    """Return the code of a notebook."""
    cells = nbformat.reads(notebook.decode("utf-8"), as_version=4).cells
    return "\n".join(f"{cell.source}\n{cell.metadata.get('tags')}" for cell in cells
                     if cell.cell_type == "code")


def touched(start: Iterable[Path], among: Iterable[Path]) -> set[Path]:
    """Return which files use one of the first, also through others; with the first."""
    users: dict[Path, set[Path]] = {}
    for path in among:
        for used in uses(path):
            users.setdefault(used, set()).add(path)
    found, todo = set(), list(start)
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += users.get(path, ())
    return found


def rewritten(name: str, revision: str) -> bool:
    """Return whether the code of a notebook differs from that of a commit, not its text alone."""
    before = subprocess.run(["git", "show", f"{revision}:{name}"], cwd=ROOT, capture_output=True,
                            check=False)
    return bool(before.returncode) or code(before.stdout) != code((ROOT / name).read_bytes())


def arguments(names: Iterable[str], revision: str = "HEAD") -> list[str]:
    """Return what pytest is told for these changed files; nothing if all is to be run."""
    names = list(names)
    if any(name.startswith(EVERYTHING) for name in names):
        return []
    notebooks = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "book").glob("*.ipynb")]
    start = {ROOT / name if (ROOT / name).suffix == ".py" else (ROOT / name).parent / "__init__.py"
             for name in names if not name.startswith((*PAGES, "exercises/"))}
    found = touched(start, [*modules().values(), *notebooks])
    tests = {path for path in found if path.is_file() and (
        path.name.startswith("test_") or path.suffix == ".ipynb")}
    tests |= {ROOT / name for name in names if name.endswith(".ipynb") and (ROOT / name).is_file()
              and rewritten(name, revision)}
    tests |= {ROOT / place for name in names for begin, places in OTHERS.items()
              if name.startswith(begin) for place in places}
    pages = {Path(name).stem for name in names if name.startswith(PAGES)
             and Path(name).suffix in (".ipynb", ".md")}
    pages |= {Path(name).parts[1] for name in names if name.startswith("exercises/")}
    whole = any(path.is_relative_to(ROOT / one) for path in tests for one in OF_PAGES)
    options = [] if whole else [f"--page={page}" for page in sorted(pages)]
    if pages:
        tests |= {ROOT / place for place in OF_PAGES}
    tests |= {ROOT / one for one in ALWAYS}
    places = sorted(one.relative_to(ROOT).as_posix() for one in tests)
    return [*options, *(one for one in places if not any(
        one.startswith(f"{other}/") for other in places))]


def main(given: list[str] | None = None) -> int:
    """Print what pytest is to be told; returns the exit status."""
    revision, = (sys.argv[1:] if given is None else given) or ["HEAD"]
    try:
        told = arguments(changed(revision), revision)
    except ValueError as error:
        print(f"test: {error}", file=sys.stderr)
        return 1
    print("\n".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
