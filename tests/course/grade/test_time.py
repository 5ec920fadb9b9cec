"""What ran out of time is tried again, alone; what does not end then is to be regraded."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from benchmarks.speed.grading_speed import solved
from course.grade.folder import grade_paths
from course.grade.hand_ins.reading import read_notebook
from course.grade.running import worker
from course.grade.running.runner import grade
from course.grade.running.workers import Workers
from helpers.exercises import chapter, find
from tests.course.grade.hand_in import LOOP, RIGHT, SOLVED, filled, with_cell

ANSWER = SOLVED["1.1"]
LIMIT = 0.6
COMPUTE = ("import time\nbegin = time.process_time()\n"
           "while time.process_time() - begin < {seconds}:\n    pass\n")
LOG = ("import os, time\ndef log(what):\n    with open({log!r}, 'a') as file:\n"
       "        file.write(f'{{time.monotonic()}} {{what}}\\n')\nlog('begin')\n")


def write(folder, **sources):
    """Notebooks of chapter 1 with these answers to 1.1; returns their paths."""
    paths = [folder / f"{name}.ipynb" for name in sources]
    for path, source in zip(paths, sources.values(), strict=True):
        path.write_text(json.dumps(filled({"1.1": source, "1.4": SOLVED["1.4"]})))
    return paths


@pytest.fixture(scope="module")
def workers():
    """The same for several runs, for the libraries are imported once in them."""
    with Workers() as made:
        yield made


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Several notebooks, graded in one run beside busy processes, and what they left in a log."""
    folder = tmp_path_factory.mktemp("handed in")
    modules = tmp_path_factory.mktemp("modules")
    (modules / "slow_to_import.py").write_text(COMPUTE.format(seconds=3 * LIMIT) + "value = 1\n")
    log = folder / "log"
    mark = str(folder / "tried")
    first_time = f"if not os.path.exists({mark!r}):\n    open({mark!r}, 'w')\n"
    start = LOG.format(log=str(log))
    paths = write(
        folder,
        asleep=f"import time\ntime.sleep({2 * LIMIT})\n{ANSWER}",
        busy=COMPUTE.format(seconds=0.6 * LIMIT) + ANSWER,
        second=f"{start}{first_time}    while True:\n        pass\n{ANSWER}\nlog('end second')",
        imports=f"import slow_to_import\n{ANSWER}",
        within="def f():\n    import slow_to_import\n    return slow_to_import.value\n"
               f"assert f() == 1\n{ANSWER}",
        endless=f"{start}\n{LOOP}",
        waits="import threading\nthreading.Event().wait()",
        child="import subprocess\nsubprocess.Popen(['sleep', '7654'])\n"
              f"subprocess.Popen(['sleep', '7654'], start_new_session=False)\n{ANSWER}",
        patched="import numpy, keras, os\nnumpy.zeros = keras.Model = None\n"
                f"os.environ['TRIED'] = '1'\n{ANSWER}",
        after=f"import numpy, keras, os\nassert numpy.zeros and keras.Model\n"
              f"assert 'TRIED' not in os.environ\n{ANSWER}")
    crowd = [subprocess.Popen([sys.executable, "-c", "while True: pass"])
             for _ in range(2 * (os.cpu_count() or 1))]
    finals = []
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", os.pathsep.join(
                [str(modules), os.environ.get("PYTHONPATH", "")]))
            patch.delenv("COURSE_DATA", raising=False)
            found = grade_paths(paths, [path.stem for path in paths], seconds=LIMIT, jobs=2,
                                done=lambda one: finals.append(one.name))
    finally:
        for one in crowd:
            one.kill()
            one.wait()
    tried = ["second", "endless", "waits"]  # once more, at the end and in order
    assert sorted(finals[:-len(tried)]) == sorted(path.stem for path in paths)
    assert finals[-len(tried):] == tried
    return {one.name: one for one in found}, log.read_text()


@pytest.mark.parametrize(("name", "status"), [
    ("asleep", "right"), ("busy", "right"), ("second", "right"), ("imports", "right"),
    ("within", "right"), ("child", "right"), ("patched", "right"), ("after", "right"),
    ("endless", "regrade"), ("waits", "regrade")])
def test_time_counts_where_it_is_the_answers_own(graded, name, status):
    assert graded[0][name].outcomes["1.1"]["status"] == status, graded[0][name]
    assert graded[0][name].outcomes["1.4"]["status"] == "right", graded[0][name]


def test_the_second_try_is_alone(graded):
    """The endless one and the one that ends the second time begin their second tries one by one."""
    lines = [line.split(maxsplit=1) for line in graded[1].splitlines()]
    said = [what for _, what in lines]
    assert said.count("begin") == 4
    assert said.count("end second") == 1
    assert said[2:] == ["begin", "end second", "begin"]


def test_nothing_is_left_of_what_was_started(graded):
    left = [one for one in psutil.process_iter(["cmdline"])
            if one.info["cmdline"] and "7654" in one.info["cmdline"]]
    assert not left


@pytest.mark.parametrize(("own", "given", "status"), [
    (0.2, None, "time"), (0.2, 5.0, "right"), (5.0, 0.2, "time"), (5.0, None, "right")])
def test_seconds_raise_and_lower_an_exercises_own_limit(own, given, status, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(worker, "prepare", lambda number: None)
    monkeypatch.setattr(worker, "find", lambda one: dataclasses.replace(find(one), seconds=own))
    monkeypatch.setattr(worker, "Pristine", Untouched)
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    path, = write(tmp_path, one=COMPUTE.format(seconds=0.6) + ANSWER)
    path.write_text(json.dumps(read_notebook(path)))  # as a worker gets it
    results = tmp_path / "results"
    results.write_text("")
    worker.grade_all({"notebook": str(path), "results": str(results), "exercises": ["1.1"],
                      "seconds": given, "chapter": 1, "skip": []})
    found = [json.loads(line) for line in results.read_text().splitlines()]
    assert [one["status"] for one in found if "status" in one] == [status]


class Untouched:
    """In the tests' own process, modules stay where they are."""

    def restore(self):
        pass


def test_marks_are_the_same_where_nothing_can_be_forked(tmp_path, workers):
    path = tmp_path / "one.ipynb"
    path.write_text(json.dumps(filled(RIGHT | {"1.2": "1 / 0", "1.3": "x = 1"})))
    anew = Workers()
    anew.forks = False
    found = [grade(path, "one", workers=one) for one in (workers, anew)]
    assert not anew.server
    assert bool(workers.server) == (sys.platform == "linux")
    assert found[0] == found[1]
    assert found[0].marks == 2


def test_workers_of_one_run_share_their_imports(tmp_path, workers):
    """They are forked from one process, which has imported the libraries and has one thread."""
    where = str(tmp_path / "parents")
    source = f"import os\nopen({where!r}, 'a').write(f'{{os.getppid()}}\\n')\n{ANSWER}"
    paths = write(tmp_path, a=source, b=source)
    assert all(one.marks == 2 for one in grade_paths(paths, ["a", "b"], jobs=2, workers=workers))
    parents = Path(where).read_text().split()
    assert len(parents) == 2
    assert len(set(parents)) == (1 if sys.platform == "linux" else 2)
    assert str(os.getpid()) not in parents or sys.platform != "linux"


def test_one_process_forks_for_chapters_with_tensorflow_and_pytorch_in_any_order(tmp_path, workers):
    """What each imports keeps the next from nothing: neither a fork nor the other library."""
    pytest.importorskip("torch")
    where = str(tmp_path / "parents")
    libraries = {2: "keras", 10: "torch"}
    for number, library in libraries.items():
        notebook = solved(chapter(number), everything=False)
        first = next(cell for cell in notebook["cells"]
                     if cell["metadata"].get("course", {}).get("part") == "answer")
        first["source"] = (f"import os, sys\nopen({where!r}, 'a').write(f'{{os.getppid()}}\\n')\n"
                           f"import torch, keras\ntorch.optim.Adam([torch.zeros(1)])\n"
                           f"keras.ops.ones(3)\n{first['source']}")
        path = tmp_path / f"{library}.ipynb"
        path.write_text(json.dumps(notebook))
        found = grade(path, library, workers=workers)
        assert found.marks == sum(one["status"] == "right" for one in found.outcomes.values()) > 1
    parents = Path(where).read_text().split()
    assert len(set(parents)) == (1 if sys.platform == "linux" else len(libraries))


def test_what_no_name_shows_is_found_by_running_more(tmp_path, workers):
    """The whole way of the grader: a change by another name makes an answer right."""
    notebook = with_cell(
        "sizes = [0]\nalias = sizes\nalias[0] = (5 * 5 * 3 + 1) * 64",
        {"1.4": SOLVED["1.4"].replace("(5 * 5 * 3 + 1) * 64", "sizes[0]", 1)}, before="1.4")
    path = tmp_path / "one.ipynb"
    path.write_text(json.dumps(notebook))
    found, = grade_paths([path], ["one"], workers=workers)
    assert "sizes[0]" in path.read_text()
    assert found.outcomes["1.4"]["status"] == "right", found
