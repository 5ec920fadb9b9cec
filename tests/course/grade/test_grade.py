"""Thirty notebooks are graded: the table is complete, the marks are right, nothing is touched."""

import ast
import csv
import hashlib

import psutil
import pytest

from course.grade.__main__ import grade_folder, main
from course.grade.analysis.slicing import needed, statements
from course.grade.table import SIGNS, as_csv, as_text
from tests.course.grade.hand_in import CHAPTER, CLASS, hand_in

SECONDS = 3.0
MEMORY = 0.4


def fingerprint(folder):
    return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The whole class, graded once; the folder must be as it was, and no process left."""
    outside = tmp_path_factory.mktemp("course")
    folder, scratch = outside / "handed in", outside / "scratch"
    folder.mkdir()
    scratch.mkdir()
    hand_in(folder)
    before, processes = fingerprint(outside), {one.pid for one in psutil.Process().children()}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(outside)
        patch.setenv("TMPDIR", str(scratch))
        patch.setattr("tempfile.tempdir", str(scratch))
        patch.delenv("COURSE_DATA", raising=False)
        found = grade_folder(folder, seconds=SECONDS, memory=MEMORY, jobs=2)
    assert fingerprint(outside) == before
    assert {one.pid for one in psutil.Process().children()} <= processes
    return {one.name: one for one in found}


def test_thirty_are_handed_in_and_thirty_stand_in_the_table(graded):
    assert len(CLASS) == 30
    assert set(graded) == set(CLASS)
    text = as_text(list(graded.values()))
    assert all(text.count(f"{name}  ") + text.count(f"{name}:") >= 1 for name in CLASS)
    assert "To be regraded\nendless.ipynb: 1.1\n\nNot graded\n" in text


@pytest.mark.parametrize("name", CLASS)
def test_marks_are_right(graded, name):
    expected, found = CLASS[name][1], graded[name]
    if expected is None:
        assert found.chapter is None
        assert found.remark
        return
    assert {one: outcome["status"] for one, outcome in found.outcomes.items()} == {
        **{one.id: "open" for one in CHAPTER.exercises}, **expected}, found
    assert found.marks == sum(status == "right" for status in expected.values()), found


def test_messages_name_the_misconception_the_line_and_the_limit(graded):
    def message(name, exercise):
        return graded[name].outcomes[exercise]["message"]

    assert "three channels" in message("some wrong.ipynb", "1.4")
    assert "line 1 of its cell, `1 / 0`. ZeroDivisionError" in message("error.ipynb", "1.1")
    assert "line 1: expected ':'" in message("syntax.ipynb", "1.3")
    assert "within 3 seconds" in message("endless.ipynb", "1.1")
    assert "never ends" in message("endless function.ipynb", "1.3")
    assert "more memory" in message("hog.ipynb", "1.1")


def test_csv_has_a_row_for_each_answer(graded):
    rows = list(csv.DictReader(as_csv(list(graded.values())).splitlines()))
    gradable = [name for name, (_, expected) in CLASS.items() if expected is not None]
    assert len(rows) == len(gradable) * len(CHAPTER.exercises) + len(CLASS) - len(gradable)
    assert {row["status"] for row in rows} == {*SIGNS, "not graded"} - {"time"}, "that is no end"
    again, = (row for row in rows if row["status"] == "regrade")
    assert (again["notebook"], again["exercise"], again["mark"]) == ("endless.ipynb", "1.1", "")


def test_the_command_says_what_it_cannot_do(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 1
    assert main([str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "is not a folder" in said
    assert "there is no notebook" in said


def test_the_command_prints_a_table_and_writes_the_csv(tmp_path, capsys):
    (tmp_path / "one.ipynb").write_text("{}")
    assert main([str(tmp_path), "--csv", str(tmp_path / "marks.csv")]) == 3
    assert "one.ipynb: no notebook" in capsys.readouterr().out
    assert "one.ipynb" in (tmp_path / "marks.csv").read_text()


NOTEBOOK = [
    (1, "import numpy as np\nimport slow\nx = np.zeros(3)"),
    (2, "def double(y):\n    factor = 2\n    return factor * y + offset"),
    (3, "offset = 1\nnetwork = slow.train()\nx[0] = 5\nunused = x.copy()"),
    (4, "for i in range(3):\n    total = i\nx = x + 1"),
    (5, "answer = double(x)"),
    (6, "x = 0\noffset = 7"),
]


def test_only_what_an_answer_needs_is_run():
    found = statements(NOTEBOOK)
    last = next(place for place, one in enumerate(found) if one.cell == 5)
    texts = [ast.unparse(found[place].node).splitlines()[0]
             for place in needed(found, ["answer"], [last], last + 1)]
    assert texts == ["import numpy as np", "x = np.zeros(3)", "def double(y):", "offset = 1",
                     "x[0] = 5", "x = x + 1", "answer = double(x)"]


def test_a_loop_sets_its_own_variables():
    found = statements([(0, "item = load()"), (1, "for item in range(3):\n    answer = item")])
    assert len(needed(found, ["answer"], [1], 2)) == 1
