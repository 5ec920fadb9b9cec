"""Import what an exercise needs before its clock starts.

What a chapter needs is what its own notebook and its exercises import, and what the course's own
modules among those import in turn, wherever it stands in them. What a student imports beyond that
is imported when the statements that run are known.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from course.grade.analysis.handed_in import code_cells, normal
from course.grade.analysis.slicing import read
from course.grade.hand_ins.reading import read_notebook
from helpers import ROOT
from helpers.exercises import chapter
from helpers.exercises.reader import folders

NEVER = frozenset(["google", "antigravity", "this", "turtle", "idlelib"])  # they show something


@functools.cache
def course_cells(number: int) -> tuple[str, ...]:
    """Return the texts of the code cells of a chapter of the course."""
    path = ROOT / "notebooks" / f"{chapter(number).notebook}.ipynb"
    return tuple(cell["source"] for cell in code_cells(read_notebook(path)))


@functools.cache
def course_texts(number: int) -> frozenset[str]:
    """Return the same texts, to know by them what a student has not changed."""
    return frozenset(map(normal, course_cells(number)))


def judges(number: int) -> list[str]:
    """Return the modules beside the exercises of a chapter, by the names under which they come."""
    folder = folders()[number]
    return [".".join(["helpers.exercises", folder.name,
                      *path.relative_to(folder).with_suffix("").parts])
            for path in sorted(folder.rglob("*.py"))]


@functools.cache
def prepare(number: int) -> None:
    """Import what a chapter needs, once. Nothing is computed, so that the process can be forked."""
    nodes = [one.node for source in course_cells(number) for one in read(source)]
    names = imported([*nodes]) | dict.fromkeys(judges(number))
    load(with_helpers(names))


def prepare_for(nodes: Iterable[ast.AST]) -> None:
    """Import what some statements of a student import, also within their functions."""
    load([name for name in imported(nodes) if name.split(".")[0] != "helpers"])


def load(names: Collection[str]) -> None:
    """Import modules; what cannot be had is left to who asks for it.

    They come in any order: `helpers` keeps TensorFlow and PyTorch apart, see
    helpers.start.symbol_clash.
    """
    torch = any(name.split(".")[0] == "torch" for name in names)
    for name in [*names, *["torch._dynamo"] * torch]:  # which PyTorch's first optimiser imports
        if name.split(".")[0] in NEVER or name in sys.modules:
            continue
        with contextlib.suppress(BaseException):
            importlib.import_module(name)


def imported(nodes: Iterable[ast.AST]) -> dict[str, None]:
    """Return the modules that are imported anywhere in some code, in order."""
    names = {}
    for node in (part for one in nodes for part in ast.walk(one)):
        if isinstance(node, ast.Import):
            names |= dict.fromkeys(one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names[node.module] = None
            names |= dict.fromkeys(f"{node.module}.{one.name}" for one in node.names
                                   if one.name != "*" and node.module.startswith("helpers"))
    return names


def with_helpers(names: Iterable[str]) -> dict[str, None]:
    """Return modules with all that the course's own ones among them import, in order."""
    found, todo = {}, list(names)
    while todo:
        name = todo.pop(0)
        if name in found or (name.startswith("helpers") and not source_of(name)):
            continue
        found[name] = None
        if name.startswith("helpers"):
            todo += imported([ast.parse(source_of(name).read_text(encoding="utf-8"))])
    return found


def source_of(name: str) -> Path | None:
    """Return the file of one of the course's modules."""
    parts = name.split(".")
    if parts[1:2] == ["exercises"] and parts[2:] and parts[2][:1].isdigit():
        parts = parts[1:]  # the exercises lie beside the notebooks
    if parts[1:2] == ["explorables"]:
        parts = ["explorables", *parts[1:]]  # and so do these
    path = ROOT.joinpath(*parts)
    return next((one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()),
                None)
