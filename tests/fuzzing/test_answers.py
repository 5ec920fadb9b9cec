"""Any answer to any exercise: right, wrong in words, or open; and no error of the check's own."""

import contextlib
import io
import itertools
from types import SimpleNamespace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from helpers.exercises import check
from helpers.exercises.check import judge, judge_part
from helpers.exercises.checks.arrays import array, shape
from helpers.exercises.checks.functions import function
from helpers.exercises.checks.options import choice, choices
from helpers.exercises.checks.values import number, rule
from helpers.exercises.checks.verdict import RIGHT, WRONG
from helpers.exercises.reader import chapters
from tests.fuzzing.guarded import guarded
from tests.fuzzing.odd_values import arrays, values
from tests.fuzzing.profiles import examples

# Rules of later chapters, and arrays that are computed when they are needed, may load networks.
PLAIN = (number, shape, choice, choices, array)
QUICK = {(exercise.id, name): asked for chapter in chapters() for exercise in chapter.exercises
         for name, asked in exercise.asks.items()
         if (isinstance(asked, PLAIN) and not callable(getattr(asked, "given", None)))
         or (isinstance(asked, rule) and chapter.notebook < "04")}


def itself():
    """A list that holds itself."""
    one = [1, 2]
    one.append(one)
    return one


def deep():
    """Lists within lists, deeper than Python calls."""
    one = [1]
    for _ in range(100_000):
        one = [one]
    return one


class Failing:
    """Whatever is asked of it, it fails."""

    def _fail(self, *_, **__):
        raise ZeroDivisionError("this one always fails")

    __array__ = __len__ = __iter__ = __eq__ = __bool__ = __repr__ = __getitem__ = __float__ = _fail
    __hash__ = object.__hash__


class Unknown:
    """As TensorFlow's shape of an unknown number of axes."""

    def as_list(self):
        raise ValueError("as_list() is not defined on an unknown TensorShape.")


CURIOUS = [itself, deep, Failing, lambda: [Failing()], lambda: SimpleNamespace(as_list=7),
           lambda: SimpleNamespace(as_list=Failing()._fail), lambda: SimpleNamespace(detach=None),
           lambda: np.array([None, 1]), lambda: np.array([...]), lambda: {1, 2}, itertools.count,
           lambda: np.broadcast_to(np.float32(1), (10**6, 10**6)), lambda: [10**400],
           lambda: 10**400, lambda: np.array(10**400), lambda: (float("inf"), 3),
           lambda: "x" * 10**6, lambda: {1: 2}, lambda: np.zeros(3, "i4,f4"),
           lambda: np.zeros((2,) * 20), lambda: [[], [1]], Unknown]


@examples(80)
@given(st.sampled_from(sorted(QUICK)), values | arrays())
def test_any_value(where, answer):
    part = guarded(lambda: judge_part(where[1], QUICK[where], answer))
    assert part.status != WRONG or part.message


@pytest.mark.parametrize("which", range(len(CURIOUS)))
def test_curious_values(which):
    kinds = {}
    for where, asked in QUICK.items():
        kinds.setdefault(type(asked), []).append(where)
    for where in [one for found in kinds.values() for one in found[:4]]:
        part = guarded(lambda where=where: judge_part(where[1], QUICK[where], CURIOUS[which]()))
        assert part.status != RIGHT
        assert part.status != WRONG or part.message


@examples(12)
@given(values | st.sampled_from(["1.1", "99.1", "1.99", "٣.١", "3.1\n"]),
       st.lists(values, max_size=2))
def test_any_number_of_an_exercise(exercise, answers):
    with contextlib.redirect_stdout(io.StringIO()):
        guarded(lambda: check(exercise, *answers), ValueError)
        guarded(lambda: judge(exercise, *answers), ValueError)


RETURNS = [lambda value=value: value for value in (
    None, ..., 3, 10**400, "text", [1, [2]], {1: 2}, float("nan"), np.zeros(3), np.zeros((2, 2)),
    [None], object, iter([1]), 1j, np.array([], float), np.ma.masked, "\ud800")]


@pytest.mark.parametrize("given", range(len(RETURNS)))
def test_a_function_that_returns_anything(given):
    asked = function(lambda x: np.asarray(x, float) * 2, cases=[(3,), (np.arange(3),)],
                     misconceptions=[(lambda x: x, "It is not doubled.")])
    part = guarded(lambda: judge_part("f", asked, lambda x: RETURNS[given]()))
    assert part.status == WRONG
    assert part.message
