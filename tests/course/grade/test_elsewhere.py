"""A class graded by two real workers gets the marks that one machine gives, killed or not."""

import json
import subprocess
import sys
import time
from threading import Thread

import pytest

import course.grade.__main__ as command
from helpers import ROOT
from tests.course.grade.commands import put
from tests.course.grade.hand_in import LOOP, RIGHT, SOLVED, WRONG_COUNT, filled
from tests.course.grade.hand_ins.odd_notebooks import encoded

SLOW = f"import time\ntime.sleep(3)\n{SOLVED['1.1']}"


@pytest.fixture(scope="module")
def loopback(tmp_path_factory):
    pytest.importorskip("distributed")
    from tests.course.cluster.loopback import Loopback

    with Loopback(tmp_path_factory.mktemp("cluster")) as made:
        made.add("first")
        made.add("second")
        made.joined()
        yield made


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """Right and wrong answers, one that never ends, one given twice, one that is no notebook."""
    folder = tmp_path_factory.mktemp("class") / "in"
    answers = {"right": RIGHT, "again": RIGHT, "wrong": {"1.1": WRONG_COUNT, "1.2": "1 / 0"},
               "slow": RIGHT | {"1.1": SLOW}, "late": RIGHT | {"1.4": SLOW},
               "endless": {"1.1": LOOP, "1.4": SOLVED["1.4"]}}
    for name, given in answers.items():
        put(folder, f"{name}.ipynb", data=json.dumps(filled(given)).encode())
    put(folder, "utf16.ipynb", data=encoded(filled(RIGHT), "UTF-16 LE with mark"))
    put(folder, "broken.ipynb", data=b'{"cells": [')
    return folder


def marks(folder, path, *more):
    status = command.main([str(folder), "--csv", str(path), "--seconds", "2", *more])
    return status, path.read_text(encoding="utf-8")


def test_the_marks_of_a_cluster_are_those_of_one_machine_also_where_a_worker_is_killed(
        loopback, handed_in, tmp_path, capsys):
    here = marks(handed_in, tmp_path / "here.csv", "--jobs", "2")
    tables = [capsys.readouterr().out]

    def kill():
        path = tmp_path / "there.csv"
        while not path.exists() or path.read_text(encoding="utf-8").count("\n") < 16:
            time.sleep(0.05)
        loopback.kill("first")

    killer = Thread(target=kill)
    killer.start()
    there = marks(handed_in, tmp_path / "there.csv", "--scheduler", str(loopback.file))
    killer.join()
    tables.append(capsys.readouterr().out)
    assert there == here
    assert tables[0] == tables[1]
    assert here[0] == 3, "one is no notebook, and one does not end"
    assert "first" not in loopback.workers


def test_a_cluster_that_does_not_answer_is_told_and_nothing_is_graded(tmp_path, capsys,
                                                                      monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("course.cluster.client.SECONDS", 1)
    put(tmp_path / "in", "a.ipynb")
    assert command.main([str(tmp_path / "in"), "--scheduler", "tcp://127.0.0.1:9"]) == 1
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_a_grader_without_a_cluster_does_not_load_one():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, course.grade.__main__\n"
         "print([one for one in ('dask', 'distributed', 'tornado') if one in sys.modules])"],
        capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
