"""Read a notebook that was handed in, of whatever version and however its file was written.

What can be read is given in one form, that of nbformat 4. What cannot is refused with a sentence
that says what the file is and what to do about it.
"""

from __future__ import annotations

import json
from typing import Any

from course.grade.hand_ins.decoding import File, NoNotebook, as_text, read_bytes, what_is_wrong

NEWEST = 4  # the major version of nbformat that is handed on


def read_notebook(path: File) -> dict[str, Any]:
    """Return a notebook of any version as a plain dict of nbformat 4.4, without its outputs.

    Every cell has a type, a text and metadata; what is no cell is left out. Raises NoNotebook.
    """
    text = as_text(read_bytes(path))
    try:
        notebook = json.loads(text)
    except RecursionError:
        raise NoNotebook("its brackets are nested too deep") from None
    except ValueError as error:
        raise NoNotebook(*what_is_wrong(text, error)) from None
    if not isinstance(notebook, dict):
        raise NoNotebook(f"it is JSON, but a {type(notebook).__name__} where a notebook has an "
                         f"object")
    cells = (upgraded(notebook) if version(notebook) < NEWEST else notebook).get("cells")
    if not isinstance(cells, list):
        raise NoNotebook("it is JSON, but it has no list of cells")
    metadata = notebook.get("metadata")
    return {"nbformat": NEWEST, "nbformat_minor": 4,  # the last one whose cells need no id
            "metadata": metadata if isinstance(metadata, dict) else {},
            "cells": [normal_cell(cell) for cell in cells if isinstance(cell, dict)]}


def version(notebook: dict[str, Any]) -> int:
    """Return the major version of nbformat: as it says, or else by the form of what is there."""
    cells, sheets = notebook.get("cells"), notebook.get("worksheets")
    try:
        major = int(notebook.get("nbformat"))
    except (TypeError, ValueError, OverflowError):
        major = 1 if isinstance(cells, list) and any(
            isinstance(cell, dict) and "code" in cell and "source" not in cell
            for cell in cells) else NEWEST
    if major > NEWEST:
        raise NoNotebook(f"it is of nbformat {major}, newer than the {NEWEST} that is known here",
                         "Ask for it saved by the course's own JupyterLab, or update the course.")
    if major < 1:
        raise NoNotebook(f"it says that it is of nbformat {major}, which there never was")
    if major == 1:
        return major
    return NEWEST if isinstance(cells, list) or (major == NEWEST and not sheets) else min(major, 3)


def upgraded(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook of nbformat 1 to 3 in the form of nbformat 4, by nbformat's converter."""
    import nbformat  # takes longer to import than all else here, and is seldom needed

    major = version(notebook)
    sheets = [{"cells": notebook.get("cells")}] if major == 1 else notebook.get("worksheets")
    if not isinstance(sheets, list):
        raise NoNotebook(f"it is of nbformat {major}, but it has no worksheets")
    kept = [{"cells": [old_cell(cell, major) for cell in sheet["cells"] if isinstance(cell, dict)],
             "metadata": {}} for sheet in sheets
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)]
    old = {"nbformat": major, "nbformat_minor": 0, "metadata": {}, "worksheets": kept}
    if major == 1:
        old["cells"] = [cell for sheet in old.pop("worksheets") for cell in sheet["cells"]]
    try:
        node = nbformat.versions[major].to_notebook_json(old, minor=0)
        return nbformat.convert(node, NEWEST)
    except Exception as error:
        raise NoNotebook(f"it is of nbformat {major} and cannot be converted ({error})",
                         "Ask for it saved by a JupyterLab of today.") from None


def old_cell(cell: dict[str, Any], major: int) -> dict[str, Any]:
    """Return a cell of nbformat 1 to 3 with all that the converter takes for granted."""
    kept = {key: joined(cell[key]) for key in ("input", "source", "code", "text") if key in cell}
    metadata = cell.get("metadata")
    if isinstance(cell.get("level"), int):
        kept["level"] = min(max(cell["level"], 1), 6)  # the converter writes so many "#"
    kind, others = str(cell.get("cell_type") or "code").lower(), "text" if major == 1 else "raw"
    known = ("code", others) if major == 1 else ("code", "markdown", "heading", "html")
    return {**kept, "cell_type": kind if kind in known else others, "outputs": [],
            "language": "python", "metadata": metadata if isinstance(metadata, dict) else {}}


def normal_cell(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell of nbformat 4 with a type, a text and metadata, whatever was there."""
    kind = str(cell.get("cell_type") or "code").lower()
    kind = kind if kind in ("code", "markdown") else "raw"
    metadata = cell.get("metadata")
    metadata = dict(metadata) if isinstance(metadata, dict) else {}
    if not isinstance(metadata.get("course", {}), dict):
        del metadata["course"]
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": metadata, "source": joined(cell.get("source")), **code}


def joined(source: Any) -> str:
    """Return the text of a cell, given whole or in lines, also in lines without their ends."""
    if isinstance(source, list):
        lines = [line for line in source if isinstance(line, str)]
        ended = any(line.endswith(("\n", "\r")) for line in lines[:-1])
        source = ("" if ended or len(lines) < 2 else "\n").join(lines)
    if not isinstance(source, str):
        return ""
    # Half of a pair of surrogates is no character, and no file or compiler takes it.
    whole = source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\r\n", "\n").replace("\r", "\n")
