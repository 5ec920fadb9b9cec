"""A process that dies while it runs tests side by side is named, and the run ends and fails."""

import os
import subprocess
import sys

import pytest

from course.notebooks import ROOT

QUICK = "def test_one(): pass\ndef test_two(): pass\ndef test_three(): pass\n"
DYING = """
import os, signal
def test_before(): pass
def test_dies(): os.kill(os.getpid(), signal.SIGKILL)
def test_after(): pass
def test_last(): pass
"""
ONLY_DYING = DYING.replace("def test_before(): pass\n", "").split("def test_after")[0]


def run(folder, files, *more):
    """Run tests as `make test` does."""
    for name, text in files.items():
        (folder / f"test_{name}.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "--color=no", "-p", "no:cacheprovider",
         "-p", "xdist.plugin", "-p", "tests.running.workers", "--numprocesses", "2", "--dist",
         "loadfile", *more], cwd=folder, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})


@pytest.mark.parametrize(("files", "ended"), [
    ({"a": DYING, "b": QUICK, "c": QUICK, "d": QUICK}, "1 failed, 10 passed"),
    ({"a": QUICK, "b": QUICK, "c": QUICK, "d": DYING}, "1 failed, 10 passed"),
    ({"a": ONLY_DYING, "b": DYING, "c": "def test_alone(): pass", "d": QUICK},
     "2 failed, 5 passed")], ids=["first", "last", "two"])
def test_the_run_ends_and_every_other_file_is_tested(tmp_path, files, ended):
    done = run(tmp_path, files)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"= {ended} in " in done.stdout
    for name in (name for name, text in files.items() if "os.kill" in text):
        assert f"crashed while running 'test_{name}.py::test_dies'" in done.stdout
        left = 2 * (files[name] is DYING)
        assert f"Tests of test_{name}.py that were not run: {left}" in done.stdout
    assert "TF_ENABLE_ONEDNN_OPTS=0" in done.stdout


def test_a_file_that_kills_who_imports_it_ends_the_run(tmp_path):
    dying = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    done = run(tmp_path, {"a": QUICK, "b": dying + QUICK})
    assert done.returncode == 1, done.stdout + done.stderr
    assert "died while it imported test_b.py" in done.stdout + done.stderr


def test_without_a_death_nothing_is_lost(tmp_path):
    done = run(tmp_path, {"a": QUICK, "b": QUICK, "c": QUICK, "d": "def test_alone(): pass"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 passed" in done.stdout


@pytest.mark.parametrize("reorder", [[], ["--no-loadscope-reorder"]])
def test_what_takes_long_begins_first_if_xdist_keeps_the_order(tmp_path, reorder):
    folder = tmp_path / "tests" / "course" / "grade"
    folder.mkdir(parents=True)
    (folder / "test_long.py").write_text("def test_one(): pass\n")
    done = run(tmp_path, {"a": QUICK, "b": QUICK}, *reorder)
    assert done.returncode == 0, done.stdout + done.stderr
    # Each process reports in the order in which it was given its files; which process is sooner
    # than the other is chance.
    reports = [line for line in done.stdout.splitlines() if " PASSED " in line]
    first = {line.split()[0]: line for line in reversed(reports)}
    assert any("test_long" in line for line in first.values()) == bool(reorder), reports
