"""What a check says of a choice: which forms count as the option, and what is wrong or missing."""

import itertools

import numpy as np
import pytest

from helpers.exercises import checks
from tests.helpers.exercises.judges import said

ONE = checks.choice("ready-made", {"never": "suppose they are given", "deep": "however many"})
TWO = checks.choices(missing={"max pooling": "a maximum", "relu": "cut at zero"},
                     wrong={"flatten": "only in another order"})
NESTED = []
for _ in range(100_000):
    NESTED = [NESTED]


@pytest.mark.parametrize("answer", ["ready made", "Ready_made", " ready-made. ", "'ready-made'",
                                    ["ready-made"], ("ready-made",), {"ready-made"},
                                    np.array("ready-made"), np.array(["ready-made"])])
def test_an_option_is_right_in_every_form(answer):
    assert said(ONE, answer) == "right"


@pytest.mark.parametrize(("answer", "words"), [
    (["deep"], "however many"), (["ready-made", "deep"], "Choose one of"), ([], "Choose one of"),
    ("made", "Choose one of"), ("ready-made, deep", "Choose one of")])
def test_an_option_is_refused_with_a_reason(answer, words):
    assert words in said(ONE, answer)


def test_a_sign_is_no_hyphen():
    assert said(checks.choice("-1", {"1": "the sign"}), "1") == "the sign"


@pytest.mark.parametrize("answer", [["relu", "max_pooling"], "relu, max pooling",
                                    "ReLU and max-pooling", "max pooling;relu",
                                    np.array(["relu", "max pooling"]), {"relu", "max pooling"}])
def test_several_options_are_right_in_every_form(answer):
    assert said(TWO, answer) == "right"


@pytest.mark.parametrize(("answer", "words"), [
    ("relu", "a maximum"), ("relu, flatten", "another order"), ("relu, pooling", "Choose among")])
def test_several_options_in_a_text_are_refused_with_a_reason(answer, words):
    assert words in said(TWO, answer)


def test_choices_name_what_is_missing_and_what_is_too_much():
    judge = checks.choices(missing={"a": "a is missing", "b": "b is missing"},
                           wrong={"c": "c does not belong"})
    assert said(judge, {"B", "a"}) == "right"
    assert said(judge, "a") == "b is missing"
    assert said(judge, np.array("a")) != "right"  # no axes to go through
    assert said(checks.choice("1, 2", {"2, 1": "turned"}), "1,2") == "right"
    assert said(judge, ["a", "b", "c"]) == "c does not belong"
    assert "Choose among" in said(judge, 5)
    assert "Choose one of" in said(checks.choice("a", {"b": "no"}), "z")


@pytest.mark.parametrize("answer", [10**400, [10**400], itertools.count(), NESTED],
                         ids=["huge", "huge in a list", "without end", "nested"])
def test_what_no_option_can_be_is_refused(answer):
    assert "Choose one of" in said(ONE, answer)
    assert "Choose among" in said(TWO, answer)
