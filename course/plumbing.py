"""Cells that only serve the page, folded in every program that shows notebooks.

The book removes what is tagged `remove-cell` and the code of what is tagged `remove-input`.
JupyterLab folds by `source_hidden`; Colab shows the first line's title and folds by `cellView`.
"""

from __future__ import annotations

import ast

import nbformat

SET_UP_TAG = "set-up"
TITLES = {"remove-cell": "#@title Behind the text: its numbers and tests",
          "remove-input": "#@title Behind the output below"}


def tags(cell: nbformat.NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return cell.metadata.get("tags", [])


def is_plumbing(cell: nbformat.NotebookNode) -> bool:
    """Return whether a cell of code is left out of the book, the set-up aside."""
    return (cell.cell_type == "code" and "remove-cell" in tags(cell)
            and SET_UP_TAG not in tags(cell))


def fold(notebook: nbformat.NotebookNode) -> None:
    """Give each cell whose code the book does not show its title, and fold it."""
    for cell in notebook.cells:
        title = next((title for tag, title in TITLES.items() if tag in tags(cell)), None)
        if cell.cell_type == "code" and title:
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.metadata["cellView"] = "form"
            if not cell.source.startswith("#@title "):
                cell.source = f"{title}\n{cell.source}"


def without_tests(source: str) -> str:
    """Return a cell's code without its assertions, and "" if it holds nothing else.

    Only those that stand at the margin go: what a loop or a function asserts stays.
    """
    lines = source.splitlines()
    kept = dict(enumerate(lines, start=1))
    statements = ast.parse(source).body
    tests = [one for one in statements if asserts(one)]
    for one in tests:
        for number in range(one.lineno, one.end_lineno + 1):
            kept.pop(number, None)
    return "\n".join(kept.values()) if len(tests) < len(statements) else ""


def asserts(statement: ast.stmt) -> bool:
    """Return whether a statement is an assertion, of Python or of numpy.testing."""
    return isinstance(statement, ast.Assert) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        and ast.unparse(statement.value.func).startswith("np.testing.assert"))
