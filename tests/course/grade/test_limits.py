"""Limits count processor time: a busy machine takes nothing, and who only waits is stopped late."""

import threading
import time

import pytest

from helpers.exercises.checks import limits
from helpers.exercises.checks.limits import TimeUp, limited


def compute(seconds):
    begin = time.process_time()
    while time.process_time() - begin < seconds:
        pass
    return "done"


def in_thread(function):
    """Call a function in a thread, where no signal arrives."""
    found = []

    def run():
        try:
            found.append(function())
        except TimeUp:
            found.append("time")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def here(function):
    try:
        return function()
    except TimeUp:
        return "time"


both_ways = pytest.mark.parametrize("way", [here, in_thread])


@both_ways
def test_who_computes_too_long_is_stopped(way):
    begin = time.process_time()
    assert way(lambda: limited(compute, 20, seconds=0.2)) == "time"
    assert 0.2 <= time.process_time() - begin < 5


@both_ways
def test_time_that_others_take_does_not_count(way):
    """To wait for a processor is, on the clock, the same as to sleep."""
    def slow():
        time.sleep(0.5)
        return compute(0.05)

    assert way(lambda: limited(slow, seconds=0.2)) == "done"


@both_ways
def test_who_waits_for_ever_is_stopped_by_the_clock(way):
    begin, end = time.monotonic(), threading.Event()
    try:
        assert way(lambda: limited(end.wait, seconds=0.05)) == "time"
        assert time.monotonic() - begin >= limits.PATIENCE * 0.05
    finally:
        end.set()  # a thread that never sees its exception makes Python 3.11's profiler hang


def test_a_limit_within_another_leaves_it_where_it_was():
    def outer():
        with pytest.raises(TimeUp):
            limited(compute, 20, seconds=0.1)
        return compute(20)

    assert here(lambda: limited(outer, seconds=0.4)) == "time"


def test_an_interrupted_import_is_no_error_of_the_students():
    """An import that is interrupted may turn that into an ImportError of its own."""
    def imports():
        try:
            compute(20)
        except BaseException:
            raise ImportError("cannot import name") from None

    with pytest.raises(TimeUp):
        limited(imports, seconds=0.1)


def test_to_go_on_after_the_interruption_does_not_help():
    def stubborn():
        try:
            compute(20)
        except BaseException:
            return "answer"

    with pytest.raises(TimeUp):
        limited(stubborn, seconds=0.1)
