"""What a check says of functions and models, and that nothing can break it."""

import signal
import threading
import time

import numpy as np
import pytest

from helpers import exercises
from helpers.exercises import checks
from helpers.exercises.checks import limits
from tests.helpers.exercises.judges import ARRAY, said

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


EVEN = checks.function(lambda n: n % 2 == 0, cases=[(2,), (3,)],
                       misconceptions=[(lambda n: True, "not every number is even")])


@pytest.mark.parametrize(("answer", "words"), [
    (lambda n: n == 2, "right"), (lambda n: n % 2, "It says False where it should not. It was"),
    (lambda n: n > 2, "It says False where it should not. It was tried on n = 2."),
    (lambda n: np.True_, "not every number is even"), (lambda n: 7, "The number is not right"),
    (lambda n: [True, False], "a whole array")])
def test_a_wrong_true_or_false_is_not_called_a_number(answer, words):
    assert words in said(EVEN, answer)


ZEROS = checks.function(lambda row: np.flatnonzero(row == 0), cases=[(np.array([3, 0, 1, 0]),)],
                        misconceptions=[(lambda row: np.flatnonzero(row), "not zero")],
                        any_order=True)


@pytest.mark.parametrize("answer", [
    lambda row: {1, 3}, lambda row: [3, 1], lambda row: np.where(row == 0),
    lambda row: np.argwhere(row == 0), lambda row: np.float32([1, 3])])
def test_where_the_order_tells_nothing_every_order_is_right(answer):
    assert said(ZEROS, answer) == "right"
    assert "numbers are not" in said(checks.function(
        ZEROS.reference, cases=ZEROS.cases, misconceptions=[]), lambda row: [3, 1])


@pytest.mark.parametrize(("answer", "words"), [
    (lambda row: {0, 2}, "not zero"), (lambda row: [1], "Its shape is (1,)"),
    (lambda row: (place for place in (1, 3)), "That is a generator")])
def test_a_collection_is_refused_with_a_reason(answer, words):
    assert words in said(ZEROS, answer)


def test_an_array_of_one_is_the_number_that_is_wanted():
    judge = checks.function(lambda x: 2 * x, cases=[(3,)], misconceptions=[(lambda x: x, "once")])
    assert said(judge, lambda x: np.array([6.0])) == "right"
    assert said(judge, lambda x: [3]) == "once"


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
    exercises.check("1.4", 1, 2)
    assert "asks for 5" in capsys.readouterr().out
    exercises.check("1.4", (28, 28, 64), ..., 5, None, None)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1.4:"
    assert lines[1] == "  output_shape: right."
    assert lines[2] == "  weight_count: not answered yet."
    assert lines[3].startswith("  multiplication_count: not yet.")
    with pytest.raises(ValueError, match="there is no exercise"):
        exercises.check("1.99", 1)


def test_tensors_count_as_arrays():
    torch = pytest.importorskip("torch")
    assert said(ARRAY, torch.tensor([[1.0, 2, 3], [4, 5, 6]], requires_grad=True)) == "right"
