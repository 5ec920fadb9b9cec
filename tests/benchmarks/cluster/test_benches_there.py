"""Benches on a real scheduler with two workers give what one machine gives, to the digit."""

import json
import subprocess
import sys
import time
from threading import Thread

import pytest

pytest.importorskip("distributed")
pytest.importorskip("keras")
from benchmarks.cluster import pieces
from course.cluster.errors import Refused
from helpers import ROOT
from helpers.data.mnist import load_mnist
from tests.course.cluster.loopback import Loopback, environment

TIMES = ("seconds", "resumed", "processor_seconds", "epoch_seconds", "epoch_processor", "copying",
         "l3")
PLAIN = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1",
         "TF_NUM_INTEROP_THREADS": "1"}


@pytest.fixture(scope="module")
def loopback(tmp_path_factory):
    """Two workers with what a test run has, but one thread; only the first runs timed pieces."""
    folder = tmp_path_factory.mktemp("cluster")
    with Loopback(folder, **PLAIN, COURSE_UNFINISHED=str(folder / "unfinished")) as made:
        made.add("first", "--resources", "race=1")
        made.add("second")
        made.joined()
        yield made


def command(*arguments):
    return subprocess.Popen([sys.executable, "-m", *map(str, arguments)], cwd=ROOT,
                            env=environment(**PLAIN), stderr=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)


def finished(process):
    said = process.communicate()
    assert process.returncode == 0, said[1][-3000:]
    return said


def runs(path):
    """What a file of results holds, without what a clock says."""
    entry = json.loads(path.read_text(encoding="utf-8"))
    return sorted(({key: value for key, value in run.items() if key not in TIMES}
                   for run in entry.pop("runs", entry.pop("cells", None))),
                  key=lambda run: (str(run.get("name")), run["seed"])), entry


def test_a_ledger_is_equal_and_a_worker_that_is_killed_costs_an_epoch(loopback, tmp_path):
    row = ["benchmarks.ledger.reproduce", "--row", "L5-exercise-1-scaled", "--seeds", "2",
           "--digits", "600", "--threads", "1", "--output"]
    here = command(*row, tmp_path / "here")
    there = command(*row, tmp_path / "there", "--scheduler", loopback.file)
    unfinished = loopback.folder / "unfinished"
    loopback.waited(lambda: list(unfinished.rglob("*-0.npz")), 580)
    loopback.kill("second")  # in the midst of one of the two
    loopback.add("second")
    finished(here)
    finished(there)
    name = "L5-exercise-1-scaled.json"
    assert runs(tmp_path / "there" / name) == runs(tmp_path / "here" / name)
    assert [run["seed"] for run in runs(tmp_path / "there" / name)[0]] == [0, 1]
    resumed = [run["resumed"] for run in
               json.loads((tmp_path / "there" / name).read_text())["runs"]]
    assert sum(resumed) == 1
    assert not list(unfinished.rglob("*.npz"))


@pytest.mark.parametrize(("arguments", "name"), [
    (["benchmarks.collapse", "--part", "grid", "--width", "0.0625", "--rate", "0.001",
      "--seeds", "2", "--digits", "64", "--steps", "3"], "collapse-grid.json"),
    (["benchmarks.races", "--race", "quick", "--seeds", "1", "--first", "1", "--digits", "200",
      "--threads", "1"], "race-quick.json")], ids=["collapse", "race"])
def test_other_benches_are_equal(loopback, tmp_path, arguments, name):
    here = command(*arguments, "--output", tmp_path / "here")
    there = command(*arguments, "--output", tmp_path / "there", "--scheduler", loopback.file)
    finished(here)
    finished(there)
    assert runs(tmp_path / "there" / name) == runs(tmp_path / "here" / name)
    again = command(*arguments, "--output", tmp_path / "there", "--scheduler", loopback.file)
    said, _ = finished(again)
    assert "seed" not in said, "what is there is not run again"


@pytest.mark.parametrize("full", [True, False])
def test_a_worker_with_other_digits_is_refused(monkeypatch, full):
    digits = load_mnist("embedded")._replace(source="embedded" if full else "folder")
    monkeypatch.setattr(pieces, "load_mnist", lambda: digits)
    with pytest.raises(Refused, match=r"5,000 digits .* set COURSE_DATA alike"):
        pieces.digits_for({"threads": None, "full": full})


def test_two_timed_pieces_wait_for_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    inside, other = [], []

    def second():
        with pieces.alone():
            other.append(list(inside))

    with pieces.alone():
        thread = Thread(target=second)
        thread.start()
        time.sleep(0.2)
        assert not other
        inside.append("done")
    thread.join(30)
    assert other == [["done"]]
