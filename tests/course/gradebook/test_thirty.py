"""A class of thirty from its files to its marks, compared with what each student really did."""

import pytest

import course.grade.__main__ as command
from helpers.exercises import chapter
from tests.course.gradebook import thirty
from tests.course.gradebook.class_of import table

NUMBERS = range(1, 31)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    home = tmp_path_factory.mktemp("thirty")
    folder, roster = thirty.write(home)
    status = command.main([str(folder), "--roster", str(roster), "--class-folder",
                           str(home / "out"), "--due", thirty.DUE])
    assert status == 3  # three files are broken, and are named
    return home / "out"


def test_every_student_has_the_marks_attempts_and_days_that_were_played(written):
    rows = {row["student"]: row for row in table(written / "class.csv")}
    assert len(rows) == 30
    for number, student in thirty.the_class().items():
        row = rows[f"Student {number:02d}"]
        shares = float(row["chapter 1"]) if row["chapter 1"] else None
        if student.right and number != 25:
            assert shares == len(student.right), number
        elif number == 25:  # of a wrong answer some parts may be right
            assert 1 <= shares < 2
        else:
            assert shares is None, number
        assert int(row["chapter 1 attempts"] or 0) == student.attempts, number
        assert int(row["chapter 1 days late"] or 0) == student.late, number
        assert bool(row["not handed in"]) == (not student.attempts), number


def test_platforms_get_the_same_marks(written):
    marks = {row["number"]: row["chapter 1"] for row in table(written / "class.csv")}
    moodle = {row["ID number"]: row["Chapter 1"] for row in table(written / "moodle.csv")}
    canvas = {row["SIS User ID"]: row["Chapter 1"] for row in table(written / "canvas.csv")[1:]}
    assert moodle == canvas == marks


def test_flags_are_those_that_were_played_and_no_others(written):
    """What is handed in as the course solves it is equal, too, and flagged as such."""
    shown = {(row["what"], row["exercise"], tuple(sorted(row["students"].split("; "))))
             for row in table(written / "flags.csv")}
    own = {one for one in shown if one[1] in ("1.3", "")}
    assert own == {
        ("equal", "1.3", ("Student 18", "Student 19")),
        ("equal after renaming", "1.3", ("Student 18", "Student 19", "Student 20")),
        ("reads the course's exercises or checks", "", ("Student 21",)),
        ("an answer may equal everything", "", ("Student 22",))}
    solved = {f"Student {number:02d}" for number, student in thirty.the_class().items()
              if "1.4" in student.right and not student.own}
    assert {name for what, exercise, names in shown for name in names
            if exercise == "1.4" and what == "equal to the course's solution"} == solved
    assert ("equal", "1.4", tuple(sorted(solved))) in shown


def test_each_has_a_page_of_their_own_answers(written):
    pages = {one.stem: one.read_text(encoding="utf-8")
             for one in (written / "feedback").iterdir()}
    assert len(pages) == 30
    assert "1 / 0" in pages["Student_23"]
    for number in (26, 27, 28, 30):
        assert "Nothing was handed in." in pages[f"Student_{number:02d}"]
    solution = next(one.code for one in chapter(1).exercises if one.id == "1.3")
    assert not any(solution in page for page in pages.values())
