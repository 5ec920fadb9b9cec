"""Names on any terminal, and runs that are broken off: nothing that was done is lost."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from course.notebooks import ROOT
from tests.course.grade.commands import put, rows
from tests.course.grade.hand_in import LOOP, filled
from tests.course.grade.hand_ins.odd_notebooks import encoded

# A grader that needs no TensorFlow: a right answer, and one notebook that never comes to its end.
DRIVER = """
import sys, time
import course.grade.__main__ as command
import course.grade.folder
from course.grade.hand_ins.reading import read_notebook
from course.grade.running.runner import Graded
def grade(path, name, **limits):
    if "waits" in name:
        time.sleep(600)
    read_notebook(path)
    return Graded(name, 1, {"1.1": {"status": "right", "share": 1.0, "message": "\\udcff \\ud06c"}})
course.grade.folder.grade = grade
sys.exit(command.main())
"""


def start(*arguments, encoding="utf-8", **environment):
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, *map(str, arguments)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding,
             "PYTHONUTF8": "0", **environment})


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
        [sys.executable, "-m", "course.grade", tmp_path / "in"], stdout=subprocess.PIPE,
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
