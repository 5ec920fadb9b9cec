"""Trainings of the chapters and of the solutions meet the digits in a new order in every epoch."""

import ast
import re
from pathlib import Path

from course.notebooks import read
from helpers import ROOT

CODE = re.compile(r"```python\n(.*?)\n```", re.DOTALL)
# A seeded fit on arrays repeats one order: chapter 4 shows it, and chapter 9 times single epochs.
ON_ARRAYS = {("04_basic_convnet", "np.arange(8)"), ("09_transfer_learning", "inputs")}


def programs():
    """The name of each chapter with the code of a cell or a solution that can be parsed."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in read(path).cells:
            if cell.cell_type == "code":
                yield path.stem, re.sub(r"^[%!].*", "", cell.source, flags=re.MULTILINE)
    for path in sorted((ROOT / "exercises").glob("*/*/task.md")):
        for code in CODE.findall(path.read_text(encoding="utf-8")):
            yield Path(path).parts[-3], code


def on_arrays(code):
    """The first argument of each call of Keras' `fit` that leaves the order to Keras."""
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "fit":
            options = {option.arg for option in call.keywords}
            if "verbose" in options and "shuffle" not in options:  # scikit-learn has no verbose
                yield ast.unparse(call.args[0])


def test_no_training_repeats_one_order_but_where_that_is_shown():
    assert {(name, first) for name, code in programs() for first in on_arrays(code)} == ON_ARRAYS
