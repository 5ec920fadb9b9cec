"""What a cell calls to bind its numbers to the text, and what a student's own run shows."""

from __future__ import annotations

import functools
import json
import math
import numbers
import os
import re
from collections.abc import Mapping
from pathlib import Path

from helpers.data.numbers.sentences import in_this_run
from helpers.data.numbers.spans import DIFFERS, MIME

MARK = re.compile(r'data-number=\\"(\w+)')  # as a span begins in the file
_known: dict[str, int | float | str] = {}  # all numbers of this kernel: one notebook's


def page_numbers(*several: Mapping[str, object], **values: object) -> None:
    """Store numbers (or words) under the names by which the notebook's text shows them.

    In a notebook the values go into the cell's output. Where they differ from what the text of the
    notebook says, the sentences are shown as this run would have them; where nothing differs,
    nothing is shown. TypeError for a value that is neither number nor text, ValueError for a name
    that the text could not use.
    """
    told = {identifier(name): plain(name, value) for some in (*several, values)
            for name, value in some.items()}
    shell = running_shell()
    if shell is None:
        return
    from IPython.display import display
    display({MIME: told}, raw=True)
    _known.update(told)
    try:
        said = in_this_run(own_page(set(_known)), told, _known)
    except Exception:  # the text is read as a service: no fault in it may stop a reader's cell
        said = ""
    if said:
        display({"text/markdown": said, "text/plain": said}, metadata={"course": DIFFERS}, raw=True)


def identifier(name: object) -> str:
    """Return a name as the text uses it: "max 2x2" becomes "max_2x2"."""
    said = str(name).replace(" ", "_").replace("-", "_")
    if not said.isidentifier():
        raise ValueError(f"a number's name has letters, digits and underscores, not {name!r}")
    return said


def plain(name: object, value: object) -> int | float | str:
    """Return a value as JSON can hold it: a number of NumPy becomes one of Python."""
    if getattr(value, "shape", None) == () and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be one number or a text, not {type(value).__name__}")
    if isinstance(value, numbers.Integral):
        return int(value)
    return float(value) if math.isfinite(value) else str(float(value))  # JSON has no nan


def running_shell() -> object | None:
    """Return IPython's shell if a notebook's kernel runs this, else None."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    shell = get_ipython()
    return shell if getattr(shell, "kernel", None) is not None else None


def own_page(names: set[str]) -> Mapping | None:
    """Return the notebook in the working folder that runs here: the one that uses these names.

    Of two that use as many, the one that the front end names counts, then the first by name. None
    if there is none.
    """
    here = Path(os.environ.get("JPY_SESSION_NAME", "")).name
    found = []
    for path in sorted(Path.cwd().glob("*.ipynb")):
        try:
            used = len(names & names_in(path, path.stat().st_mtime_ns))
        except (OSError, UnicodeError):
            continue
        if used:
            found.append((used, path.name == here, path))
    if not found:
        return None
    chosen = max(found, key=lambda one: one[:2])[2]  # the first of those that are alike
    return json.loads(chosen.read_text(encoding="utf-8"))


@functools.cache
def names_in(path: Path, changed: int) -> frozenset[str]:
    """Return the names that the text of a file uses, as it was when it was last changed."""
    return frozenset(MARK.findall(path.read_text(encoding="utf-8")))
