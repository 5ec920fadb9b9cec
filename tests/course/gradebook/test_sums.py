"""What counts: attempts, days, weights and marks by hand."""

import zipfile

import pytest

from course.grade.hand_ins.files import Submission, find_notebooks
from course.gradebook.attempts import attempts_of
from course.gradebook.roster import RosterError, read_roster
from course.gradebook.sums import rows_of_class
from course.gradebook.times import read_deadlines
from course.gradebook.weights import read_by_hand, read_weights
from helpers.exercises import chapter
from tests.course.gradebook.class_of import graded, put, roster

ALL = [one.id for one in chapter(1).exercises]


def rows_for(tmp_path, hand_ins, *, due=(), choice="best", weights="", by_hand=None):
    """The rows of the played class for hand-ins: name, right exercises, moment."""
    students = read_roster(roster(tmp_path))
    found, results = [], []
    for name, right, moment in hand_ins:
        found.append(Submission(name, put(tmp_path / "in", name, {}, moment)))
        results.append(graded(name, right=right))
    attempts = attempts_of(found, results, students, read_deadlines(due))
    if by_hand is not None:
        path = tmp_path / "by_hand.csv"
        path.write_text("student,exercise,mark,comment\n" + by_hand, encoding="utf-8")
        by_hand = read_by_hand(path, students)
    rows = rows_of_class(students, attempts, read_weights(weights), choice=choice,
                         by_hand=by_hand or [])
    return {row.student.number: row for row in rows}


TWO = [("S1 first.ipynb", ALL[:3], "2026-12-01T10:00"),
       ("S1 second.ipynb", ALL[:2], "2026-12-03T10:00")]


@pytest.mark.parametrize(("choice", "mark", "late"), [("best", 3, 0), ("last", 2, 2)])
def test_the_best_or_the_last_attempt_counts(choice, mark, late, tmp_path):
    one = rows_for(tmp_path, TWO, due=["2026-12-01"], choice=choice)["S1"].chapters[1]
    assert (one.mark, one.late, one.attempts, one.of) == (mark, late, 2, len(ALL))


def test_of_equal_attempts_the_first_counts(tmp_path):
    again = [("S1 a.ipynb", ALL[:2], "2026-12-05T10:00"), TWO[1]]
    assert rows_for(tmp_path, again, due=["2026-12-01"])["S1"].chapters[1].late == 2


@pytest.mark.parametrize(("due", "late"), [
    ("2026-12-03", 0), ("1=2026-12-03T10:00", 0), ("1=2026-12-03T09:59", 1), ("2026-12-02", 1),
    ("2=2026-12-01", 0)])
def test_a_day_that_has_begun_counts(due, late, tmp_path):
    assert rows_for(tmp_path, TWO[1:], due=[due])["S1"].chapters[1].late == late


def test_who_handed_in_nothing_has_a_row(tmp_path):
    rows = rows_for(tmp_path, TWO)
    assert rows["S4"].missing == [1]
    assert (rows["S4"].mark, rows["S4"].of) == (0, len(ALL))


def test_levels_have_weights(tmp_path):
    levels = {one.id: one.level for one in chapter(1).exercises}
    heavy = next(name for name in ALL if levels[name] == "investigation")
    one = rows_for(tmp_path, [("S1.ipynb", [heavy], None)],
                   weights="investigation=3, warm-up=0.5")["S1"].chapters[1]
    assert one.mark == 3
    assert one.of == sum({"investigation": 3, "warm-up": 0.5}.get(level, 1)
                         for level in levels.values())


def test_marks_by_hand_stand_before_the_checks_and_beside_them(tmp_path):
    rows = rows_for(tmp_path, TWO, weights="by hand=2",
                    by_hand=f"S1,{ALL[0]},0.25,read the task\nminsu@uni.example,1: essay,1,good\n")
    assert rows["S1"].mark == pytest.approx(2.25)
    assert rows["S2"].mark == 2
    assert {row.of for row in rows.values()} == {len(ALL) + 2}


@pytest.mark.parametrize(("line", "said"), [
    ("nobody,1.1,1,", "not in the roster"), ("S1,1.99,1,", "1.99"), ("S1,1.1,7,", "from 0 to 1"),
    ("S1,1.1,nan,", "from 0 to 1"), ("S1,essay,1,", "expected an exercise"),
    ("S1,1.1,1,\nS1,1.1,0,", "line 3: a second mark")])
def test_a_wrong_line_of_marks_by_hand_is_named(line, said, tmp_path):
    with pytest.raises(RosterError, match="line") as error:
        rows_for(tmp_path, TWO, by_hand=line + "\n")
    assert said in str(error.value)


@pytest.mark.parametrize("text", ["hard=2", "practice", "practice=-1", "practice=inf"])
def test_a_wrong_weight_is_refused(text):
    with pytest.raises(ValueError, match=text):
        read_weights(text)


@pytest.mark.parametrize("text", ["tomorrow", "3=", "x=2026-12-01", "2026-13-01"])
def test_a_wrong_deadline_is_refused(text):
    with pytest.raises(ValueError, match="a deadline"):
        read_deadlines([text])


def test_an_archive_keeps_the_time_of_each_file(tmp_path):
    path = put(tmp_path, "S1.ipynb", {}, "2026-11-01T08:30")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(path, "S1/01.ipynb")
    found = find_notebooks(tmp_path / "all.zip")
    attempts = attempts_of(found, [graded(found[0].name)], read_roster(roster(tmp_path)), {})
    assert attempts[0].moment.strftime("%d %H:%M") == "01 08:30"
    assert attempts[0].student.number == "S1"
