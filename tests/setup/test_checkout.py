"""Whose helpers a clone works with: its own, or a line that says otherwise."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from helpers.notebooks import ROOT

LINES = "import helpers, sys; print(helpers.__file__)"


def clone(folder):
    """A clone of the course, of its set-up alone."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "helpers").mkdir()
    for name in ("Makefile", "requirements.txt", "constraints.txt", "pyproject.toml", "_toc.yml",
                 "helpers/__init__.py", "helpers/checkout.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def two(tmp_path):
    """Two clones; the second has the .venv of the first by a link, and the first installed last."""
    first, second = clone(tmp_path / "first clone"), clone(tmp_path / "둘째")
    install(first, environment(first))
    (second / ".venv").symlink_to(first / ".venv")
    return first, second


def environment(folder):
    """A .venv that counts as installed."""
    venv.create(folder / ".venv", with_pip=False)
    (folder / ".venv" / "installed").touch()
    return folder / ".venv"


def install(folder, place):
    """Install the helpers of a clone as `pip install -e` does, by a line that names the clone."""
    packages, = place.glob("lib/python*/site-packages")
    (packages / "course.pth").write_text(f"{folder}\n", encoding="utf-8")


def run(command, folder, **variables):
    kept = {name: value for name, value in os.environ.items()
            if name not in ("PYTHONPATH", "COURSE_DATA")}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False,
                          env={**kept, **variables})


def in_notebook(folder, program=LINES, **variables):
    return run([folder / ".venv/bin/python", "-c", program], folder / "notebooks", **variables)


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


PIP = """#!{python}
import os, sys
if sys.argv[1:3] == ["-m", "pip"]:
    print("pip", *sys.argv[3:])
    {what}
else:
    os.execv("{real}", ["{real}", *sys.argv[1:]])
"""


def with_pip(place, what):
    """Let `python -m pip` in a .venv do what is asked instead."""
    real = place / "bin" / "real"
    (place / "bin" / "python").rename(real)
    program = place / "bin" / "python"
    program.write_text(PIP.format(python=sys.executable, what=what, real=real))
    program.chmod(0o755)


def test_the_helpers_of_a_clone_that_is_gone_are_replaced(tmp_path):
    folder = clone(tmp_path / "here")
    place = environment(folder)
    install(tmp_path / "deleted", place)
    packages, = place.glob("lib/python*/site-packages")
    with_pip(place, f"open({str(packages / 'course.pth')!r}, 'w').write({str(folder)!r})")
    ended = run(["make", "setup"], folder)
    assert ended.returncode == 0, ended.stderr
    assert "installing the helpers of this clone" in ended.stdout
    assert "pip install --quiet --no-deps -e ." in ended.stdout
    assert in_notebook(folder).stdout.strip() == str(folder / "helpers" / "__init__.py")
    assert "pip" not in run(["make", "setup"], folder).stdout


def test_the_clone_that_owns_the_venv_takes_it_back(two):
    first, second = two
    place, (packages,) = first / ".venv", first.glob(".venv/lib/python*/site-packages")
    install(second, place)
    with_pip(place, f"open({str(packages / 'course.pth')!r}, 'w').write({str(first)!r})")
    ended = run(["make", "setup"], first)
    assert ended.returncode == 0, ended.stderr
    assert f"has the helpers of {second}" in ended.stderr
    assert in_notebook(first).stderr == ""
    assert f"shared with {first}" in run(["make", "setup"], second).stderr


@pytest.mark.parametrize("what", ["pass", "sys.exit(1)"])
def test_a_copy_that_stays_in_the_way_ends_make_with_a_reason(tmp_path, what):
    folder = clone(tmp_path / "here")
    place = environment(folder)
    packages, = place.glob("lib/python*/site-packages")
    shutil.copytree(folder / "helpers", packages / "helpers")
    with_pip(place, what)
    ended = run(["make", "setup"], folder)
    assert ended.returncode != 0
    assert "the helpers could not be installed" in ended.stderr


def test_a_venv_that_was_moved_is_told_to_be_made_anew(tmp_path):
    folder = clone(tmp_path / "here")
    place = environment(folder)
    install(folder, place)
    pip = place / "bin" / "pip"
    for text in ("#!/gone/.venv/bin/python3\n# x\n",
                 "#!/bin/sh\n'''exec' \"/gone away/bin/python\" \"$0\" \"$@\"\n"):
        pip.write_text(text)
        ended = run(["make", "setup"], folder)
        assert ended.returncode != 0
        assert "its programs look for /gone" in ended.stderr
        assert "make clean" in ended.stderr
    pip.write_text(f"#!{Path(sys.executable)}\n")
    assert run(["make", "setup"], folder).returncode == 0


@pytest.mark.parametrize("name", ["helpers.py", "helpers/__init__.py"])
def test_a_stray_module_beside_the_notebooks_is_named(two, name):
    first, _ = two
    stray = first / "notebooks" / name
    stray.parent.mkdir(exist_ok=True)
    stray.touch()
    ended = run(["make", "setup"], first)
    assert ended.returncode == 0
    assert f"{stray} hides the helpers" in ended.stderr


def test_the_look_costs_next_to_nothing():
    program = ("import time, sys; before = set(sys.modules); start = time.process_time()\n"
               "import helpers\n"
               "print(time.process_time() - start, *sorted(set(sys.modules) - before))")
    ended = run([sys.executable, "-c", program], ROOT, PYTHONPATH=str(ROOT))
    seconds, *modules = ended.stdout.split()
    assert modules == ["helpers", "helpers.checkout"]
    assert float(seconds) < 0.2
