"""Which code a student wrote, and which is the course's own."""

import importlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from helpers.exercises import checks
from helpers.exercises.check import judge_part
from helpers.exercises.checks.students import OTHERS, is_open, to_array


@pytest.mark.parametrize("name", [
    "helpers.exercises.check", "helpers.networks.reader", "helpers.exercises.03_pooling.shared",
    "helpers.exercises.03_pooling.1_by_hand.judges"])
def test_helpers_and_judges_are_the_courses_own_code(name):
    path = importlib.import_module(name).__file__
    assert str(Path(path).resolve()).startswith(OTHERS)


class Failing:
    def __array__(self, *_, **__):
        raise ZeroDivisionError("division by zero")

    __repr__ = __array__


def test_an_object_that_fails_is_told_with_the_line_in_which_it_fails():
    part = judge_part("x", checks.choice("a", {"b": "no"}), Failing())
    assert part.status == "wrong"
    assert "Your own code stops" in part.message
    assert "ZeroDivisionError: division by zero" in part.message


def test_an_error_of_the_check_itself_is_not_blamed_on_the_student():
    broken = checks.number(3, misconceptions={})
    broken.expected = None  # as a mistake in a judge would leave it
    with pytest.raises(TypeError):
        judge_part("x", broken, 4)


def test_a_list_that_holds_itself_or_lies_deep_is_looked_through():
    itself = [1]
    itself.append(itself)
    assert not is_open(itself)
    deep, open_one = [1], [...]
    for _ in range(100_000):
        deep, open_one = [deep], [open_one]
    assert not is_open(deep)
    assert is_open(open_one)


@pytest.mark.parametrize(("number", "as_number"), [
    (10**400, np.inf), (-10**400, -np.inf), (Fraction(10**400), np.inf), (Decimal("sNaN"), np.nan)])
def test_a_number_beyond_floats_is_infinite_and_none_is_nan(number, as_number):
    np.testing.assert_equal(to_array([number, 1.5]), [as_number, 1.5])
