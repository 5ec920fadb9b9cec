"""The command keeps what it has done, on any terminal and however it ends."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

import helpers.grade.__main__ as command
from helpers.grade.runner import Graded
from helpers.notebooks import ROOT

sys.path.insert(0, str(Path(__file__).parent))
from hand_in import LOOP, RIGHT, filled
from odd_notebooks import WHOLE, encoded

# A grader that needs no TensorFlow: a right answer, and one notebook that never comes to its end.
DRIVER = """
import sys, time
import helpers.grade.__main__ as command
import helpers.grade.folder
from helpers.grade.reading import read_notebook
from helpers.grade.runner import Graded
def grade(path, name, **limits):
    if "waits" in name:
        time.sleep(600)
    read_notebook(path)
    return Graded(name, 1, {"1.1": {"status": "right", "share": 1.0, "message": "\\udcff \\ud06c"}})
helpers.grade.folder.grade = grade
sys.exit(command.main())
"""


def start(*arguments, encoding="utf-8", **environment):
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, *map(str, arguments)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding,
             "PYTHONUTF8": "0", **environment})


def put(folder, *names, data=WHOLE):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(data)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ODD = ["김민준.ipynb", os.fsdecode(b"m\xfcller.ipynb"), "two\nlines.ipynb", "jan.ipynb",
       "=1.ipynb"]


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-8", "cp949"])
def test_no_name_costs_a_result_on_any_terminal(encoding, tmp_path):
    put(tmp_path / "in", *ODD)
    put(tmp_path / "in", "김.ipynb", data=b"half")
    marks = tmp_path / "marks.csv"
    run = start(tmp_path / "in", "--csv", marks, encoding=encoding)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 3, err
    found = rows(marks)
    assert [row["status"] for row in found].count("right") == len(ODD)
    assert {row["notebook"] for row in found} == {
        "김민준.ipynb", "m\\xfcller.ipynb", "two\\nlines.ipynb", "jan.ipynb", "'=1.ipynb",
        "김.ipynb"}
    table = out.decode(encoding)
    assert table.count("1 of 1  1 of 1") == len(ODD)
    shown = "김민준" if encoding in ("utf-8", "cp949") else "\\uae40\\ubbfc\\uc900"
    assert shown in table
    assert shown in err.decode(encoding)


def test_names_are_what_they_are_whatever_the_locale(tmp_path):
    put(tmp_path / "in", "김민준.ipynb", "é.ipynb", os.fsdecode(b"\xfc.ipynb"))
    marks = tmp_path / "marks.csv"
    run = start(tmp_path / "in", "--csv", marks, encoding="ascii", LC_ALL="C",
                PYTHONCOERCECLOCALE="0")
    out, err = run.communicate(timeout=60)
    assert run.returncode == 0, err
    assert {row["notebook"] for row in rows(marks)} == {
        "김민준.ipynb", "é.ipynb", "\\xfc.ipynb"}
    assert "\\uae40\\ubbfc\\uc900.ipynb" in out.decode("ascii")


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_broken_off_keeps_what_was_done(sent, tmp_path):
    put(tmp_path / "in", "a waits.ipynb", "b.ipynb", "c.ipynb", "d.ipynb")
    marks = tmp_path / "marks.csv"
    run = start(tmp_path / "in", "--csv", marks, "--jobs", 2)
    deadline = time.monotonic() + 60
    while not marks.exists() or len(rows(marks)) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    run.send_signal(sent)
    out, err = run.communicate(timeout=60)
    assert [row["notebook"] for row in rows(marks)] == ["b.ipynb", "c.ipynb", "d.ipynb"]
    assert {row["mark"] for row in rows(marks)} == {"1"}
    if sent == signal.SIGINT:
        assert run.returncode == 130
        assert out.decode().count("1 of 1  1 of 1") == 3
        assert "3 of 4" in err.decode()
        assert "Traceback" not in err.decode()


def test_a_run_that_is_broken_off_leaves_no_process_and_no_scratch(tmp_path):
    put(tmp_path / "in", "a.ipynb", data=encoded(filled({"1.1": LOOP, "1.2": LOOP})))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    run = subprocess.Popen(
        [sys.executable, "-m", "helpers.grade", tmp_path / "in"], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, cwd=ROOT, env={**os.environ, "TMPDIR": str(scratch)})
    deadline = time.monotonic() + 120
    while not (begun := psutil.Process(run.pid).children(recursive=True)):
        assert time.monotonic() < deadline
        assert run.poll() is None
        time.sleep(0.05)
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    err = run.communicate(timeout=60)[1].decode()
    assert run.returncode == 130, err
    assert "0 of 1" in err
    assert "Traceback" not in err
    psutil.wait_procs(begun, timeout=10)
    assert not any(one.is_running() and one.status() != "zombie" for one in begun)
    assert list(scratch.iterdir()) == []


def test_a_reader_that_leaves_early_takes_no_marks_with_it(tmp_path):
    put(tmp_path / "in", *(f"{number}.ipynb" for number in range(9)))
    marks = tmp_path / "marks.csv"
    run = start(tmp_path / "in", "--csv", marks)
    run.stdout.close()
    err = run.stderr.read().decode()
    assert run.wait(60) == 0
    assert "BrokenPipe" not in err
    assert len(rows(marks)) == 9


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

    monkeypatch.setattr("helpers.grade.folder.grade", grade)
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

    monkeypatch.setattr("helpers.grade.folder.grade", grade)
    monkeypatch.setattr("helpers.grade.folder.grade_again", grade_again)
    put(tmp_path / "in", "a.ipynb")
    assert command.main([str(tmp_path / "in"), "--csv", str(tmp_path / "marks.csv")]) == 0
    assert [row["status"] for row in rows(tmp_path / "marks.csv")] == ["wrong", "crash"]


def test_a_second_try_that_cannot_be_made_leaves_no_mark(tmp_path, monkeypatch, capsys):
    """The file has gone meanwhile, or scratch is full."""
    monkeypatch.setattr("helpers.grade.folder.grade", lambda path, name, **limits: Graded(
        name, 1, {"1.1": outcome("time"), "1.2": outcome("wrong")}))
    monkeypatch.setattr("helpers.grade.runner.read_notebook", lambda path: 1 / 0)
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
