"""What a statement does to names: which it sets, whose objects it changes, which it uses.

Read from the syntax alone, this is a guess where Python leaves it open: a function may change what
it is given, and `exec` may set anything. Such statements are called opaque, or taken to change what
they are given where their value is thrown away; whoever gets a wrong answer runs more than these
guesses say (see `course.grade.running.worker`).
"""

from __future__ import annotations

import ast
import builtins
import importlib
import re

from course.grade.analysis.habits import (
    HARMLESS,
    IN_PLACE,
    MUTATORS,
    OPAQUE,
    OPAQUE_PARTS,
    PYTHON_MAGICS,
    SILENT_MAGICS,
)
from course.grade.analysis.notation import ipython_call, parse
from course.grade.analysis.scopes import (
    FUNCTIONS,
    SCOPES,
    arguments,
    at_definition,
    base,
    bound,
    own_names,
    shared_names,
    stored,
)
from course.grade.analysis.statement import Call, Statement


def analyse(cell: int, node: ast.stmt) -> Statement:
    """Return a statement with its names."""
    statement = Statement(cell, node)
    walk(node, statement, inside=False, hidden=frozenset())
    return statement


def walk(node: ast.AST, found: Statement, *, inside: bool, hidden: frozenset[str],
         thrown: bool = False) -> None:
    """Collect names.

    inside: in a function, whose own names are hidden. thrown: nothing is done with a value.
    """
    names = bound(node) - hidden
    if names:
        (found.inner_sets if inside else found.sets).update(names)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in hidden:
        (found.later if inside else found.uses).add(node.id)
        found.opaque |= node.id in OPAQUE
    changed = changes(node) - hidden
    (found.inner_changes if inside else found.changes).update(changed)
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        (found.later if inside else found.uses).update({node.target.id} - hidden)
    if isinstance(node, ast.Attribute):
        found.opaque |= node.attr in OPAQUE_PARTS
    elif isinstance(node, ast.Call):
        call(node, found, inside=inside, hidden=hidden, thrown=thrown)
    elif isinstance(node, ast.ImportFrom) and any(one.name == "*" for one in node.names):
        found.sets |= starred(node, found)
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, SCOPES):
        early = at_definition(node)
        for part in early:
            walk(part, found, inside=inside, hidden=hidden)
        children = [one for one in (node.args, node.body) if one] if isinstance(
            node, ast.Lambda) else children
        found.parameters |= set() if inside else changed_parameters(node)
        function = isinstance(node, FUNCTIONS)
        hidden = (hidden - shared_names(node) if function else hidden) | own_names(node)
        inside = inside or function
        children = [one for one in children if not any(one is part for part in early)
                    and not isinstance(one, ast.arguments)]
    for child in children:
        # Inside a loop its own variables are set: an older one of that name is not needed.
        loop = isinstance(node, (ast.For, ast.AsyncFor)) and child in node.body
        walk(child, found, inside=inside, thrown=isinstance(node, ast.Expr),
             hidden=hidden | stored(node.target) if loop else hidden)


def changes(node: ast.AST) -> set[str]:
    """Return names whose objects a node changes: `x[0] = 1`, `x.size = 1`, `x += 1`."""
    if isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
        return {base(node)} - {""}
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return {node.target.id}
    if isinstance(node, (ast.For, ast.AsyncFor)):  # `for row in rows: row[0] = 1`
        inner = set().union(*(changes(part) for one in node.body for part in ast.walk(one)))
        return {base(node.iter)} - {""} if inner & stored(node.target) else set()
    return set()


def call(node: ast.Call, found: Statement, *, inside: bool, hidden: frozenset[str],
         thrown: bool) -> None:
    """Collect what a call may change: what it is given, and whose method it is."""
    method = isinstance(node.func, ast.Attribute)
    name = node.func.attr if method else getattr(node.func, "id", "")
    root = base(node.func)
    given = dict(enumerate(map(base, node.args)))
    given |= {one.arg or "": base(one.value) for one in node.keywords}
    given = {place: one for place, one in given.items() if one and one not in hidden}
    into = {given["out"]} if "out" in given else set()
    into |= set(given.values()) if name in IN_PLACE or name.endswith("_") else set()
    receiver = {root} if method and (thrown or name in MUTATORS or name.endswith("_")) else set()
    if inside:
        found.inner_changes |= (into | receiver) - hidden - {""}
    else:
        found.changes |= into - hidden - {""}
        found.receivers |= receiver - hidden - {""}
        harmless = hasattr(builtins, name) or bool(HARMLESS.match(name))
        found.calls.append(Call(root, method, given, thrown and not harmless))
    text = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    if name in ("exec", "eval") and not method and isinstance(text, str):
        merge(text, found)
    said = ipython_call(node)
    if said:
        ipython(said, found)


def ipython(said: tuple[str, ...], found: Statement) -> None:
    """Collect the names in the text that a magic or a shell line is given."""
    method, *texts = said
    name = texts[0] if texts and method.startswith("run_") else ""
    if name in PYTHON_MAGICS:
        for text in texts[1:]:
            merge(text.lstrip("-").partition(" ")[2] if text.startswith("-") else text, found,
                  sets=name != "timeit")
    elif name and name not in SILENT_MAGICS:
        found.opaque = True
    for text in texts:  # {expressions} and $names are filled in
        for inner in re.findall(r"\{([^{}]+)\}", text):
            merge(inner, found, sets=False)
        found.uses |= set(re.findall(r"\$(\w+)", text))
        found.sets |= set(re.findall(r"--(?:out|err|proc)[ =](\w+)", text)) if name else set()


def merge(text: str, found: Statement, *, sets: bool = True) -> None:
    """Add what a text that is run as code does."""
    try:
        inner = [analyse(found.cell, node) for node in parse(text)]
    except (SyntaxError, ValueError, RecursionError):
        return
    for one in inner:
        found.uses |= one.uses - found.sets
        found.later |= one.later
        if sets:
            found.sets |= one.sets
            found.changes |= one.changes
            found.receivers |= one.receivers


def starred(node: ast.ImportFrom, found: Statement) -> set[str]:
    """Return the names that `from module import *` sets; opaque if the module does not come."""
    try:
        module = importlib.import_module(node.module)
    except BaseException:  # whatever a module does: the student's own import will say it
        found.opaque = True
        return set()
    return set(getattr(module, "__all__", [one for one in vars(module) if one[:1] != "_"]))


def changed_parameters(node: ast.AST) -> set[int | str]:
    """Return which of its arguments a function changes, by place and by name."""
    names = [one.arg for one in arguments(node)]
    if not names:
        return set()
    inner = Statement(0, ast.Pass())
    for one in node.body if isinstance(node.body, list) else [node.body]:
        walk(one, inner, inside=False, hidden=frozenset())
    handed = {name for call in inner.calls if call.thrown for name in call.given.values()}
    changed = set(names) & (inner.changes | inner.receivers | handed)
    return changed | {names.index(name) for name in changed}
