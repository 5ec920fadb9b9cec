"""A plugin of pytest: the figures that a notebook draws are those that it stores.

nbval 0.11 leaves pictures out before it compares, so any stored one would pass. What a training
drew, or a clock, differs from one run to the next, and is only held to be as many and about as
large.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.grade.analysis.scopes import DEFINITIONS
from course.grade.analysis.slicing import needed, statements
from course.grade.analysis.statement import Statement
from course.notebooks import read
from helpers.data import load_mnist
from tests.running.likeness import decoded, difference

PNG = "image/png"
IGNORED = "nbval-ignore-output"
LEARNS = {"fit", "fit_transform", "train_on_batch", "backward", "apply_gradients", "watch_training"}
CLOCKS = {"perf_counter", "process_time", "monotonic"}
LOADS = "load_mnist"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Fail a cell that has run, and whose pictures are not those that are stored."""
    result = yield
    if hasattr(item, "raise_cell_error") and item.test_outputs is not None:
        for fault in faults(item):
            item.raise_cell_error(f"A stored figure is not what the cell draws: {fault}")
    return result


def faults(item) -> Iterator[str]:
    """Yield what is wrong with the pictures of a cell of nbval."""
    if item.cell.execution_count is None:
        return
    stored, drawn = pictures(item.cell.outputs), pictures(item.test_outputs)
    if len(stored) != len(drawn):
        yield f"{len(drawn)} drawn, {len(stored)} stored"
        return
    for number, (kept, new) in enumerate(zip(stored, drawn, strict=True)):
        if kept == new:
            continue
        closely = not varies(item.parent.path, item.cell_num)
        if found := difference(decoded(kept), decoded(new), closely=closely):
            yield f"number {number}, {found}"


def pictures(outputs) -> list[str]:
    """Return the pictures among outputs, in order."""
    return [output["data"][PNG] for output in outputs if PNG in output.get("data", {})]


def varies(path: Path, number: int) -> bool:
    """Return whether a code cell may draw a training, a clock, or digits that are not at hand."""
    return number in varying(path, full_data())


@functools.cache
def full_data() -> bool:
    """Return whether the digits are those that the stored figures were drawn from."""
    return load_mnist().is_full


@functools.cache
def varying(path: Path, full: bool) -> frozenset[int]:
    """Return the code cells, counted from 0, that draw a training, a clock or absent digits."""
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    found = statements(tuple((number, cell.source) for number, cell in enumerate(cells)))
    ignored = {number for number, cell in enumerate(cells)
               if IGNORED in cell.metadata.get("tags", [])}
    loose = {place for place, one in enumerate(found)
             if learns(one) or (not full if loads(one) else one.cell in ignored and computes(one))}
    drawing = {number for number, cell in enumerate(cells) if pictures(cell.outputs)}
    return frozenset(number for number in drawing if number in ignored or loose.intersection(
        needed(found, [], [place for place, one in enumerate(found) if one.cell == number],
               len(found))))


def called(one: Statement) -> Iterator[ast.Call]:
    """Yield the calls in a statement, those in the functions that it defines included."""
    return (node for node in ast.walk(one.node) if isinstance(node, ast.Call))


def computes(one: Statement) -> bool:
    """Return whether a statement calls something as it runs, and not only defines what does."""
    return not isinstance(one.node, DEFINITIONS) and any(called(one))


def learns(one: Statement) -> bool:
    """Return whether a statement trains or looks at a clock, or defines what does."""
    return any(getattr(call.func, "attr", getattr(call.func, "id", None)) in LEARNS | CLOCKS
               for call in called(one))


def loads(one: Statement) -> bool:
    """Return whether a statement takes the digits that are at hand, be they all or few."""
    return any(LOADS in (getattr(call.func, "attr", None), getattr(call.func, "id", None))
               and not call.keywords for call in called(one))
