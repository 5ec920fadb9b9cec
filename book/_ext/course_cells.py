"""Change the text of a page while it is read: its Markdown, or that of each cell of a notebook."""

import json
from collections.abc import Callable

from sphinx.application import Sphinx


def is_notebook(app: Sphinx, docname: str) -> bool:
    """Return whether a page is a notebook."""
    return str(app.env.doc2path(docname)).endswith(".ipynb")


def change_cells(source: list[str], changed: Callable[[dict], str]) -> None:
    """Give each Markdown cell of a notebook the text that `changed` returns for the cell."""
    try:
        notebook = json.loads(source[0])
    except ValueError:  # the parser that comes next says what is wrong with it
        return
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = changed(cell)
    source[0] = json.dumps(notebook)
