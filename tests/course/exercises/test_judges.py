"""No mistake is named twice: the first of two equal keys would never be said."""

import ast
import inspect
import sys

import pytest

from helpers.exercises import chapters

EXERCISES = [one for chapter in chapters() for one in chapter.exercises]


def equal_keys(text, names):
    """The keys of each dictionary in a text that have the same value."""
    for found in (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Dict)):
        seen = {}
        for key in filter(None, found.keys):
            try:
                value = eval(compile(ast.Expression(key), "key", "eval"), dict(names))
                first = seen.setdefault(value, key)
            except (NameError, TypeError):  # of a function's own, or not to be hashed
                continue
            if first is not key:
                yield f"{ast.unparse(first)} == {ast.unparse(key)}"


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_each_known_mistake_has_its_own_answer(exercise):
    module = judges(exercise)
    assert not list(equal_keys(inspect.getsource(module), vars(module)))


def judges(exercise):
    """The module in which the judges of an exercise stand."""
    found = [module for name, module in sys.modules.items() if name.endswith(".judges")
             and getattr(module, "ASKS", None) is exercise.asks]
    return found[0]


def test_equal_keys_are_found():
    assert list(equal_keys("A = 2\n{2 * A: 'a', 4: 'b', 5: 'c'}", {"A": 2})) == ["2 * A == 4"]
