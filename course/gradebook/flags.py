"""What to look at: equal answers, imports of the checks, answers that equal everything.

These are flags and no verdicts. Two students may have learned together, or have found the only
short way; a look at both answers tells more than any measure.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.grade.analysis.handed_in import normal
from course.grade.running.imports import course_texts
from course.gradebook.attempts import Attempt
from course.gradebook.roster import Student
from helpers.exercises import chapter

ENOUGH = 40  # nodes of a syntax tree: what is shorter is often written alike by chance
OWN = re.compile(r"(helpers\.exercises|helpers/exercises|course|exercises)\b")
ALWAYS_EQUAL = {"__eq__", "__ne__", "__bool__", "__array_ufunc__", "__array_function__"}


@dataclass(frozen=True)
class Flag:
    """Something to look at. students: whose hand-ins show it, in the order of the roster."""

    kind: str
    chapter: int
    exercise: str
    students: tuple[Student, ...]
    where: str


class Renamed(ast.NodeTransformer):
    """Give what a piece of code names itself the names v0, v1, ... in order of appearance."""

    def __init__(self, own: set[str]) -> None:
        self.own = own
        self.names: dict[str, str] = {}

    def called(self, name: str) -> str:
        """Return the new name of one that the code sets itself, and any other as it is."""
        if name not in self.own:
            return name
        return self.names.setdefault(name, f"v{len(self.names)}")

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Rename a variable."""
        node.id = self.called(node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        """Rename a parameter."""
        node.arg = self.called(node.arg)
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Rename a function, and leave out its docstring."""
        node.name = self.called(node.name)
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return self.within(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """Rename the parameters of a lambda."""
        return self.within(node)

    def within(self, node: ast.AST) -> ast.AST:
        """Rename inside a function, whose own names are no names of what stands around it."""
        outer = self.names
        self.names = {name: new for name, new in outer.items() if name not in set_in(node)}
        self.generic_visit(node)
        self.names = outer
        return node


def skeleton(text: str, asked: set[str]) -> tuple[str, str, int]:
    """Return a text's syntax tree, the same with its own names renamed, and its size.

    asked: names that the exercise gives, which all students share. "" for what is no Python.
    """
    try:
        plain, tree = ast.parse(text), ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return "", "", 0
    own = set_in(tree) | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    size = sum(1 for _ in ast.walk(tree))
    return ast.dump(plain), ast.dump(Renamed(own - asked).visit(tree)), size


def set_in(tree: ast.AST) -> set[str]:
    """Return the variables and parameters that a piece of code sets."""
    nodes = list(ast.walk(tree))
    return {node.id for node in nodes if isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Store)} | {
        node.arg for node in nodes if isinstance(node, ast.arg)}


def flags_of(attempts: Sequence[Attempt]) -> list[Flag]:
    """Return what to look at among the hand-ins that count."""
    found: list[Flag] = []
    for number in sorted({one.graded.chapter for one in attempts if one.counts}):
        counted = [one for one in attempts if one.counts and one.graded.chapter == number]
        found += alike(number, {one.student: one.answers for one in counted})
        for one in counted:
            found += of_one(number, one.student, [cell["source"] for cell in one.cells])
    return found


def alike(number: int, answers: Mapping[Student, Mapping[str, str]]) -> list[Flag]:
    """Return the answers of a chapter that are equal, to the letter or after renaming."""
    found = []
    for one in chapter(number).exercises:
        asked, start = set(one.asks), skeleton(one.start, set())[2]
        exact: dict[str, list[Student]] = {}
        renamed: dict[str, list[Student]] = {}
        solution = skeleton(one.code, asked)
        for student, texts in answers.items():
            text = texts.get(one.id, "")
            plain, other, size = skeleton(text, asked)
            if size < start + ENOUGH:
                continue
            if plain == solution[0]:
                found.append(Flag("equal to the course's solution", number, one.id, (student,),
                                  normal(text)))
            exact.setdefault(plain, []).append(student)
            renamed.setdefault(other, []).append(student)
        groups = [(tuple(group), "equal") for group in exact.values()]
        same = {group for group, _ in groups}
        groups += [(tuple(group), "equal after renaming") for group in renamed.values()
                   if tuple(group) not in same]
        found += [Flag(kind, number, one.id, group, normal(answers[group[0]][one.id]))
                  for group, kind in groups if len(group) > 1]
    return found


def of_one(number: int, student: Student, texts: Sequence[str]) -> list[Flag]:
    """Return what to look at in one hand-in, in cells that are not the course's own."""
    found = []
    for text in texts:
        if normal(text) in course_texts(number):
            continue
        try:
            nodes = list(ast.walk(ast.parse(text)))
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in nodes:
            if own := reaches(node):
                found.append(Flag("reads the course's exercises or checks", number, "", (student,),
                                  own))
            if isinstance(node, ast.ClassDef) and (made := {
                    one.name for one in node.body if isinstance(one, ast.FunctionDef)
                    } & ALWAYS_EQUAL):
                found.append(Flag("an answer may equal everything", number, "", (student,),
                                  f"class {node.name}: {', '.join(sorted(made))}"))
    return found


def reaches(node: ast.AST) -> str:
    """Return what a node takes from the course's own exercises, graders or their files."""
    if isinstance(node, ast.Import):
        names = [one.name for one in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        if node.module == "helpers.exercises" and [one.name for one in node.names] == ["check"]:
            return ""
        names = [f"{node.module}.{one.name}" for one in node.names]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
        return text if re.search(r"\bjudges(\.py)?\b|\btask\.md\b|helpers[./]exercises", text) \
            and len(text) < 200 else ""
    else:
        return ""
    return next((name for name in names if OWN.match(name)), "")
