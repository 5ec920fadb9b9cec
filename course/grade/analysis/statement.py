"""A statement of a notebook, with the names that it sets, changes and uses."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Call:
    """A call: the name that its function begins with, and the names that it is given.

    given: for each place, or name of a parameter. thrown: nothing is done with its value.
    """

    root: str
    method: bool
    given: dict[int | str, str]
    thrown: bool


@dataclass
class Statement:
    """One statement at the top level of a cell: what it sets, changes and uses."""

    cell: int
    node: ast.stmt
    sets: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    receivers: set[str] = field(default_factory=set)  # a method of theirs is called, it may change
    uses: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)  # used when a function is called
    calls: list[Call] = field(default_factory=list)
    inner_sets: set[str] = field(default_factory=set)  # by a function, when it is called
    inner_changes: set[str] = field(default_factory=set)
    parameters: set[int | str] = field(default_factory=set)  # that a function changes
    opaque: bool = False
