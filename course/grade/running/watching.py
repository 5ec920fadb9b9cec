"""Watch a worker from outside: what it says, how long it computes, how much memory it takes."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from course.grade.running.process import Process, family
from helpers.exercises.checks.limits import PATIENCE

GIGABYTE = 2**30
START_SECONDS = 120.0  # for the libraries that are imported before the first exercise
MARGIN = 1.5  # the worker stops an answer by itself; this is for one that it cannot interrupt
GRACE = 5.0
POLL, FAMILY_POLL = 0.05, 1.0  # seconds; to look for children costs more


class Watch:
    """A worker under its limits. memory: in gigabytes, for what it takes after its imports."""

    def __init__(self, process: Process, results: Path, memory: float) -> None:
        self.process, self.results, self.memory = process, results, memory * GIGABYTE
        self.read, self.ready, self.at_start = 0, False, 0
        self.others, self.counted = 0, 0.0
        self.allow(START_SECONDS)

    def allow(self, seconds: float) -> None:
        """Begin a new limit."""
        self.seconds = seconds
        self.computed, self.passed = processor_time(self.process.pid), time.monotonic()

    def until_its_end(self) -> str:
        """Wait for the end; returns "" or why the process must be stopped before it."""
        while not self.process.ended():
            for line in self.news():
                if "ready" in line:
                    self.ready, self.at_start = True, own_memory(self.process.pid)
                if "seconds" in line:
                    self.allow(line["seconds"])
            if self.too_long():
                return "time"
            if self.ready and self.taken() > self.memory:
                return "memory"
            time.sleep(POLL)
        return ""

    def news(self) -> Iterator[dict[str, Any]]:
        """Yield the lines that have come since the last look."""
        if self.results.stat().st_size > self.read:
            with open(self.results, "rb") as file:
                file.seek(self.read)
                for line in file:
                    if line.endswith(b"\n"):
                        self.read += len(line)
                        with contextlib.suppress(ValueError):
                            yield json.loads(line)

    def too_long(self) -> bool:
        """Return whether the limit is over, by processor time or, far behind it, by the clock."""
        passed = time.monotonic() - self.passed
        if passed <= MARGIN * self.seconds + GRACE:
            return False
        computed = processor_time(self.process.pid) - self.computed
        return (computed > MARGIN * self.seconds + GRACE
                or passed > MARGIN * PATIENCE * self.seconds + GRACE)

    def taken(self) -> int:
        """Return the bytes of the worker since it was ready, and of those that it started."""
        if time.monotonic() > self.counted + FAMILY_POLL:
            self.counted = time.monotonic()
            self.others = sum(map(resident, family(self.process.pid)[1:]))
        return own_memory(self.process.pid) - self.at_start + self.others


def processor_time(pid: int) -> float:
    """Return the seconds that a process has computed, in all its threads."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return times.user + times.system


def own_memory(pid: int) -> int:
    """Return the bytes of a process that are no file's, where the system tells them apart.

    A forked process has the pages of its parent as its own; what counts is how many are added.
    """
    try:
        found = psutil.Process(pid).memory_info()
    except psutil.Error:
        return 0
    return found.rss - getattr(found, "shared", 0)


def resident(process: psutil.Process) -> int:
    """Return the bytes of a process in memory."""
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0
