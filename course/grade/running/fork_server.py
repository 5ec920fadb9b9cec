"""Import the libraries once, and fork a worker for each notebook; started by `course.grade`.

Reads lines of JSON: `{"work": order}` forks a worker, `{"stop": pid}` ends one with all that it
started. Answers with `{"pid": pid}`, or with `{"refused": why}` where a fork would not be safe, and
says `{"ended": pid, "signal": number}` of each worker. The libraries are only imported here, and
nothing is computed: TensorFlow and PyTorch start their threads with the first computation, and a
process with threads must not be forked. When its input ends, it ends with all its workers.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import sys
import threading
from typing import Any

from course.grade.analysis.slicing import read
from course.grade.running.imports import course_cells, prepare
from course.grade.running.pristine import keep_compiled
from course.grade.running.worker import grade_all


class Server:
    """Forks workers, and tells of their ends. say: the file for the answers."""

    def __init__(self, say: int) -> None:
        self.say_to, self.workers = say, set()
        self.files = [say]  # that are not a worker's business

    def say(self, **line: Any) -> None:
        """Write an answer."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self.say_to, (json.dumps(line) + "\n").encode())

    def obey(self, line: bytes) -> None:
        """Do what a line asks for."""
        asked = json.loads(line)
        if "stop" in asked:
            if asked["stop"] in self.workers:
                end(asked["stop"])
            return
        order = asked["work"]
        prepare(order["chapter"])
        for source in course_cells(order["chapter"]):
            with contextlib.suppress(SyntaxError, ValueError):
                read(source)
        if threading.active_count() > 1 or threads() > 1:
            self.say(refused="a library has started a thread")
            return
        gc.collect()
        gc.freeze()  # what is shared is not touched, and so not copied
        pid = os.fork()
        if not pid:
            become_worker(order, self.files)
        self.workers.add(pid)
        self.say(pid=pid)

    def collect(self) -> None:
        """Collect the workers that have ended, and end what they left behind."""
        for pid in list(self.workers):
            found = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if found is None:
                continue
            end(pid)  # while it is not collected, no other process has its number
            _, status = os.waitpid(pid, 0)
            self.workers.discard(pid)
            self.say(ended=pid, signal=os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)


def end(pid: int) -> None:
    """End a worker and its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def threads() -> int:
    """Return how many threads this process has, where the system tells."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1


def become_worker(order: dict[str, Any], files: list[int]) -> None:
    """Grade a notebook in a process, session and folder of its own; never returns."""
    status = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        for number in files:
            os.close(number)
        os.chdir(order["folder"])
        os.environ.update(order["environment"])
        if "numpy" in sys.modules:
            importlib.import_module("numpy").random.seed()  # as in a process of its own
        grade_all(order)
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    """Serve until the input ends."""
    say = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    server = Server(say)
    keep_compiled()
    heard, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(heard, False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(wake)
    both = selectors.DefaultSelector()
    both.register(0, selectors.EVENT_READ)
    both.register(heard, selectors.EVENT_READ)
    server.files += [heard, wake]
    text = b""
    while True:
        ready = {key.fd for key, _ in both.select()}
        if heard in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(heard, 4096)
        server.collect()
        if 0 in ready:
            more = os.read(0, 65536)
            if not more:
                break
            *lines, text = (text + more).split(b"\n")
            for line in lines:
                server.obey(line)
    for pid in server.workers:
        end(pid)
        os.waitpid(pid, 0)
