"""Which names belong to a function, a class or a comprehension, and which it shares."""

from __future__ import annotations

import ast
from collections.abc import Iterator

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCOPES = (*FUNCTIONS, ast.ClassDef, *COMPREHENSIONS)


def within(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a scope, and not those of the scopes in it."""
    todo = list(ast.iter_child_nodes(node))
    while todo:
        one = todo.pop()
        yield one
        if not isinstance(one, SCOPES):
            todo += ast.iter_child_nodes(one)
        elif isinstance(one, COMPREHENSIONS):  # `:=` in a comprehension sets a name around it
            todo += [part for part in ast.walk(one) if isinstance(part, ast.NamedExpr)]


def bound(node: ast.AST) -> set[str]:
    """Return the names that a single node sets, without those in it."""
    if isinstance(node, ast.Name):
        return set() if isinstance(node.ctx, ast.Load) else {node.id}
    if isinstance(node, DEFINITIONS):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(name.asname or name.name).split(".")[0] for name in node.names} - {"*"}
    if isinstance(node, (ast.MatchAs, ast.MatchStar, ast.ExceptHandler)):
        return {node.name} if node.name else set()
    if isinstance(node, ast.MatchMapping):
        return {node.rest} if node.rest else set()
    return set()


def own_names(node: ast.AST) -> frozenset[str]:
    """Return the names that belong to a function, a class or a comprehension."""
    if isinstance(node, COMPREHENSIONS):
        return frozenset().union(*(stored(one.target) for one in node.generators))
    names = {argument.arg for argument in arguments(node)}
    for one in within(node):
        names |= bound(one)
    return frozenset(names - shared_names(node))


def shared_names(node: ast.AST) -> frozenset[str]:
    """Return the names that a function says are those of the notebook, by `global`."""
    return frozenset(name for one in within(node) if isinstance(one, ast.Global)
                     for name in one.names)


def arguments(node: ast.AST) -> list[ast.arg]:
    """Return the arguments of a function, in the order in which a call gives them."""
    if not isinstance(node, FUNCTIONS):
        return []
    every = node.args
    return [*every.posonlyargs, *every.args, *filter(None, [every.vararg]), *every.kwonlyargs,
            *filter(None, [every.kwarg])]


def at_definition(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a function that are evaluated where it is defined: its defaults, ..."""
    if not isinstance(node, FUNCTIONS):
        return []
    parts = [*node.args.defaults, *filter(None, node.args.kw_defaults),
             *filter(None, (one.annotation for one in arguments(node)))]
    return [*parts, *getattr(node, "decorator_list", ()),
            *filter(None, [getattr(node, "returns", None)])]


def stored(target: ast.AST) -> frozenset[str]:
    """Return the names that an assignment to a target sets."""
    return frozenset(node.id for node in ast.walk(target)
                     if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def base(node: ast.AST) -> str:
    """Return the name at the root of `x.y[0].z`, or ""."""
    while isinstance(node, (ast.Subscript, ast.Attribute, ast.Starred)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
