"""What a chapter's exercises and quick questions are made of.

The folder of a chapter in `exercises/` is the only source of their text, their checks, their hints
and their solutions; `helpers.exercises.reader` reads it. `python -m course.exercises` writes the
cells of the notebook and the page of objectives from it.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from helpers.exercises.checks.values import Judge

LEVELS = ("warm-up", "practice", "harder practice", "investigation")
SHOWN = 79  # characters of a line of code that the built book shows without scrolling


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    id: "1.2", chapter and number. objectives: which of the chapter's objectives it tests, counted
    from 1. asks: the names that the student fills in, each with its judge. task, hints, solution:
    MyST Markdown. code: what a student could have written, which the solution shows and the tests
    run. start: the cell to fill in; without it, a line `name = ...` for each name. wrong: pairs of
    a wrong cell and a part of the message that it gets, beside the judges' own misconceptions.
    seconds: how long the cell may take when it is graded.
    """

    id: str
    title: str
    level: str
    objectives: tuple[int, ...]
    task: str
    asks: Mapping[str, Judge]
    hints: Sequence[str]
    solution: str
    code: str
    start: str = ""
    wrong: Sequence[tuple[str, str]] = ()
    seconds: float = 60.0

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        if not self.start:
            object.__setattr__(self, "start", "\n".join(f"{name} = ..." for name in self.asks))
        if self.level not in LEVELS:
            raise ValueError(f"{self.id}: the level is one of {LEVELS}, not {self.level!r}")
        for what in ("start", "code"):
            missing = set(self.asks) - bound(getattr(self, what))
            if missing:
                raise ValueError(f"{self.id}: its {what} does not set {sorted(missing)}")

    @property
    def call(self) -> str:
        """The check cell, in lines that the built book shows whole."""
        return textwrap.fill(f'check("{self.id}", {", ".join(self.asks)})', SHOWN,
                             subsequent_indent=" " * len("check("))


@dataclass(frozen=True)
class Question:
    """A quick question, shown at the end of the section with the heading `after`.

    choices: for each answer an explanation, in plain Markdown without formulas, lists or blocks of
    code, because they must open in every program that shows notebooks. right: the right answer.
    """

    after: str
    text: str
    right: str
    choices: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        if self.right not in self.choices:
            raise ValueError(f"question after {self.after!r}: {self.right!r} is no choice")
        for label, text in self.choices.items():
            if "$" in label + text or "```" in text or set("<`") & set(label):
                raise ValueError(f"question after {self.after!r}: formulas, blocks of code and "
                                 f"HTML do not open everywhere: {label!r}")


@dataclass(frozen=True)
class Chapter:
    """The exercises of a chapter. taught: for each objective the headings that teach it."""

    notebook: str
    taught: Mapping[int, Sequence[str]]
    exercises: Sequence[Exercise]
    questions: Sequence[Question] = field(default_factory=tuple)

    @property
    def number(self) -> int:
        """The number of the chapter."""
        return int(self.notebook.split("_")[0])


def bound(code: str) -> set[str]:
    """Return the names that a piece of code sets at its top level."""
    names = set()
    for statement in ast.parse(code).body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names.add(statement.name)
        else:
            names |= {node.id for node in ast.walk(statement)
                      if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return names
