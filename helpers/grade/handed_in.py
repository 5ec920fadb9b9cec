"""Find in a notebook what was handed in for an exercise, wherever it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.grade.slicing import Statement, needed, parse, setters, statements

ID = re.compile(r"""\bcheck\(\s*["'](\d+\.\d+)["']""")


@dataclass
class HandedIn:
    """What must run for an exercise, and the expressions whose values are the answers."""

    run: list[Statement]
    answers: list[ast.expr]


class Missing(Exception):
    """Nothing in the notebook belongs to the exercise."""


class Unreadable(Exception):
    """The cell of the exercise is no Python; the message says where."""


def code_cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the code cells of a notebook as it stands in its file, each with its number."""
    cells = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell.get("cell_type") == "code":
            source = cell.get("source", "")
            source = source if isinstance(source, str) else "".join(source)
            cells.append({"number": number, "source": source,
                          "course": (cell.get("metadata") or {}).get("course") or {}})
    return cells


def exercises_in(notebook: Mapping[str, Any]) -> list[str]:
    """Return the numbers of the exercises that a notebook names, in metadata or in check calls."""
    found = []
    for cell in code_cells(notebook):
        found += [cell["course"].get("exercise"), *ID.findall(cell["source"])]
    return [name for name in found if isinstance(name, str)]


def handed_in(cells: Sequence[Mapping[str, Any]], exercise: str,
              names: Sequence[str]) -> HandedIn:
    """Return what was handed in for an exercise that asks for these names.

    The cell is known by its metadata, the answers by the last check call. Where one of them is
    gone, the other does; where both are, the names that the exercise asks for.
    """
    found = statements((cell["number"], cell["source"]) for cell in cells)
    own = [cell for cell in cells if cell["course"].get("exercise") == exercise
           and cell["course"].get("part") == "answer"]
    for cell in own or named(cells, names):
        refuse_unreadable(cell["source"])
    numbers = {cell["number"] for cell in own}
    roots = [place for place, one in enumerate(found)
             if one.cell in numbers and check_call(one.node, exercise) is None]
    calls = [(place, call) for place, one in enumerate(found)
             if (call := check_call(one.node, exercise)) is not None]
    end, answers = len(found), [ast.Name(name, ast.Load()) for name in names]
    if calls:
        place, call = calls[-1]
        if len(call.args) == len(names) + 1 and not call.keywords:
            answers = call.args[1:]
        end = place
    used = {node.id for answer in answers for node in ast.walk(answer)
            if isinstance(node, ast.Name)}
    end = max([end, *(place + 1 for place in roots)])
    if any(not setters(found, name, end) for name in used):
        end = len(found)  # the cells were moved
    if not roots and used and not any(setters(found, name, end) for name in used):
        raise Missing
    places = needed(found, used, roots, end)
    return HandedIn([found[place] for place in places], answers)


def named(cells: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return the cells whose text seems to set one of the names."""
    pattern = re.compile(rf"^(?:def )?(?:{'|'.join(map(re.escape, names))})\b", re.MULTILINE)
    return [cell for cell in cells if pattern.search(cell["source"])]


def refuse_unreadable(source: str) -> None:
    """Raise Unreadable if the text of a cell is no Python."""
    try:
        parse(source)
    except SyntaxError as error:
        raise Unreadable(f"line {error.lineno}: {error.msg}") from None
    except ValueError as error:
        raise Unreadable(str(error)) from None


def check_call(node: ast.stmt, exercise: str) -> ast.Call | None:
    """Return the call `check(exercise, ...)`, if a statement is one."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not call.args:
        return None
    name = getattr(call.func, "id", getattr(call.func, "attr", None))
    first = call.args[0]
    same = isinstance(first, ast.Constant) and first.value == exercise
    return call if name == "check" and same else None
