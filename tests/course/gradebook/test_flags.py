"""Flags, not verdicts: equal answers, the course's own modules, answers that equal everything."""

import pytest

from course.grade.hand_ins.files import Submission
from course.gradebook.attempts import attempts_of, choose
from course.gradebook.flags import flags_of
from course.gradebook.roster import read_roster
from helpers.exercises import find
from tests.course.gradebook.class_of import graded, put, roster

LONG = '''def mirrored(kernel):
    """Turn it."""
    rows = len(kernel)
    turned = [[kernel[rows - 1 - r][c] for c in range(rows)] for r in range(rows)]
    total = sum(sum(row) for row in turned)
    return [[value / total for value in row] for row in turned]

'''
OTHER = LONG.replace("rows", "n").replace("turned", "out").replace("mirrored", "flip").replace(
    '"""Turn it."""', '"""My own."""').replace("kernel", "k")
DIFFERENT = LONG.replace("rows - 1 - r", "r").replace("value / total", "value + total * 2")


def flags(tmp_path, answers):
    """What is found in the hand-ins of S1, S2 and S3: (kind, students)."""
    students = read_roster(roster(tmp_path))
    found = [Submission(f"S{place}.ipynb", put(tmp_path / "in", f"S{place}.ipynb", answer))
             for place, answer in enumerate(answers, start=1)]
    attempts = attempts_of(found, [graded(one.name) for one in found], students, {})
    choose(attempts, "best", lambda one: 0)
    return {(one.kind, one.exercise, tuple(who.number for who in one.students))
            for one in flags_of(attempts)}


def answer(code):
    return {"1.3": code + find("1.3").start}


def test_equal_to_the_letter_and_after_renaming(tmp_path):
    assert flags(tmp_path, [answer(LONG), answer(OTHER), answer(DIFFERENT)]) == {
        ("equal after renaming", "1.3", ("S1", "S2"))}
    assert ("equal", "1.3", ("S1", "S3")) in flags(
        tmp_path, [answer(LONG), answer(DIFFERENT), answer(LONG)])


def test_starting_cells_and_short_answers_are_nothing(tmp_path):
    short = {"1.4": "output_shape = (30, 30, 64)\nweight_count = 1\nmultiplication_count = 1\n"
                    "dense_weight_count = 2\nmost_filters = 3"}
    assert flags(tmp_path, [{}, {}, {}]) == set()
    assert flags(tmp_path, [short, short]) == set()


@pytest.mark.parametrize("code", [
    "import helpers.exercises.reader\n", "from helpers.exercises import find\n",
    "from course.grade import outcomes\n", "text = open('../exercises/x/judges.py').read()\n",
    "import importlib\nm = importlib.import_module('helpers.exercises.reader')\n"])
def test_reading_the_checks_is_seen(code, tmp_path):
    assert ("reads the course's exercises or checks", "", ("S1",)) in flags(
        tmp_path, [answer(code)])


def test_an_answer_that_equals_everything_is_seen(tmp_path):
    every = "class Any:\n    def __eq__(self, other):\n        return True\n"
    assert ("an answer may equal everything", "", ("S1",)) in flags(tmp_path, [answer(every)])


def test_the_courses_own_cells_and_its_check_are_nothing(tmp_path):
    assert flags(tmp_path, [answer("from helpers.exercises import check\n")]) == set()


def test_the_courses_solution_is_seen(tmp_path):
    long = next(one for one in ("1.3", "1.5", "1.6", "1.7", "1.2")
                if any(kind.startswith("equal to") for kind, *_ in
                       flags(tmp_path, [{one: find(one).code}])))
    assert long
