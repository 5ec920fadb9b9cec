"""A real scheduler and two workers: nothing is lost, nothing is done twice, whoever is killed."""

from contextlib import suppress
from threading import Thread

import psutil
import pytest

distributed = pytest.importorskip("distributed")
from course.cluster.client import Cluster  # noqa: E402 - distributed may be missing
from course.cluster.errors import ClusterError, Failed  # noqa: E402
from course.cluster.identity import identity  # noqa: E402
from course.cluster.tasks import KEPT, key_of  # noqa: E402
from tests.course.cluster.loopback import Loopback  # noqa: E402

HERE = "tests.course.cluster.small_work"
WORK = f"{HERE}:work"


@pytest.fixture(scope="module")
def loopback(tmp_path_factory):
    with Loopback(tmp_path_factory.mktemp("cluster")) as made:
        made.add("first")
        made.add("second")
        made.joined()
        yield made


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log"
    path.touch()
    return path


def orders(log, *names, **more):
    return {name: {"name": name, "number": number, "log": str(log), **more}
            for number, name in enumerate(names)}


def lines(log):
    """What was done to which piece, by which process."""
    return [line.split() for line in log.read_text(encoding="utf-8").splitlines()]


def count(log, what, name):
    return sum(line[:2] == [what, name] for line in lines(log))


def test_a_worker_that_is_killed_in_the_middle_loses_nothing_and_doubles_nothing(
        loopback, log, tmp_path):
    names = [f"piece-{number}" for number in range(5)]
    asked = orders(log, *names)
    asked["piece-4"]["gate"] = str(tmp_path / "gate")
    taken = {}
    with Cluster(str(loopback.file)) as cluster:
        for name, result in cluster.results(WORK, asked):
            assert name not in taken
            taken[name] = result
            if len(taken) == 4:  # one worker is in the midst of the last piece
                loopback.waited(lambda: count(log, "begin", "piece-4"))
                pid = int(next(line[2] for line in lines(log) if line[:2] == ["begin", "piece-4"]))
                loopback.kill(next(name for name, process in loopback.workers.items()
                                   if process.pid == pid))
                (tmp_path / "gate").touch()
    assert taken == {name: {"square": number**2} for number, name in enumerate(names)}
    assert [count(log, "end", name) for name in names] == [1] * 5
    assert [count(log, "begin", name) for name in names] == [1] * 4 + [2]
    loopback.add("third")
    loopback.joined()


def test_a_finished_result_is_not_made_again_when_its_worker_is_gone(loopback, log):
    asked = orders(log, "one", "two")
    taken = []
    with Cluster(str(loopback.file)) as cluster:
        for name, result in cluster.results(WORK, asked):
            taken.append((name, result))
            if len(taken) == 1:
                other = "two" if name == "one" else "one"
                key = key_of(WORK, asked[other], identity())
                loopback.waited(lambda key=key: cluster.client.get_metadata([KEPT, key], None))
                for worker in list(loopback.workers):
                    loopback.kill(worker)
                loopback.add("fourth")
                loopback.add("fifth")
                loopback.joined()
        left = cluster.client.get_metadata([KEPT])
    assert sorted(taken) == [("one", {"square": 0}), ("two", {"square": 1})]
    assert (count(log, "end", "one"), count(log, "end", "two")) == (1, 1)
    assert not any(left.values()), "what is written is cleared"


def test_what_is_asked_for_anew_is_made_anew(loopback, log):
    for times in (1, 2):
        with Cluster(str(loopback.file)) as cluster:
            assert list(cluster.results(WORK, orders(log, "one"))) == [("one", {"square": 0})]
        assert count(log, "end", "one") == times


def test_equal_orders_are_one_piece_and_all_get_its_result(loopback, log):
    order = orders(log, "one")["one"]
    with Cluster(str(loopback.file)) as cluster:
        taken = list(cluster.results(WORK, {"a": order, "b": order}))
    assert sorted(taken) == [("a", {"square": 0}), ("b", {"square": 0})]
    assert count(log, "end", "one") == 1


def test_a_piece_that_fails_leaves_the_others(loopback, log):
    with Cluster(str(loopback.file)) as cluster:
        taken = dict(cluster.results(WORK, orders(log, "one", "fails", "two")))
    assert (taken["one"], taken["two"]) == ({"square": 0}, {"square": 4})
    assert taken["fails"] == Failed("KeyError: 'what it lacks'")


def test_a_worker_of_another_course_is_refused_by_name(loopback, log, monkeypatch):
    other = identity() | {"course": "9.9.9 (sources of another)", "numpy": "0.1"}
    one = Cluster(str(loopback.file))
    one.own = other
    with pytest.raises(ClusterError, match=r"tcp://127.*9\.9\.9.*numpy .* where 0\.1"), one:
        pass
    monkeypatch.setattr(Cluster, "look_at_workers", lambda self: None)  # one that came later
    with one as cluster, \
            pytest.raises(ClusterError, match=r"tcp://127.*9\.9\.9"):
        list(cluster.results(WORK, orders(log, "one")))
    assert not lines(log)


def test_a_worker_without_what_a_piece_needs_is_named(loopback, log):
    with Cluster(str(loopback.file)) as cluster, \
            pytest.raises(ClusterError, match=r"the worker tcp://127.* has no digits"):
        list(cluster.results(WORK, orders(log, "refuses")))


def test_a_piece_that_nobody_wants_any_more_ends(loopback, log):
    order = {"name": "endless", "log": str(log), "call": f"{HERE}:endless"}
    with Cluster(str(loopback.file)) as cluster:
        results = cluster.results(f"{HERE}:in_another", {"endless": order})

        def ask():
            with suppress(ClusterError):  # as the connection is closed
                next(results)

        Thread(target=ask, daemon=True).start()
        loopback.waited(lambda: lines(log))
    pid = int(lines(log)[0][2])
    loopback.waited(lambda: not psutil.pid_exists(pid))


def test_timed_work_needs_a_worker_that_offers_a_place(loopback):
    with pytest.raises(ClusterError, match="--resources 'race=1'"), \
            Cluster(str(loopback.file), timed="race"):
        pass


def test_a_scheduler_that_is_gone_ends_the_command_and_keeps_what_was_done(
        loopback, log, tmp_path):
    """The last test of this file: it ends the scheduler that the others use."""
    asked = orders(log, "one") | orders(log, "two", gate=str(tmp_path / "gate"))
    with Cluster(str(loopback.file)) as cluster:
        results = cluster.results(WORK, asked)
        name, _ = next(results)
        loopback.scheduler.kill()
        with pytest.raises(ClusterError, match="is gone"):
            next(results)
    assert name == "one"
