"""What the command says and keeps: exit status, places, older tables, second tries."""

import json
import shutil

import pytest

import course.grade.__main__ as command
from course.grade.running.runner import Graded
from tests.course.grade.commands import put, rows
from tests.course.grade.hand_in import RIGHT, filled
from tests.course.grade.hand_ins.odd_notebooks import WHOLE, encoded


@pytest.fixture
def graded(monkeypatch):
    """What was graded, by a grader that gives a mark for each."""
    called = []

    def grade(path, name, **limits):
        called.append(name)
        if "fails" in name:
            raise KeyError(name)
        status = "regrade" if "slow" in name else "right"
        return Graded(name, 1, {"1.1": {"status": status, "share": 1.0, "message": ""}})

    monkeypatch.setattr("course.grade.folder.grade", grade)
    return called


@pytest.mark.parametrize(("names", "status"), [
    (["a.ipynb"], 0), (["a.ipynb", "slow.ipynb"], 3), (["a.ipynb", "fails.ipynb"], 3),
    (["a.ipynb", "b.pdf"], 3), (["b.pdf"], 3), ([], 1)])
def test_the_exit_status_says_whether_all_is_graded(names, status, graded, tmp_path, capsys):
    put(tmp_path / "in", *names)
    assert command.main([str(tmp_path / "in")]) == status


@pytest.mark.parametrize("place", ["nowhere/marks.csv", "folder", "jan.ipynb", "jan.ipynb/x.csv",
                                   "/proc/marks.csv"])
def test_a_place_where_marks_cannot_be_written_is_told_before_the_grading(
        place, graded, tmp_path, capsys):
    put(tmp_path / "in", "a.ipynb")
    put(tmp_path, "jan.ipynb")
    (tmp_path / "folder").mkdir()
    assert command.main([str(tmp_path / "in"), "--csv", str(tmp_path / place)]) == 1
    assert "marks" in capsys.readouterr().err
    assert graded == []
    assert (tmp_path / "jan.ipynb").read_bytes() == WHOLE


def test_an_older_table_is_kept_beside_the_new_one(graded, tmp_path, capsys):
    marks = tmp_path / "marks.csv"
    for number in range(3):
        put(tmp_path / "in", f"{number}.ipynb")
        assert command.main([str(tmp_path / "in"), "--csv", str(marks)]) == 0
    assert [len(rows(tmp_path / name)) for name in
            ("marks.csv", "marks.before.csv", "marks.before-2.csv")] == [3, 1, 2]
    assert "marks.before-2.csv" in capsys.readouterr().err
    assert {one.name for one in tmp_path.iterdir()} == {
        "in", "marks.csv", "marks.before.csv", "marks.before-2.csv"}


def test_a_later_result_takes_the_place_of_the_first(tmp_path):
    def result(name, status):
        return Graded(name, 1, {"1.1": {"status": status, "share": 1.0, "message": ""}})

    marks = command.MarksFile(tmp_path / "marks.csv")
    for name, status in (("a", "regrade"), ("b", "right"), ("a", "right"), ("c", "wrong")):
        marks.add(result(name, status))
        found = {row["notebook"]: row["status"] for row in rows(tmp_path / "marks.csv")}
        assert found[name] == status
        assert len(found) == len(rows(tmp_path / "marks.csv"))
    assert found == {"a": "right", "b": "right", "c": "wrong"}
    marks.close([])


def outcome(status):
    return {"status": status, "share": 0.0, "message": ""}


def test_what_is_tried_once_more_has_no_mark_until_then(tmp_path, monkeypatch, capsys):
    def grade(path, name, **limits):
        return Graded(name, 1, {"1.1": outcome("time"), "1.2": outcome("crash")})

    def grade_again(path, graded, **limits):
        assert [row["status"] for row in rows(tmp_path / "marks.csv")] == ["regrade"] * 2
        graded.outcomes["1.1"] = outcome("wrong")

    monkeypatch.setattr("course.grade.folder.grade", grade)
    monkeypatch.setattr("course.grade.folder.grade_again", grade_again)
    put(tmp_path / "in", "a.ipynb")
    assert command.main([str(tmp_path / "in"), "--csv", str(tmp_path / "marks.csv")]) == 0
    assert [row["status"] for row in rows(tmp_path / "marks.csv")] == ["wrong", "crash"]


def test_a_second_try_that_cannot_be_made_leaves_no_mark(tmp_path, monkeypatch, capsys):
    """The file has gone meanwhile, or scratch is full."""
    monkeypatch.setattr("course.grade.folder.grade", lambda path, name, **limits: Graded(
        name, 1, {"1.1": outcome("time"), "1.2": outcome("wrong")}))
    monkeypatch.setattr("course.grade.running.runner.read_notebook", lambda path: 1 / 0)
    put(tmp_path / "in", "a.ipynb")
    assert command.main([str(tmp_path / "in"), "--csv", str(tmp_path / "marks.csv")]) == 3
    assert [row["status"] for row in rows(tmp_path / "marks.csv")] == ["regrade", "wrong"]
    assert "To be regraded\na.ipynb: 1.1" in capsys.readouterr().out


def test_rows_stand_in_the_order_of_names_at_the_end(graded, tmp_path, capsys):
    put(tmp_path / "in", *(f"{letter}.ipynb" for letter in "dacb"))
    command.main([str(tmp_path / "in"), "--csv", str(tmp_path / "marks.csv"), "--jobs", "4"])
    assert [row["notebook"][0] for row in rows(tmp_path / "marks.csv")] == list("abcd")


def test_a_full_disk_costs_the_csv_alone(graded, tmp_path, capsys, monkeypatch):
    put(tmp_path / "in", "a.ipynb", "b.ipynb")
    wanted = command.MarksFile.write

    def write(self, text):
        if text.startswith("notebook"):
            return wanted(self, text)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.MarksFile, "write", write)
    assert command.main([str(tmp_path / "in"), "--csv", str(tmp_path / "marks.csv")]) == 3
    said = capsys.readouterr()
    assert said.out.count("1 of 1  1 of 1") == 2
    assert said.err.count("No space left") == 1


def test_a_tilde_is_the_home_folder_also_in_quotes(graded, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    put(tmp_path / "in", "a.ipynb")
    assert command.main(["~/in", "--csv", "~/marks.csv"]) == 0
    assert len(rows(tmp_path / "marks.csv")) == 1
    assert command.main(["~nobody-of-this-name/in"]) == 1


def test_scratch_goes_when_the_run_ends(graded, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    put(tmp_path / "in", "a.ipynb", "fails.ipynb")
    command.main([str(tmp_path / "in")])
    assert list((tmp_path / "scratch").iterdir()) == []


def test_odd_files_get_the_marks_of_plain_ones(tmp_path, capsys):
    """Really graded: one chapter's notebook, as four students sent it."""
    folder = tmp_path / "in"
    folder.mkdir()
    notebook = filled(RIGHT)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["metadata"].get("course")]
    data = json.loads(json.dumps(notebook))
    put(folder, "jan.ipynb.txt", data=encoded(data, "UTF-16 LE with mark"))
    put(folder, "김.IPYNB", data=encoded(data, "UTF-8 with mark"))
    shutil.make_archive(str(tmp_path / "eva"), "zip", folder, "jan.ipynb.txt")
    shutil.move(tmp_path / "eva.zip", folder)
    assert command.main([str(folder), "--csv", str(tmp_path / "marks.csv")]) == 0
    found = rows(tmp_path / "marks.csv")
    for name in ("jan.ipynb.txt", "김.IPYNB", "eva.zip/jan.ipynb.txt"):
        right = {row["exercise"] for row in found
                 if row["notebook"] == name and row["status"] == "right"}
        assert right == set(RIGHT), name
