"""What a check says of a number, a shape, an array: right, open, or what is wrong."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.exercises import checks
from helpers.exercises.checks.students import has_body, is_open
from tests.helpers.exercises.judges import ARRAY, said

COUNT = checks.number(320, misconceptions={288: "you left out the biases"})

SHAPE = checks.shape((1, 26, 26, 32), axes=("batch", "height", "width", "filters"),
                     misconceptions={(1, 28, 28, 32): "that is with padding"})


@pytest.mark.parametrize("answer", [320, 320.0, np.int64(320), np.float32(320), np.array(320),
                                    np.array([320]), [320]])
def test_a_number_is_right_in_every_form(answer):
    assert said(COUNT, answer) == "right"


@pytest.mark.parametrize(("answer", "words"), [
    (288, "biases"), (321, "not the number"), (320.5, "whole number"), (True, "True or False"),
    ("320", "text"), ([1, 2], "you gave 2"), ({}, "dict"), (float("nan"), "nan"),
    (float("inf"), "inf"), (len, "numbers are wanted"), (3j, "dtype")])
def test_a_number_is_refused_with_a_reason(answer, words):
    assert words in said(COUNT, answer)


@given(st.integers())
def test_only_the_number_itself_is_right(answer):
    assert (said(COUNT, answer) == "right") == (answer == 320)


@given(st.floats(-10, 10))
def test_tolerance_is_what_it_says(answer):
    judge = checks.number(0.5, within=0.01, misconceptions={})
    assert (said(judge, answer) == "right") == (abs(answer - 0.5) <= 0.01 * (1 + 1e-9))


@pytest.mark.parametrize("answer", [np.exp(np.log(64)), sum([0.1] * 640), 64 + 3e-7])
def test_a_whole_number_is_right_up_to_rounding(answer):
    judge = checks.number(64, misconceptions={})
    assert answer != 64
    assert said(judge, answer) == "right"
    assert "whole number" in said(judge, 64.001)


@pytest.mark.parametrize("answer", [(2, 2), [2, 2], np.array([2, 2]), 2])
def test_a_stride_may_be_written_as_a_pair(answer):
    judge = checks.number(2, misconceptions={4: "four"}, pair=True)
    assert said(judge, answer) == "right"
    assert said(judge, (4, 4)) == "four"
    assert "you gave 2" in said(judge, (2, 1))


@pytest.mark.parametrize(("given", "right"), [
    ([1 - 0.1 * 10, 0.3 - 0.1 * 3], True), (np.float32([1, 1]) - np.float32(0.99999994), True),
    ([0, 1e-4], False)])
def test_zeros_are_right_up_to_rounding(given, right):
    judge = checks.array([0, 0], misconceptions=[])
    assert (said(judge, given) == "right") == right


def test_judges_that_cannot_be_right_are_refused():
    with pytest.raises(ValueError, match="within"):
        checks.number(0.5, misconceptions={})
    with pytest.raises(ValueError, match="counts as right"):
        checks.number(0.5, within=0.1, misconceptions={0.55: "near"})
    with pytest.raises(ValueError, match="names of axes"):
        checks.shape((1, 2), axes=("one",), misconceptions={})
    with pytest.raises(ValueError, match="both right and wrong"):
        checks.choice("a", {"A ": "no"})


class Always(float):
    """A number that says it is equal to everything."""

    def __eq__(self, other):
        return True

    __hash__ = None

    def __sub__(self, other):
        return 0

    __rsub__ = __sub__


def test_an_answer_cannot_declare_itself_equal():
    assert said(COUNT, Always(3)) != "right"
    assert said(SHAPE, [Always(3)] * 4) != "right"
    assert said(checks.choice("a", {"b": "no"}), Always(3)) != "right"


@pytest.mark.parametrize(("answer", "words"), [
    ((26, 26, 32), "batch axis missing"), ((1, 32, 26, 26), "order"), ((1, 28, 28, 32), "padding"),
    ((1, 26, 25, 32), "width"), ((1, 2), "has 4 axes"), ("abc", "str"), (26, "yours has 1"),
    (np.zeros((1, 26, 26, 32)), "not the array itself"), ((1, 2.5, 3, 4), "whole numbers"),
    ((float("nan"), 26, 26, 32), "whole numbers"), ((1, float("inf"), 26, 32), "whole numbers"),
    ((None, 26, 26, 32), "batch of any size")])
def test_a_shape_is_refused_axis_by_axis(answer, words):
    assert words in said(SHAPE, answer)


def test_a_huge_size_is_no_error_of_the_check():
    assert "height" in said(SHAPE, (1, 10**400, 26, 32))


@pytest.mark.parametrize("answer", [(1, 26, 26, 32), [1, 26, 26, 32], np.array([1, 26, 26, 32]),
                                    np.array([1, 26, 26, 32], np.float32)])
def test_a_shape_is_right_in_every_form(answer):
    assert said(SHAPE, answer) == "right"


@pytest.mark.parametrize(("answer", "words"), [
    ([[1, 2], [3]], "different lengths"), ([[-1, -2, -3], [-4, -5, -6]], "sign"),
    ([[1, 4], [2, 5], [3, 6]], "another order"), ([1, 2, 3], "has 1 axes"),
    ([[1, 2, 3], [4, 9, 6]], "1 of 6 numbers are not, the first at [1, 1]"),
    ([[1, 2, 3], [4, float("nan"), 6]], "nan"), ("abc", "text")])
def test_an_array_is_refused_with_a_reason(answer, words):
    assert words in said(ARRAY, answer)


@pytest.mark.parametrize("answer", [Fraction(1, 4), Decimal("0.25"), [Fraction(1, 4)]])
def test_fractions_and_decimals_are_numbers(answer):
    assert said(checks.number(0.25, within=0.001, misconceptions={}), answer) == "right"
    assert said(checks.array([0.25], misconceptions=[]), [Fraction(1, 4)]) == "right"


def test_a_percentage_is_told_from_a_share():
    judge = checks.number(0.5467, within=0.001, misconceptions={})
    for answer in (54.67, 55):
        assert "not a percentage" in said(judge, answer)
    for answer in (0.55, 70):
        assert "not the number" in said(judge, answer)


@pytest.mark.parametrize(("given", "words"), [
    (4, "a list or an array is wanted"), ([[True, False]], "has 2 axes")])
def test_a_number_in_the_place_of_an_array_is_named(given, words):
    assert words in said(checks.array([1, 2], misconceptions=[]), given)


def test_an_answer_is_not_changed():
    answer = np.arange(6.0)
    before = answer.copy()
    said(checks.array(np.zeros(6), misconceptions=[]), answer)
    np.testing.assert_array_equal(answer, before)


@pytest.mark.parametrize("answer", [None, ..., (1, ...), [[..., 1]], np.array([..., 1])])
def test_dots_and_nothing_are_no_answer(answer):
    assert is_open(answer)


def test_none_within_an_answer_is_an_answer():
    assert not is_open((None, 26, 26, 32))
    assert "None, which is no number" in said(ARRAY, [[1, 2, None], [4, 5, 6]])


def test_a_function_without_a_body_is_no_answer():
    def empty(image):
        ...

    def described(image):
        """Only a text."""

    def dots(image):
        return ...

    def full(image):
        return image

    assert not any(map(has_body, (empty, described, dots)))
    assert has_body(full)
    assert has_body(lambda: 0)
