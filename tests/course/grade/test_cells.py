"""Hundreds of cells give the grader the values that IPython gives, and keep their lines."""

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from course.grade.analysis.handed_in import Unreadable, handed_in
from course.grade.analysis.notation import parse
from course.grade.running.pristine import Pristine
from course.grade.running.shell import Shell
from course.grade.running.worker import attempt, first, further, run
from tests.course.grade.cell_cases import CASES


@pytest.fixture(scope="module")
def ipython(tmp_path_factory):
    """What IPython's own shell gives for each case."""
    folder = tmp_path_factory.mktemp("ipython")
    subprocess.run([sys.executable, str(Path(__file__).parent / "cell_cases.py"), "values"],
                   input=json.dumps(CASES), text=True, cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={**os.environ, "IPYTHONDIR": str(folder / "ipython"), "MPLBACKEND": "Agg"})
    return json.loads((folder / "values").read_text())


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """A folder to work in; what a case does to modules is undone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    environment, modules = dict(os.environ), dict(sys.modules)
    pristine = Pristine()
    yield
    if Shell.initialized():  # at the end of the tests each would look for garbage once more
        atexit.unregister(Shell.instance().atexit_operations)
    pristine.restore()
    sys.modules.update(modules)
    os.environ.clear()
    os.environ.update(environment)


def notebook(cells):
    """The cells of a notebook whose last one answers the exercise."""
    made = [{"number": number, "source": source, "course": {}}
            for number, source in enumerate(cells, start=1)]
    made[-1]["course"] = {"exercise": "1.1", "part": "answer"}
    return made


def value(handed, cells, **how):
    try:
        return repr(*run(handed, cells, **how))
    except Exception as error:
        return type(error).__name__


def test_there_are_cells_enough(ipython):
    assert len(CASES) >= 200
    assert ipython.keys() == CASES.keys()
    given = [one for one in ipython.values() if one != "None"]
    assert len(given) == len(CASES), "each case has an answer in IPython"


@pytest.mark.parametrize("name", CASES)
def test_a_cell_gives_what_ipython_gives(name, ipython, scratch):
    """By what is found by name, or, as for every answer that is not right, with all before it."""
    cells = notebook(CASES[name])
    handed = handed_in(cells, "1.1", ["answer"])
    found = value(handed, cells)
    for plan in handed.wider((), cells):
        if found == ipython[name]:
            break
        found = value(plan, cells, tolerant=True)
    assert found == ipython[name]


BY_NAME = ("time above", "time in a line", "capture above", "remainder", "question", "shell value",
           "star", "put", "own function", "second argument", "popped", "global, ",
           "global through", "registry", "default", "walrus", "match", "with", "exec, ", "rows",
           "iterator", "await", "builtin")


@pytest.mark.parametrize("name", [one for one in CASES if one.startswith(BY_NAME)])
def test_names_lead_to_what_a_cell_needs(name, ipython, scratch):
    cells = notebook(CASES[name])
    assert value(handed_in(cells, "1.1", ["answer"]), cells) == ipython[name]


@pytest.mark.parametrize(("source", "lines"), [
    ("%%time\nx = 1\ny = 2", [2, 3]),
    ("\n\n%time x = 1 + \\\n  2\ny = 3", [3, 5]),
    ("!ls \\\n  -l \\\n  -a\nx = 1", [1, 4]),
    ("%%time\n\n%%capture\n\nx = 1", [5]),
    ("%%capture out\nx = 1\ny = 2", [1]),
    ("np.sum?\n\nx = (1\n%2)\ny = 1", [1, 3, 5]),
])
def test_statements_keep_their_lines(source, lines):
    assert [node.lineno for node in parse(source)] == lines


def test_an_error_names_the_line_of_the_student(scratch):
    for source in ("%%time\nx = 1\ny = x / 0", "%time x = 1 + \\\n  2\ny = 1 / 0",
                   "!true \\\n  x\n1 / 0"):
        found, _ = first("1.1", notebook([source]), 10)
        assert found["status"] == "error"
        assert "line 3 of its cell" in found["message"], found["message"]
        assert "/ 0`" in found["message"]


def test_a_cell_that_is_no_python_is_said_to_be_none():
    for source, said in (("\n\nx = = 1", "line 3"), ("%%time\nx = 1\ny = = 2", "line 3")):
        with pytest.raises(Unreadable, match=said):
            handed_in(notebook([source]), "1.1", ["answer"])


def test_nothing_is_installed(scratch, capfd):
    cells = notebook(["%pip install nothing-of-this-name\n!pip install nothing-of-this-name\n"
                      "%%conda\nanswer = 1".replace("%%conda\n", "%conda list\n")])
    assert run(handed_in(cells, "1.1", ["answer"]), cells) == [1]
    assert capfd.readouterr().err.count("while it is graded") == 3


COURSE = ["import numpy as np\nx = np.zeros(3)", "slow = [0]\nslow.append(len(slow))"]


def test_only_what_is_the_students_is_run_again(scratch):
    """A training of the chapter that no name leads to stays out, unless code is opaque."""
    for own, everything in (("np.put(np.ones(2), 0, 1)", False), ("exec('y = 1')", True)):
        cells = notebook([*COURSE, own, "answer = 5"])
        _, handed = first("1.1", cells, 10)
        plans = handed.wider({one.strip() for one in COURSE}, cells)
        assert len(plans) == 1 + everything
        run_cells = {one.cell for one in plans[-1].run}
        assert (2 in run_cells) == everything
        assert 3 in run_cells


def test_the_better_outcome_counts(scratch):
    """1.4 is asked for; what makes it right is set where no name shows it."""
    cells = notebook(["for name in ['answer']:\n    globals()[name] = 1", "pass"])
    cells[-1]["course"] = {}
    found, handed = first("1.4", cells, 10)
    assert found["status"] == "missing"
    plans = further(found, handed, cells, {"chapter": 1, "skip": []})
    assert plans
    assert attempt("1.4", plans[0], cells, 10, tolerant=True)["status"] in ("error", "missing")
