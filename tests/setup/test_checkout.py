"""Whose helpers a clone works with: its own, or a line that says otherwise."""

import shutil

from tests.setup.clones import LINES, in_notebook, install, run


def test_a_clone_with_its_own_helpers_hears_nothing(two):
    first, _ = two
    for ended in (in_notebook(first), run(["make", "setup"], first)):
        assert ended.returncode == 0
        assert ended.stderr == ""
    assert in_notebook(first).stdout.strip() == str(first / "helpers" / "__init__.py")


def test_a_clone_with_anothers_helpers_is_told(two):
    first, second = two
    ended = in_notebook(second)
    assert ended.returncode == 0
    line, = ended.stderr.splitlines()
    assert f"this notebook lies in {second}, but its helpers come from {first}" in line
    assert "`make lab`" in line
    assert in_notebook(second, PYTHONPATH=str(second)).stderr == ""
    install(second, second / ".venv")
    assert in_notebook(second).stderr == ""
    assert str(second) in in_notebook(first).stderr


def test_make_says_whose_helpers_are_installed_and_goes_on(two):
    first, second = two
    ended = run(["make", "setup"], second)
    assert ended.returncode == 0
    line, = ended.stderr.splitlines()
    assert f".venv is shared with {first}" in line
    assert str(second) in line


def test_make_lab_gives_the_notebooks_the_helpers_beside_them(two):
    _, second = two
    lab = second / ".venv" / "bin" / "jupyter"
    lab.write_text(f'#!/bin/sh\ncd notebooks && exec ../.venv/bin/python -c "{LINES}"\n')
    lab.chmod(0o755)
    for before in ("", "/somewhere/else"):
        ended = run(["make", "lab"], second, PYTHONPATH=before)
        assert ended.stdout.splitlines()[-1] == str(second / "helpers" / "__init__.py")
        assert "notebook lies" not in ended.stderr


def test_an_old_copy_on_the_path_is_named_with_the_remedy(two, tmp_path):
    first, _ = two
    old = tmp_path / "old"
    shutil.copytree(first / "helpers", old / "helpers")
    line, = in_notebook(first, PYTHONPATH=f"/nowhere:{old}").stderr.splitlines()
    assert f"take {old} out of PYTHONPATH" in line


def test_outside_of_any_clone_nothing_is_said(two, tmp_path):
    first, _ = two
    ended = run([first / ".venv/bin/python", "-c", LINES], tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    gone = tmp_path / "gone"
    ended = run([first / ".venv/bin/python", "-c",
                 f"import os; os.mkdir({str(gone)!r}); os.chdir({str(gone)!r}); "
                 f"os.rmdir({str(gone)!r}); import helpers"], tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
