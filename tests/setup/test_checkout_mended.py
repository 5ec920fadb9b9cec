"""Helpers of another clone, or of none, are replaced; what cannot be says why."""

import shutil
import sys
from pathlib import Path

import pytest

from course.notebooks import ROOT
from tests.setup.clones import clone, environment, in_notebook, install, run

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
               "found = {name for name in set(sys.modules) - before if sys.modules[name]}\n"
               "print(time.process_time() - start, *sorted(found))  # None: kept from coming")
    ended = run([sys.executable, "-c", program], ROOT, PYTHONPATH=str(ROOT))
    seconds, *modules = ended.stdout.split()
    assert {name.split(".")[0] for name in modules} <= {"helpers", *sys.stdlib_module_names}
    assert [name for name in modules if name.startswith("helpers.")] == [
        "helpers.start", "helpers.start.checkout", "helpers.start.symbol_clash"]
    assert float(seconds) < 0.2
