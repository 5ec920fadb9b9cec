"""What a student wrote for an exercise, for feedback and for comparing."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from course.grade.analysis.handed_in import (
    Missing,
    Unreadable,
    code_cells,
    handed_in,
    is_check,
    named,
    normal,
)
from course.grade.analysis.notation import parse
from course.grade.hand_ins.decoding import NoNotebook
from course.grade.hand_ins.reading import read_notebook
from course.grade.hand_ins.tree import Member
from helpers.exercises import chapter
from helpers.exercises.form import Exercise


def cells_of(path: Path | Member | None) -> list[dict[str, Any]]:
    """Return the code cells of a hand-in, none where it cannot be read."""
    if path is None:
        return []
    try:
        return code_cells(read_notebook(path))
    except NoNotebook:
        return []


def answers_in(cells: Sequence[Mapping[str, Any]], number: int) -> dict[str, str]:
    """Return the text of the cells that answer each exercise of a chapter, "" for an open one."""
    found = {one.id: answer_to(cells, one) for one in chapter(number).exercises}
    starts = {one.id: normal(one.start) for one in chapter(number).exercises}
    return {name: "" if normal(text) == starts[name] else text for name, text in found.items()}


def answer_to(cells: Sequence[Mapping[str, Any]], exercise: Exercise) -> str:
    """Return the text of the cells that answer an exercise, without its check."""
    names = list(exercise.asks)
    own = [cell for cell in cells if cell["course"].get("exercise") == exercise.id
           and cell["course"].get("part") == "answer"]
    try:
        handed = handed_in(cells, exercise.id, names)
    except (Missing, Unreadable):
        return "\n\n".join(cell["source"] for cell in own or named(cells, names))
    setting = [place for place in handed.places if handed.found[place].sets & set(names)]
    numbers = {handed.found[place].cell for place in (*handed.roots, *setting)}
    chosen = [cell for cell in cells if cell["number"] in numbers]
    return "\n\n".join(without_check(cell["source"]) for cell in chosen or own)


def without_check(source: str) -> str:
    """Return a cell without the lines of its check call, where it holds one."""
    try:
        statements = parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return source
    nodes = statements.body if isinstance(statements, ast.AST) else statements
    lines = source.splitlines()
    for node in nodes:
        if isinstance(node, ast.stmt) and is_check(node):
            lines[node.lineno - 1:node.end_lineno] = [None] * (node.end_lineno - node.lineno + 1)
    return "\n".join(line for line in lines if line is not None).strip("\n")
