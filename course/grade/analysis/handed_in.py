"""Find in a notebook what was handed in for an exercise, wherever it stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course.grade.analysis.notation import parse
from course.grade.analysis.slicing import needed, setters, statements
from course.grade.analysis.statement import Statement

ID = re.compile(r"""\bcheck\(\s*["'](\d+\.\d+)["']""")
OPTIONS = {"strict", "points"}  # of a check, for other graders


@dataclass
class HandedIn:
    """What must run for an exercise, and the expressions whose values are the answers.

    found: all statements of the notebook. places: which of them run, in order. roots: those of the
    exercise's own cells. end: before which of them the answers are asked for.
    """

    found: list[Statement]
    places: list[int]
    answers: list[ast.expr]
    roots: list[int]
    end: int

    @property
    def run(self) -> list[Statement]:
        """The statements that must run."""
        return [self.found[place] for place in self.places]

    def wider(self, course: Collection[str], cells: Sequence[Mapping[str, Any]],
              skip: Collection[str] = ()) -> list[HandedIn]:
        """Return the same with more that is run before, should it not be right.

        First with all that does not stand in the course's own notebook, whose texts are `course`,
        then, where that holds code that may set and use any name, with everything. skip: exercises
        whose cells are left out, because they do not end.
        """
        left_out = {cell["number"] for cell in cells if cell["course"].get("exercise") in skip}
        own = {cell["number"] for cell in cells if normal(cell["source"]) not in course}
        before = [place for place, one in enumerate(self.found[:self.end])
                  if one.cell not in left_out and not is_check(one.node)]
        theirs = [place for place in before if self.found[place].cell in own]
        used = names_in(self.answers)
        steps = [sorted({*self.roots, *theirs})]
        if any(self.found[place].opaque for place in {*theirs, *self.roots}):
            steps.append(sorted({*self.roots, *before}))
        return [replace(self, places=needed(self.found, used, roots, self.end))
                for roots in steps]


class Missing(Exception):
    """Nothing in the notebook belongs to the exercise. handed: what else could run for it."""

    def __init__(self, handed: HandedIn | None = None) -> None:
        super().__init__()
        self.handed = handed


class Unreadable(Exception):
    """The cell of the exercise is no Python; the message says where."""


def code_cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the code cells of a notebook, as `read_notebook` gives it, each with its number."""
    return [{"number": number, "source": cell["source"],
             "course": cell["metadata"].get("course", {})}
            for number, cell in enumerate(notebook["cells"], start=1)
            if cell["cell_type"] == "code"]


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
    numbers = {cell["number"] for cell in own}
    roots = [place for place, one in enumerate(found)
             if one.cell in numbers and check_call(one.node, exercise) is None]
    calls = [(place, call) for place, one in enumerate(found)
             if (call := check_call(one.node, exercise)) is not None]
    end, answers = len(found), [ast.Name(name, ast.Load()) for name in names]
    if calls:
        place, call = calls[-1]
        if len(call.args) == len(names) + 1 and {one.arg for one in call.keywords} <= OPTIONS \
                and not any(isinstance(one, ast.Starred) for one in call.args):
            answers = call.args[1:]
        end = place
    used = names_in(answers)
    broken = [why for cell in own or named(cells, names) if (why := unreadable(cell["source"]))]
    if broken and not all(setters(found, name, len(found)) for name in used):
        raise Unreadable(broken[0])
    end = max([end, *(place + 1 for place in roots)])
    if any(not setters(found, name, end) for name in used):
        end = len(found)  # the cells were moved
    handed = HandedIn(found, needed(found, used, roots, end), answers, roots, end)
    if not roots and used and not any(setters(found, name, end) for name in used):
        raise Missing(handed)
    return handed


def names_in(answers: Sequence[ast.expr]) -> set[str]:
    """Return the names that the answers are made of."""
    return {node.id for answer in answers for node in ast.walk(answer)
            if isinstance(node, ast.Name)}


def normal(source: str) -> str:
    """Return the text of a cell without what editors add and take away."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def named(cells: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return the cells whose text seems to set one of the names."""
    pattern = re.compile(rf"^(?:def )?(?:{'|'.join(map(re.escape, names))})\b", re.MULTILINE)
    return [cell for cell in cells if pattern.search(cell["source"])]


def unreadable(source: str) -> str:
    """Return why the text of a cell is no Python, or "" if it is."""
    try:
        parse(source)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except (ValueError, RecursionError) as error:
        return str(error)
    return ""


def is_check(node: ast.stmt) -> bool:
    """Return whether a statement is the check of an exercise."""
    return check_call(node) is not None


def check_call(node: ast.stmt, exercise: str | None = None) -> ast.Call | None:
    """Return the call `check(exercise, ...)`, if a statement is one. Without a number: of any."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not call.args:
        return None
    name = getattr(call.func, "id", getattr(call.func, "attr", None))
    first = getattr(call.args[0], "value", None)
    same = first == exercise if exercise else isinstance(first, str)
    return call if name == "check" and same else None
