"""Find the statements of a notebook that an exercise needs, so that only those are run.

The rule: an exercise needs the statements of its own cells, and for each name that they use the
last statement before them that sets it, with those that change it afterwards (`x[0] = 1`,
`x.append(1)`), and so on backwards. What a function uses when it is called counts as used where the
function is. A training runs only if an answer uses what was trained.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.ListComp,
          ast.SetComp, ast.DictComp, ast.GeneratorExp)
MAGIC = re.compile(r"^\s*[%!]|^\s*\w+\s*=\s*[%!]|^\s*\??\w+\?+\s*$")


@dataclass
class Statement:
    """One statement at the top level of a cell: what it sets, changes and uses."""

    cell: int
    node: ast.stmt
    sets: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)  # used when a function is called


def parse(source: str) -> list[ast.stmt]:
    """Return the statements of a cell, without magics; SyntaxError if it cannot be read."""
    lines = source.splitlines()
    if lines and lines[0].startswith("%%"):
        return []
    kept = ["" if MAGIC.match(line) else line for line in lines]
    return ast.parse("\n".join(kept)).body


def statements(cells: Iterable[tuple[int, str]]) -> list[Statement]:
    """Return the statements of all code cells that can be read, in order."""
    found = []
    for cell, source in cells:
        try:
            nodes = parse(source)
        except (SyntaxError, ValueError):  # ValueError: a null byte
            continue
        found += [analyse(cell, node) for node in nodes]
    return found


def analyse(cell: int, node: ast.stmt) -> Statement:
    """Return a statement with its names."""
    statement = Statement(cell, node)
    walk(node, statement, inside=False, hidden=frozenset())
    statement.uses -= set(dir(builtins))
    statement.later -= set(dir(builtins))
    return statement


def walk(node: ast.AST, found: Statement, *, inside: bool, hidden: frozenset[str]) -> None:
    """Collect names. inside: in a function, whose own names are hidden."""
    if isinstance(node, ast.Name) and node.id not in hidden:
        if isinstance(node.ctx, ast.Load):
            (found.later if inside else found.uses).add(node.id)
        elif not inside:
            found.sets.add(node.id)
    elif isinstance(node, (ast.Import, ast.ImportFrom)) and not inside:
        found.sets |= {(name.asname or name.name).split(".")[0] for name in node.names}
    elif isinstance(node, ast.ExceptHandler) and node.name and not inside:
        found.sets.add(node.name)
    if not inside:
        found.changes |= changed(node)
    if (isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
            and node.target.id not in hidden):
        (found.later if inside else found.uses).add(node.target.id)
        found.changes.add(node.target.id)
    if isinstance(node, SCOPES):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not inside:
            found.sets.add(node.name)
        hidden = hidden | own_names(node)
        inside = inside or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    for child in ast.iter_child_nodes(node):
        # Inside a loop its own variables are set: an older one of that name is not needed.
        loop = isinstance(node, (ast.For, ast.AsyncFor)) and child in node.body
        walk(child, found, inside=inside, hidden=hidden | stored(node.target) if loop else hidden)


def stored(target: ast.AST) -> frozenset[str]:
    """Return the names that an assignment to a target sets."""
    return frozenset(node.id for node in ast.walk(target)
                     if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def changed(node: ast.AST) -> set[str]:
    """Return names whose objects a node changes: `x[0] = 1`, `x.size = 1`, `x.append(1)`."""
    if isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Store):
        return base(node)
    if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Attribute)):
        return base(node.value.func)
    return set()


def base(node: ast.AST) -> set[str]:
    """Return the name at the root of `x.y[0].z`."""
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def own_names(node: ast.AST) -> frozenset[str]:
    """Return the names that belong to a function, a class or a comprehension."""
    names, shared = set(), set()
    for child in ast.walk(node):
        if isinstance(child, ast.arg):
            names.add(child.arg)
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            names.add(child.id)
        elif isinstance(child, (ast.FunctionDef, ast.ClassDef)) and child is not node:
            names.add(child.name)
        elif isinstance(child, (ast.Import, ast.ImportFrom)):
            names |= {(name.asname or name.name).split(".")[0] for name in child.names}
        elif isinstance(child, ast.Global):
            shared |= set(child.names)
    return frozenset(names - shared)


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
        if not places:
            places, first = setters(found, name, len(found)), True
        for place in places:
            (early if first else chosen).add(place)
            wanted += [(*one, first) for one in requests(found, place, max(before, place))]
    early -= set(roots)
    return sorted(early) + sorted(chosen - early)


def requests(found: list[Statement], place: int, before: int) -> list[tuple[str, int]]:
    """Return the names that a statement needs, each with the place before which it is set."""
    statement = found[place]
    return ([(name, place) for name in statement.uses]
            + [(name, max(before, place)) for name in statement.later])


def setters(found: list[Statement], name: str, before: int) -> list[int]:
    """Return the last statement before a place that sets a name, and those that change it then."""
    places = []
    for place in range(min(before, len(found)) - 1, -1, -1):
        if name in found[place].sets:
            if isinstance(found[place].node, (ast.Import, ast.ImportFrom)):
                return [place]  # to call a function of a module does not change the module
            places.append(place)
            if name not in found[place].changes and is_whole(found[place].node):
                break
        elif name in found[place].changes:
            places.append(place)
    return places if any(name in found[place].sets for place in places) else []


def is_whole(node: ast.stmt) -> bool:
    """Return whether a statement sets its names in any case, as a branch or a loop does not."""
    return not isinstance(node, (ast.If, ast.For, ast.While, ast.Try))
