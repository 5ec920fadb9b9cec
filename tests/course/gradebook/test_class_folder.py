"""The folder that is written for a class, by the command, from notebooks really graded."""

import hashlib
import html
import re
import subprocess
import sys

import pytest

import course.grade.__main__ as command
from helpers import ROOT
from helpers.exercises import chapter
from tests.course.grade.hand_in import QUICK
from tests.course.gradebook.class_of import graded, put, roster, table

TWO = {one: QUICK[one] for one in ("1.1", "1.4")}
WRONG = "output_shape = (32, 32, 64)\nweight_count = 1664\nmultiplication_count = 1\n" \
        "dense_weight_count = 2\nmost_filters = 3"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The folder of a class of four, of whom one hands in twice, one nothing, and a stranger."""
    home = tmp_path_factory.mktemp("class")
    put(home / "in", "Jane Doe_11_assignsubmission_file_/01.ipynb", TWO, "2026-12-01T10:00")
    put(home / "in", "Jane Doe_11_assignsubmission_file_/01 (2).ipynb", {}, "2026-12-02T10:00")
    put(home / "in", "김민수_12_assignsubmission_file_/01.ipynb", {"1.4": WRONG},
        "2026-12-04T10:00")
    put(home / "in", "Some Body_99_assignsubmission_file_/01.ipynb", {})
    status = command.main([str(home / "in"), "--roster", str(roster(home)), "--class-folder",
                           str(home / "out"), "--due", "1=2026-12-02", "--csv",
                           str(home / "marks.csv"), "--book", "https://book.example/",
                           "--jobs", "1"])
    assert status == 0
    return home


def test_one_row_a_student(written):
    rows = {row["number"]: row for row in table(written / "out" / "class.csv")}
    assert list(rows) == ["S1", "S2", "S3", "S4"]
    assert (rows["S1"]["chapter 1"], rows["S1"]["chapter 1 attempts"]) == ("2", "2")
    assert rows["S2"]["chapter 1 days late"] == "2"
    assert 0 <= float(rows["S2"]["chapter 1"]) < 1
    assert (rows["S4"]["chapter 1"], rows["S4"]["mark"], rows["S4"]["not handed in"]) == \
        ("", "0", "1")
    assert rows["S3"]["student"] == "'=1+1"
    assert all(re.match(r"\d+\.\d+", row["course"]) for row in rows.values())


def test_one_row_a_hand_in_with_its_hash(written):
    rows = {row["hand-in"]: row for row in table(written / "out" / "hand_ins.csv")}
    assert len(rows) == 4
    for name, row in rows.items():
        data = (written / "in" / name).read_bytes()
        assert row["sha256"] == hashlib.sha256(data).hexdigest()
    stranger = next(row for name, row in rows.items() if name.startswith("Some Body"))
    assert (stranger["student"], stranger["counts"]) == ("", "no")
    assert sorted(row["counts"] for row in rows.values()) == ["no", "no", "yes", "yes"]
    hashes = {row["notebook"]: row["sha256"] for row in table(written / "marks.csv")}
    assert hashes == {name: row["sha256"] for name, row in rows.items()}


def test_the_columns_that_platforms_import(written):
    canvas = table(written / "out" / "canvas.csv")
    assert list(canvas[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section",
                               "Chapter 1"]
    assert canvas[0]["Student"].strip() == "Points Possible"
    assert canvas[0]["Chapter 1"] == str(len(chapter(1).exercises))
    assert {row["SIS User ID"]: row["Chapter 1"] for row in canvas[1:]}["S1"] == "2"
    moodle = {row["ID number"]: row for row in table(written / "out" / "moodle.csv")}
    assert (moodle["S1"]["Email address"], moodle["S1"]["Chapter 1"]) == ("jane@uni.example", "2")
    sheet = table(written / "out" / "moodle-chapter-01.csv")
    assert [row["Identifier"] for row in sheet][:2] == ["Participant 11", "Participant 12"]
    assert [row["Grade"] for row in sheet][::3] == ["2", ""]
    assert "1.4" in sheet[1]["Feedback comments"]


def test_each_student_has_a_page_without_the_solution(written):
    pages = {one.stem: one.read_text(encoding="utf-8")
             for one in (written / "out" / "feedback").iterdir()}
    assert set(pages) == {"Jane_Doe", "김민수", "1_1", "Absent_Student"}
    own = html.unescape(pages["김민수"])
    assert WRONG in own
    assert "https://book.example/notebooks/01_convolution.html#" in own
    assert "Late by 2 days." in own
    assert "Nothing was handed in." in pages["Absent_Student"]
    for one in chapter(1).exercises:
        assert one.code not in own
    assert "Jane" not in own


def test_what_is_wrong_with_the_class_is_said_before_anything_is_graded(tmp_path, monkeypatch,
                                                                        capsys):
    monkeypatch.setattr(command, "grade_all", lambda *_: pytest.fail("graded"))
    put(tmp_path / "in", "a.ipynb", {})
    given = [str(tmp_path / "in"), "--roster", str(roster(tmp_path)), "--class-folder"]
    (tmp_path / "file").write_text("")
    for more, said in (([str(tmp_path / "in" / "out")], "lies in the folder"),
                       ([str(tmp_path / "file")], "is no folder"),
                       ([str(tmp_path / "out"), "--due", "soon"], "a deadline"),
                       ([str(tmp_path / "out"), "--weights", "hard=1"], "a weight")):
        assert command.main([*given, *more]) == 1
        assert said in capsys.readouterr().err
    assert command.main([str(tmp_path / "in"), "--roster", str(tmp_path / "no.csv")]) == 1


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("course.grade.folder.grade",
                        lambda path, name, **limits: graded(name, right=["1.1"],
                                                            regrade=["1.2"] * ("slow" in name)))
    monkeypatch.setattr("course.grade.folder.grade_again", lambda *_, **__: None)


def test_an_older_folder_is_kept_and_a_strange_one_never_touched(quick, tmp_path, capsys):
    put(tmp_path / "in", "S1.ipynb", {})
    given = [str(tmp_path / "in"), "--roster", str(roster(tmp_path)), "--class-folder",
             str(tmp_path / "out")]
    assert [command.main(given) for _ in range(3)] == [0, 0, 0]
    assert {"out", "out.before", "out.before-2"} <= {one.name for one in tmp_path.iterdir()}
    (tmp_path / "out" / "thesis.odt").write_text("years")
    assert command.main(given) == 3
    assert (tmp_path / "out" / "thesis.odt").read_text() == "years"
    assert "thesis.odt" in capsys.readouterr().err


def test_what_is_to_be_regraded_has_no_mark(quick, tmp_path):
    put(tmp_path / "in", "S1 slow.ipynb", {})
    command.main([str(tmp_path / "in"), "--roster", str(roster(tmp_path)), "--class-folder",
                  str(tmp_path / "out")])
    row = table(tmp_path / "out" / "class.csv")[0]
    assert (row["chapter 1"], row["mark"], row["to be regraded"]) == ("", "", "1.2")


def test_with_pseudonyms_no_name_is_left_and_they_stay_the_same(quick, tmp_path):
    put(tmp_path / "in", "S1 Jane Doe.ipynb", {})
    given = [str(tmp_path / "in"), "--roster", str(roster(tmp_path)), "--class-folder",
             str(tmp_path / "out"), "--pseudonyms"]
    command.main(given)
    first = [row["student"] for row in table(tmp_path / "out" / "class.csv")]
    texts = [one.read_text(encoding="utf-8") for one in (tmp_path / "out").rglob("*.*")]
    assert not re.search("Jane|Doe|jane@|S1|김민수", "".join(texts))
    roster(tmp_path)
    command.main(given)
    assert [row["student"] for row in table(tmp_path / "out" / "class.csv")] == first
    key = {row["pseudonym"]: row["number"]
           for row in table(tmp_path / "out.pseudonyms.csv")}
    assert [key[name] for name in first] == ["S1", "S2", "S3", "S4"]


def test_a_class_costs_the_start_of_the_grader_nothing():
    """What writes notebooks takes a second to load, and grading writes none."""
    done = subprocess.run([sys.executable, "-c", "import sys, course.grade.__main__\n"
                           "print('nbformat' in sys.modules)"], capture_output=True, text=True,
                          check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"
