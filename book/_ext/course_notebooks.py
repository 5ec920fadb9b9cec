"""Refuse a chapter that is not ready to be read: the book shows what is stored, and runs nothing."""

import json

from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


def faults(notebook: dict) -> list[str]:
    """Say what is wrong with the stored state of a notebook's code cells, in reading order."""
    found = []
    code_cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code_cells, start=1):
        if cell["execution_count"] is None and "".join(cell["source"]).strip():
            found.append(f"code cell {number} was never run")
        metadata = cell["metadata"]
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                found.append(f"code cell {number} stores an error: {output['ename']}")
            hidden = {"remove-cell", "remove-output"} & set(metadata.get("tags", []))
            drawn = any(kind.startswith("image/") for kind in output.get("data", {}))
            if drawn and not hidden and not metadata.get("mystnb", {}).get("image", {}).get("alt"):
                found.append(f"code cell {number} draws a figure without alt text")
    return found


def check(app: Sphinx, docname: str, source: list[str]) -> None:
    """Warn about each fault, which ends a build that takes warnings for errors."""
    if app.env.doc2path(docname).endswith(".ipynb"):
        for fault in faults(json.loads(source[0])):
            logger.warning("%s", fault, location=docname, type="course", subtype="notebook")


def setup(app: Sphinx) -> dict:
    """Look at each notebook's text before it is parsed."""
    app.connect("source-read", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
