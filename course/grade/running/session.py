"""Run statements of a notebook one by one, in a namespace of their own."""

from __future__ import annotations
import __future__

import ast
import functools
import inspect
import linecache
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from course.grade.analysis.statement import Statement

FUTURES = functools.reduce(lambda one, other: one | other, (
    getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))


class Session:
    """A fresh namespace, in which statements run as in a notebook.

    sources: the text of each cell, by its number, for the lines in messages.
    """

    def __init__(self, sources: Mapping[int, str]) -> None:
        self.module = ModuleType("__main__")
        self.names = vars(self.module)
        self.names.update(display=lambda *shown, **options: None, get_ipython=self.ipython)
        self.flags, self.shell = 0, None
        sys.modules["__main__"] = self.module
        if "" not in sys.path:
            sys.path.append("")  # files that a cell writes, behind all that is installed
        for number, source in sources.items():
            lines = source.splitlines(keepends=True)
            linecache.cache[cell_name(number)] = (len(source), None, lines, cell_name(number))

    def ipython(self) -> Any:
        """Return IPython's shell, which is made when a cell asks for it first."""
        if self.shell is None:
            from course.grade.running.shell import new_shell

            ours = {name: self.names[name] for name in ("display", "get_ipython")}
            self.shell = new_shell(self.module)
            sys.modules["__main__"] = self.module
            self.names.update(ours)
        return self.shell

    def run(self, statement: Statement, *, shown: bool = False) -> None:
        """Run a statement. shown: it is the last one of a cell, and IPython keeps its value."""
        node = statement.node
        if any(getattr(part, "id", getattr(part, "name", "")) == "get_ipython"
               for part in ast.walk(node)):
            self.ipython()
        if not (shown and isinstance(node, ast.Expr)):
            self.execute(ast.Module([node], []), statement.cell, "exec")
            return
        value = self.execute(ast.Expression(node.value), statement.cell, "eval")
        if value is not None:
            older = [self.names.get(name) for name in ("_", "__")]
            self.names.update(zip(("_", "__", "___"), [value, *older], strict=True))

    def execute(self, tree: ast.AST, cell: int, mode: str) -> Any:
        """Compile and run a tree; `await` is allowed, and what a cell imports from the future."""
        code = compile(tree, cell_name(cell), mode, dont_inherit=True,
                       flags=self.flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        self.flags |= code.co_flags & FUTURES
        value = eval(code, self.names)
        if code.co_flags & inspect.CO_COROUTINE:
            from IPython.core.async_helpers import get_asyncio_loop

            return get_asyncio_loop().run_until_complete(value)
        return value

    def value(self, expression: ast.expr) -> Any:
        """Return the value of an expression."""
        tree = ast.fix_missing_locations(ast.Expression(expression))
        return eval(compile(tree, "<check>", "eval", dont_inherit=True), self.names)


def cell_name(number: int) -> str:
    """Return the name of the file that a cell is in tracebacks."""
    return f"<cell {number}>"
