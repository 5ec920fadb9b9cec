"""A plugin of pytest: where PyTorch was left out, what needs it is left out by name."""

from __future__ import annotations

import importlib.util
import json
import re
from functools import cache
from pathlib import Path

import pytest

from helpers import ROOT

IMPORTS = re.compile(r"^\s*(?:import|from) torch\b", re.MULTILINE)


def is_missing() -> bool:
    """Whether PyTorch cannot be imported here."""
    return importlib.util.find_spec("torch") is None


@cache
def needs_pytorch(notebook: Path) -> bool:
    """Whether a cell of a notebook imports PyTorch; False for a file that is no notebook."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return any(IMPORTS.search("".join(cell["source"])) for cell in cells
                   if cell["cell_type"] == "code")
    except (ValueError, KeyError, TypeError):
        return False


def left_out() -> list[str]:
    """The names of the chapters that need PyTorch, where it is missing."""
    if not is_missing():
        return []
    return sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")
                  if needs_pytorch(path))


def pytest_report_header() -> list[str]:
    """Say what is left out, on top of the run."""
    names = left_out()
    return [f"PyTorch is not installed, so these chapters are left out: {', '.join(names)}"] * bool(
        names)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave a notebook out that could not run.

    None where it could: False would end the asking, and take in what others leave out.
    """
    return True if (collection_path.suffix == ".ipynb"
                    and collection_path.stem in left_out()) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the exercises of those chapters, whose solutions would be run."""
    names = left_out()
    numbers = {int(name[:2]) for name in names}
    for item in items if names else ():
        exercise = getattr(item, "callspec", None) and item.callspec.params.get("exercise")
        if exercise and int(exercise.id.split(".")[0]) in numbers:
            item.add_marker(pytest.mark.skip(reason="PyTorch is not installed"))
