"""A kernel that dies under `pytest --nbval` is named at once, and all that follows fails."""

import os
import subprocess
import sys

import nbformat
import pytest

from course import notebooks
from course.dead_kernel import death
from course.notebooks import ROOT

KILLED = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
# Dies on its own after the cell has been answered, as a thread of a library may.
LATER = ("import os, signal, threading\n"
         "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGKILL)).start()")
ENDED = "import os\nos._exit(3)"


def notebook(path, *sources):
    cells = [nbformat.v4.new_code_cell(source, execution_count=number)
             for number, source in enumerate(sources, start=1)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


WAITING = "import time\ntime.sleep(400)"


# Where it sees that it runs for others, pytest repeats each message in full at its end.
ENVIRONMENT = {name: value for name, value in os.environ.items()
               if name not in ("CI", "BUILD_NUMBER")}


def nbval(*arguments, folder):
    """Run notebooks as the course does; less than the ten minutes that a cell may take."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-v", "-p", "no:cacheprovider", "--color=no",
         "-p", "tests.running.kernels", f"--rootdir={ROOT}", f"--config-file={ROOT}/pyproject.toml",
         *map(str, arguments)], cwd=folder, capture_output=True, text=True, check=False,
        timeout=300,
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT)})


@pytest.fixture(scope="module")
def died(tmp_path_factory):
    """What a run says of four notebooks that die, each in another way, and of one that does not."""
    folder = tmp_path_factory.mktemp("notebooks")
    paths = [notebook(folder / "killed.ipynb", "x = 1", KILLED, "x", "y = 2"),
             notebook(folder / "ended.ipynb", "x = 1", ENDED, "x", "y = 2"),
             notebook(folder / "thread.ipynb", "x = 1", f"{LATER}\n{WAITING}", "x", "y = 2"),
             notebook(folder / "between.ipynb", LATER, WAITING, "x", "y = 2"),
             notebook(folder / "whole.ipynb", "x = 1", "y = 2")]
    return nbval(*paths, folder=folder)


def test_a_run_in_which_a_kernel_dies_ends_and_fails(died):
    assert died.returncode == 1, died.stdout + died.stderr
    assert "12 failed, 6 passed" in died.stdout


@pytest.mark.parametrize(("name", "how"), [
    ("killed", "SIGKILL"), ("ended", "exit status 3"), ("thread", "SIGKILL"),
    ("between", "SIGKILL")])
def test_the_cell_in_which_a_kernel_died_is_named_and_what_follows_fails(died, name, how):
    assert f"{name}.ipynb, cell 1: The kernel died ({how})" in died.stdout
    assert died.stdout.count(f"Not run: the kernel died in cell 1 of {name}.ipynb") == 2
    assert "TF_ENABLE_ONEDNN_OPTS=0" in died.stdout


def test_a_slow_cell_still_runs_out_of_its_own_time(tmp_path):
    slow = notebook(tmp_path / "slow.ipynb", WAITING)
    done = nbval("--nbval-cell-timeout=4", slow, folder=tmp_path)
    assert "Timeout of 4 seconds exceeded" in done.stdout, done.stdout
    assert "died" not in done.stdout


def test_notebooks_that_are_run_in_place_name_the_cell_and_stay_as_they_were(tmp_path, capsys):
    path = notebook(tmp_path / "a.ipynb", "x = 1", KILLED)
    before = path.read_bytes()
    assert notebooks.main([str(path)]) == 1
    said = capsys.readouterr().err
    assert "a.ipynb: cell 1" in said
    assert "The kernel died (SIGKILL)" in said
    assert "TF_ENABLE_ONEDNN_OPTS=0" in said
    assert path.read_bytes() == before


@pytest.mark.parametrize(("ending", "how"), [
    ("os.kill(os.getpid(), signal.SIGSEGV)", "The kernel died (SIGSEGV). "),
    ("os.kill(os.getpid(), signal.SIGRTMIN + 5)", "The kernel died (signal "),
    ("os._exit(3)", "The kernel died (exit status 3). ")])
def test_how_it_ended_is_said(ending, how):
    process = subprocess.Popen([sys.executable, "-c", f"import os, signal; {ending}"])
    process.wait()
    assert death(process).startswith(how)


def test_how_it_ended_may_be_unknown():
    assert death(None).startswith("The kernel died. ")
