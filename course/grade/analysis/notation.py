"""Read a cell as IPython does: Python, with magics, shell lines and questions in between.

IPython's own transformer says what such a line means. Where a magic runs Python in the namespace of
the notebook, its code is put in its place, so that what it sets and uses is seen like any other:
`%time x = 1` is read as `x = 1`, and a cell under `%%time` as that cell. What is left are calls of
`get_ipython()`. Every statement keeps the number of its line.
"""

from __future__ import annotations

import ast
import functools
import re

from IPython.core import magics
from IPython.core.inputtransformer2 import TransformerManager, leading_empty_lines
from IPython.core.magic import Magics

CAPTURED = ("stdout", "stderr", "display")
PYLAB = """\
import numpy
import matplotlib
from matplotlib import pylab, mlab, pyplot
np = numpy
plt = pyplot
from pylab import *
from numpy import *
"""


class Transformer(TransformerManager):
    """IPython's transformer, which loses no line: what it draws together is filled up with blanks.

    A cell magic is left to `parse`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cleanup_transforms = [one for one in self.cleanup_transforms
                                   if one is not leading_empty_lines]
        self.line_transforms = []

    def do_one_token_transform(self, lines: list[str]) -> tuple[bool, list[str]]:
        """Replace the first piece of IPython's syntax."""
        done, new = super().do_one_token_transform(lines)
        lost = len(lines) - len(new)
        if done and lost:
            place = next((place for place, (one, other) in enumerate(zip(lines, new, strict=False))
                          if one != other), len(new) - 1)
            new = [*new[:place + 1], *["\n"] * lost, *new[place + 1:]]
        return done, new


def parse(source: str) -> list[ast.stmt]:
    """Return the statements of a cell; SyntaxError or ValueError if it cannot be read."""
    lines = (source if source.endswith("\n") else f"{source}\n").splitlines(keepends=True)
    blank = len(lines) - len(leading_empty_lines(lines)) if source.strip() else 0
    lines = lines[blank:]
    magic = bool(lines) and lines[0].startswith("%%") and not re.match(r"%%\w+\?", lines[0])
    try:
        return moved(under_magic(lines) if magic else python("".join(lines)), blank)
    except SyntaxError as error:
        if error.lineno is not None:
            error.lineno += blank
        if magic:
            raise
        words = source.split(maxsplit=1)  # IPython takes a lone line `time x = 1` for a magic
        if len(source.strip().splitlines()) == 1 and words[0] in magic_names("line"):
            return parse(f"%{source.strip()}")
        raise


def python(text: str) -> list[ast.stmt]:
    """Return the statements of a text without a cell magic."""
    try:
        plain = Transformer().transform_cell(text) if text.strip() else ""
    except RuntimeError as error:  # more magics than the transformer is ready to replace
        raise SyntaxError(str(error)) from None
    tree = ast.parse(plain)
    return Unfold().visit(tree).body


def under_magic(lines: list[str]) -> list[ast.stmt]:
    """Return the statements of a cell that begins with `%%`."""
    name, _, line = lines[0][2:].strip().partition(" ")
    line, body = line.strip(), "".join(lines[1:])
    bare = all(word.startswith("-") for word in line.split())
    if name == "capture":
        return captured(line, below(body))
    if (name in ("time", "prun") and bare) or not known_cell_magic(name):
        return below(body)
    call = f"get_ipython().run_cell_magic({name!r}, {line!r}, {body!r})"
    return ast.parse(call).body


def below(body: str) -> list[ast.stmt]:
    """Return the statements of a cell that stand below its first line."""
    try:
        return moved(parse(body), 1)
    except SyntaxError as error:
        if error.lineno is not None:
            error.lineno += 1
        raise


def captured(line: str, body: list[ast.stmt]) -> list[ast.stmt]:
    """Return what stands for `%%capture line`: the body, or a `with` that names what it prints."""
    names = [word for word in line.split() if not word.startswith("-")]
    if not names or not names[0].isidentifier() or not body:
        return body
    shown = ", ".join(str(f"--no-{one}" not in line.split()) for one in CAPTURED)
    made, = ast.parse(f"with __import__('IPython.utils.capture', fromlist=['x']).capture_output("
                      f"{shown}) as {names[0]}: pass").body
    made.body = body
    return [made]


class Unfold(ast.NodeTransformer):
    """Put the code of `%time` and `%pylab` in their place, outside of functions and classes."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """Replace a statement that is such a magic."""
        name, line = line_magic(node.value) or ("", "")
        text = {"time": line, "pylab": PYLAB}.get(name, "")
        if not text.strip() or text.startswith("-"):
            return node
        try:
            inner = parse(text)
        except (SyntaxError, ValueError):
            return node
        for one in inner:
            for part in ast.walk(one):
                if hasattr(part, "lineno"):
                    part.lineno = part.end_lineno = node.lineno
        return inner

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """Replace `y = %time f(x)`, whose value is that of the expression."""
        name, line = line_magic(node.value) or ("", "")
        if name == "time" and line.strip():
            try:
                inner = parse(line)
            except (SyntaxError, ValueError):
                return node
            if len(inner) == 1 and isinstance(inner[0], ast.Expr):
                node.value = ast.copy_location(inner[0].value, node.value)
                for part in ast.walk(node.value):
                    if hasattr(part, "lineno"):
                        part.lineno = part.end_lineno = node.lineno
        return node

    def stop(self, node: ast.AST) -> ast.AST:
        """Leave a function as it is: what a magic sets in it is not the function's."""
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = stop


def line_magic(node: ast.AST) -> tuple[str, str] | None:
    """Return name and text of `get_ipython().run_line_magic(name, text)`."""
    found = ipython_call(node)
    return (found[1], found[2]) if found and found[0] == "run_line_magic" and len(
        found) == 3 else None


def ipython_call(node: ast.AST) -> tuple[str, ...] | None:
    """Return method and arguments of `get_ipython().method("a", "b")`, all of them texts."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Call)
            and getattr(node.func.value.func, "id", None) == "get_ipython"):
        return None
    texts = [getattr(argument, "value", None) for argument in node.args]
    return (node.func.attr, *texts) if all(isinstance(one, str) for one in texts) else None


def moved(nodes: list[ast.stmt], lines: int) -> list[ast.stmt]:
    """Return the statements, further down by so many lines."""
    for node in nodes if lines else ():
        ast.increment_lineno(node, lines)
    return nodes


@functools.cache
def magic_names(kind: str) -> frozenset[str]:
    """Return the names of IPython's own magics. kind: "line" or "cell"."""
    classes = [getattr(magics, name) for name in dir(magics)]  # some are loaded when asked for
    return frozenset(name for one in classes if isinstance(one, type) and issubclass(one, Magics)
                     for name in getattr(one, "magics", {}).get(kind, {}))


SCRIPTS = frozenset({"bash", "sh", "script", "perl", "ruby", "python", "python2", "python3", "pypy",
                     "cmd", "file"})


def known_cell_magic(name: str) -> bool:
    """Return whether a magic is one whose body is not run as the notebook's own code."""
    return name in magic_names("cell") or name in SCRIPTS
