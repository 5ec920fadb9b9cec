"""What is run for a change: quick tests of what changed, and every step that failed is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from course import check


@pytest.mark.parametrize(("changed", "tests"), [
    ("helpers/networks/reader.py", ["tests/helpers/networks/test_reader.py"]),
    ("helpers/networks/twin/build.py", ["tests/helpers/networks/test_twin.py",
                                        "tests/helpers/networks/test_twin_refusals.py"]),
    ("helpers/data/download.py", [f"tests/helpers/data/download/test_{name}.py"
                                  for name in ("hosts", "proxies", "shared_cache")]),
    ("tests/course/test_map.py", ["tests/course/test_map.py"]),
    ("course/messages.py", ["tests/course/test_messages.py"]),
    ("course/grade/table.py", []), ("tests/course/test_gone.py", []),
    ("README.md", []), ("benchmarks/races/race.py", []), ("conftest.py", [])])
def test_the_quick_tests_of_a_changed_file(changed, tests):
    assert [one.as_posix() for one in check.tests_of(Path(changed))] == tests


def test_a_module_without_a_test_of_its_name_has_those_of_its_room():
    found = check.tests_of(Path("helpers/arithmetic/chains.py"))
    assert Path("tests/helpers/arithmetic/test_sizes.py") in found
    assert {one.parent.as_posix() for one in found} == {"tests/helpers/arithmetic"}


def test_new_changed_and_moved_files_count(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "ROOT", tmp_path)
    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments],
                       cwd=tmp_path, check=True, capture_output=True)
    for name in ("kept.py", "edited.py", "moved.py"):
        (tmp_path / name).write_text(f"{name}\n" * 9, encoding="utf-8")
    git("init")
    git("add", ".")
    git("commit", "-m", "all")
    (tmp_path / "edited.py").write_text("x\n", encoding="utf-8")
    git("mv", "moved.py", "elsewhere.py")
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "new.py").write_text("", encoding="utf-8")
    assert sorted(path.as_posix() for path in check.changed()) == [
        "edited.py", "elsewhere.py", "room/new.py"]


def test_a_step_that_fails_is_told_and_the_others_run(monkeypatch, capsys):
    python = sys.executable
    monkeypatch.setattr(check, "steps", lambda: [
        ("one", [python, "-c", "print('fault'); raise SystemExit(2)"]),
        ("two", [python, "-c", "print('quiet')"])])
    assert check.main() == 1
    printed = capsys.readouterr().out
    assert "one: failed" in printed
    assert "fault" in printed
    assert "two: right" in printed
    assert "quiet" not in printed
