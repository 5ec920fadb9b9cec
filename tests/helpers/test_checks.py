"""What a check says to a student: right, open, or what is wrong, and that nothing can break it."""

import signal
import subprocess
import sys
import threading
import time
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import checks
from helpers.checks import limits
from helpers.checks.students import has_body, is_open

COUNT = checks.number(320, misconceptions={288: "you left out the biases"})
SHAPE = checks.shape((1, 26, 26, 32), axes=("batch", "height", "width", "filters"),
                     misconceptions={(1, 28, 28, 32): "that is with padding"})
ARRAY = checks.array([[1, 2, 3], [4, 5, 6]], misconceptions=[
    (lambda right: -right, "the sign is wrong")])


def said(judge, answer):
    """What a judge says, or "right"."""
    try:
        judge(answer)
    except checks.Wrong as wrong:
        return str(wrong)
    return "right"


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


DOUBLE = checks.function(
    lambda image: 2 * image, cases=[(np.array([1.0, 2.0]),)],
    draw=lambda random: (random.normal(size=random.integers(1, 4, size=2)),),
    misconceptions=[(lambda image: image ** 2, "you squared it")], seconds=0.5)


def fails(image):
    rows = image * 2
    return rows[len(rows)]


def never_ends(image):
    while True:
        try:  # noqa: SIM105
            image = image + 1
        except:  # noqa: E722  a student's code swallows the first interruptions
            pass


def changes(image):
    image *= 2
    return image


@pytest.mark.parametrize(("answer", "words"), [
    (lambda image: image ** 2, "you squared it"),
    (lambda image: 3 * image, "tried on image = [1., 2.]"),
    (lambda image: 2 * image if image.ndim == 1 else image, "numbers are not"),
    (lambda image: None, "returns nothing"), (lambda image: "text", "That is text"),
    (lambda image: image[:0], "Its shape is (0,)"), (lambda: 0, "could not be called"),
    (fails, "`return rows[len(rows)]`. IndexError: index 2 is out of bounds"),
    (changes, "changes the array"), (never_ends, "never ends"), (3, "A function is wanted"),
    (lambda image: exit(), "SystemExit"), (lambda image: 2 * image, "right")])
def test_a_function_is_tried_and_its_faults_are_named(answer, words):
    assert words in said(DOUBLE, answer)


def test_an_error_below_the_students_code_is_told_at_their_line():
    def answer(image):
        return np.concatenate([image, np.zeros((2, 2, 2))])

    message = said(DOUBLE, answer)
    assert "`return np.concatenate([image, np.zeros((2, 2, 2))])`" in message
    assert "ValueError" in message


@pytest.mark.parametrize("way", [limits.by_timer, limits.by_thread])
def test_an_endless_loop_is_stopped_in_either_way(way):
    begin = time.perf_counter()
    with pytest.raises(limits.TimeUp):
        way(never_ends, (np.zeros(1),), 0.3)
    assert time.perf_counter() - begin < 5
    assert way(lambda one: one + 1, (1,), 1.0) == 2
    with pytest.raises(ZeroDivisionError):
        way(lambda one: one / 0, (1,), 1.0)


def hides_in_try(image):
    while True:
        try:  # noqa: SIM105
            sum(range(200_000))  # the interruption nearly always comes here
        except:  # noqa: E722
            pass


def test_a_loop_that_swallows_nearly_every_interruption_is_stopped():
    begin = time.perf_counter()
    with pytest.raises(limits.TimeUp):
        limits.by_timer(hides_in_try, (0,), 0.1)
    assert time.perf_counter() - begin < 30


def test_a_limit_within_a_limit_leaves_the_outer_one():
    def outer():
        with pytest.raises(limits.TimeUp):
            limits.by_timer(never_ends, (0,), 0.1)
        assert limits.by_timer(lambda: 5, (), 0.1) == 5
        never_ends(0)

    begin = time.perf_counter()
    with pytest.raises(limits.TimeUp):
        limits.by_timer(outer, (), 0.6)
    assert 0.5 < time.perf_counter() - begin < 10
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_the_limit_works_outside_the_main_thread():
    found = []
    thread = threading.Thread(target=lambda: found.append(said(DOUBLE, never_ends)))
    thread.start()
    thread.join(10)
    assert "never ends" in found[0]


def test_a_model_is_scored():
    judge = checks.model(score=lambda model: model(1), at_least=0.9, below="Train for longer.",
                         requirements=[(lambda model: model(0) == 0, "it must give 0 for 0")])
    assert said(judge, lambda x: x) == "right"
    assert said(judge, lambda x: x / 2).startswith("It scores 0.500, and at least 0.9 is wanted")
    assert said(judge, lambda x: 1) == "it must give 0 for 0"
    assert said(judge, lambda x: x * float("nan")) == "it must give 0 for 0"
    assert "A model is wanted" in said(judge, 3)
    assert "ZeroDivisionError" in said(judge, lambda x: x / 0)


def test_a_keras_model_is_scored():
    keras = pytest.importorskip("keras")
    images, labels = np.eye(4, dtype="float32"), np.arange(4)
    judge = checks.model(
        score=lambda model: (model.predict(images, verbose=0).argmax(axis=1) == labels).mean(),
        at_least=0.9, below="Does it look at its input?", requirements=[
            (lambda model: model.count_params() <= 20, "it has too many parameters")])

    def dense(weights):
        network = keras.Sequential([keras.Input((len(weights),)), keras.layers.Dense(4)])
        network.set_weights([np.asarray(weights, dtype="float32"), np.zeros(4)])
        return network

    assert said(judge, dense(np.eye(4))) == "right"
    assert said(judge, dense(np.zeros((4, 4)))).startswith("It scores 0.250, and at least 0.9")
    assert said(judge, dense(np.eye(8)[:, :4])) == "it has too many parameters"
    assert "Error" in said(judge, dense(np.eye(3, 4)))


def test_check_prints_and_never_fails(capsys):
    checks.check("1.4", 1, 2)
    assert "asks for 4" in capsys.readouterr().out
    checks.check("1.4", (28, 28, 64), ..., 5, None)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1.4:"
    assert lines[1] == "  output_shape: right."
    assert lines[2] == "  weight_count: not answered yet."
    assert lines[3].startswith("  multiplication_count: not yet.")
    with pytest.raises(ValueError, match="there is no exercise"):
        checks.check("1.99", 1)


def test_tensors_count_as_arrays():
    torch = pytest.importorskip("torch")
    assert said(ARRAY, torch.tensor([[1.0, 2, 3], [4, 5, 6]], requires_grad=True)) == "right"


def test_checks_start_without_the_large_libraries():
    code = ("import sys, helpers.checks, helpers.exercises; helpers.exercises.chapter(1);"
            "print([name for name in ('tensorflow', 'torch', 'keras') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
