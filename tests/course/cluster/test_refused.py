"""What is said where no cluster can be used, and how a piece ends with its worker."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from course.cluster import client as connected
from course.cluster.client import Cluster, look_for_crowd
from course.cluster.errors import ClusterError
from helpers import ROOT
from tests.course.cluster.loopback import environment

HERE = "tests.course.cluster.small_work"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log"
    path.touch()
    return path


def lines(log):
    return [line.split() for line in log.read_text(encoding="utf-8").splitlines()]


def test_a_process_of_a_piece_ends_with_its_worker(log):
    order = {"name": "endless", "log": str(log), "call": f"{HERE}:endless"}
    parent = subprocess.Popen([sys.executable, "-c", "from course.cluster import own_process\n"
                               f"own_process.run({order!r})"], cwd=ROOT, env=environment())
    end = time.monotonic() + 60
    while not lines(log) and time.monotonic() < end:
        time.sleep(0.05)
    pid = int(lines(log)[0][2])
    assert pid not in (parent.pid, os.getpid())
    parent.kill()
    parent.wait()
    while psutil.pid_exists(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)


@pytest.mark.parametrize(("places", "said"), [
    ([("a", 1), ("b", 1), ("b", 0)], ""), ([("a", 1), ("a", 1)], "a has 2"),
    ([("a", 2), ("b", 1)], "a has 2"), ([("a", 0)], "none has")])
def test_a_machine_has_one_place_for_timed_work(places, said):
    workers = {f"tcp://{host}:{port}": {"host": host, "resources": {"race": count}}
               for port, (host, count) in enumerate(places)}
    if not said:
        look_for_crowd(workers, "race")
        return
    with pytest.raises(ClusterError, match=said):
        look_for_crowd(workers, "race")


def test_where_no_scheduler_answers_it_is_said(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(connected, "SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(ClusterError, match=f"no Dask scheduler answers at {address}"), \
                Cluster(address):
            pass


def test_without_the_package_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="pip install distributed"), Cluster("tcp://x:1"):
        pass


