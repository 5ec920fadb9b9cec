"""Find the statements of a notebook that an exercise needs, so that only those are run.

The rule: an exercise needs the statements of its own cells, and for each name that they use the
last statement before them that sets it, with those that change it afterwards (`x[0] = 1`,
`x.append(1)`, `np.put(x, 0, 1)`), and so on backwards. What a function uses when it is called
counts as used where the function is. A training runs only if an answer uses what was trained.
"""

from __future__ import annotations

import ast
import builtins
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from course.grade.analysis.names import analyse
from course.grade.analysis.notation import parse
from course.grade.analysis.scopes import DEFINITIONS
from course.grade.analysis.statement import Statement

IMPORTS = (ast.Import, ast.ImportFrom)
MAYBE = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match,
         *filter(None, [getattr(ast, "TryStar", None)]))


@dataclass
class Effects:
    """What a function of the notebook does to others' names when it is called."""

    sets: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    parameters: set[int | str] = field(default_factory=set)  # places and names of arguments


def statements(cells: Iterable[tuple[int, str]]) -> list[Statement]:
    """Return the statements of all code cells that can be read, in order; not to be changed."""
    return list(of_notebook(tuple(cells)))


@functools.lru_cache(maxsize=4)
def of_notebook(cells: tuple[tuple[int, str], ...]) -> list[Statement]:
    """Return the statements of one notebook; each of its exercises asks for them again."""
    found = []
    for cell, source in cells:
        try:
            found += [replace(one, cell=cell, sets=set(one.sets), changes=set(one.changes))
                      for one in read(source)]
        except (SyntaxError, ValueError, RecursionError):  # ValueError: a null byte
            continue
    spread_effects(found)
    return found


@functools.lru_cache(maxsize=1000)
def read(source: str) -> list[Statement]:
    """Return the statements of one cell by themselves; the same cells come again and again."""
    return [analyse(0, node) for node in parse(source)]


def spread_effects(found: list[Statement]) -> None:
    """Let a statement that calls a function of the notebook change what the function changes."""
    effects: dict[str, Effects] = {}
    modules: set[str] = set()
    others: set[str] = set()  # imported from somewhere, or Python's own
    for one in found:
        one.changes |= passed(one, effects, modules, others)
        for name in one.uses & effects.keys():
            one.changes |= effects[name].sets | effects[name].changes
            one.sets |= effects[name].sets
        if isinstance(one.node, ast.Import):
            modules |= one.sets
        elif isinstance(one.node, ast.ImportFrom):
            others |= one.sets
        for name in one.sets:
            effects.pop(name, None)
        inner = Effects(set(one.inner_sets), one.inner_changes - modules - others,
                        set(one.parameters))
        for name in one.later & effects.keys():
            inner.sets |= effects[name].sets
            inner.changes |= effects[name].changes
        if inner.sets or inner.changes or isinstance(one.node, DEFINITIONS):
            effects.update(dict.fromkeys(one.sets, inner))


def passed(one: Statement, effects: dict[str, Effects], modules: set[str],
           others: set[str]) -> set[str]:
    """Return the names that a statement hands to a function that may change what they hold."""
    names: set[str] = set()
    for call in one.calls:
        if call.root in effects and not call.method:
            names |= {name for place, name in call.given.items()
                      if place in effects[call.root].parameters}
        elif call.thrown and (call.root in modules | others or not call.method):
            # Its value is thrown away, so it is there for what it does. A method of an object may
            # change the object, and is taken not to change what it is given.
            names |= set(call.given.values())
    return names - modules


def needed(found: list[Statement], names: Iterable[str], roots: Iterable[int],
           end: int) -> list[int]:
    """Return which statements must run for the roots and for the names before `end`, in order.

    What is set only further down, because cells were moved, is run first.
    """
    roots = sorted(roots)
    chosen, early = set(roots), set()
    wanted = [(name, end, False) for name in names]
    wanted += [(*request, False) for root in roots for request in requests(found, root, end)]
    asked = set()
    while wanted:
        request = wanted.pop()
        if request in asked:
            continue
        asked.add(request)
        name, before, first = request
        places = setters(found, name, before)
        if not places and not hasattr(builtins, name):
            places, first = setters(found, name, len(found)), True
        for place in places:
            (early if first else chosen).add(place)
            wanted += [(*one, first) for one in requests(found, place, max(before, place))]
    early -= set(roots)
    places = sorted(early) + sorted(chosen - early)
    return futures(found, places) + places


def futures(found: list[Statement], places: list[int]) -> list[int]:
    """Return the statements `from __future__ import ...` that stand before the last of these."""
    return [place for place in range(max(places, default=0)) if place not in places
            and getattr(found[place].node, "module", None) == "__future__"]


def requests(found: list[Statement], place: int, before: int) -> list[tuple[str, int]]:
    """Return the names that a statement needs, each with the place before which it is set."""
    statement = found[place]
    return ([(name, place) for name in statement.uses]
            + [(name, max(before, place)) for name in statement.later])


def setters(found: list[Statement], name: str, before: int) -> list[int]:
    """Return the last statement before a place that sets a name, and those that change it then."""
    places = []
    for place in range(min(before, len(found)) - 1, -1, -1):
        one = found[place]
        if name in one.sets:
            if isinstance(one.node, IMPORTS):
                # To call a function of a module does not change the module.
                return [place, *(other for other in places if name in found[other].changes)]
            places.append(place)
            if name not in one.changes and is_whole(one.node):
                break
        elif name in one.changes or name in one.receivers:
            places.append(place)
    return places if any(name in found[place].sets for place in places) else []


def is_whole(node: ast.stmt) -> bool:
    """Return whether a statement sets its names in any case, as a branch or a loop does not."""
    return not isinstance(node, MAYBE)
