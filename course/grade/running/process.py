"""The processes in which notebooks are graded: forked where that can be, else started anew."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from typing import Any, Protocol

import psutil

from helpers import ROOT

# Without the working folder in front of all others, where an answer could put its own `helpers`.
CODE = ("import sys; sys.path[:] = filter(None, sys.path); "
        "from course.grade.running.{module} import main; main()")
ENVIRONMENT = {
    "MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1",
    # One thread for each library: then the processor time of a notebook is what it takes on one
    # processor, on a machine with two of them as on one with sixty-four.
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


class Process(Protocol):
    """A worker that runs. signal: the number of the signal that ended it, or 0."""

    pid: int
    signal: int

    def ended(self) -> bool:
        """Return whether it has ended."""

    def stop(self) -> None:
        """End it and what it started, and collect it."""


def environment() -> dict[str, str]:
    """Return the environment of a process that imports the course as it is installed here."""
    path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **ENVIRONMENT, "PYTHONPATH": os.pathsep.join(path)}


class Started:
    """A worker that is started anew and imports what it needs by itself."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE.format(module="worker")], cwd=order["folder"],
            env=environment() | order["environment"], stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.pid, self.signal = self.process.pid, 0
        with contextlib.suppress(BrokenPipeError), self.process.stdin as pipe:
            pipe.write((json.dumps(order) + "\n").encode())

    def ended(self) -> bool:
        """Return whether it has ended."""
        self.signal = max(0, -(self.process.poll() or 0))
        return self.process.returncode is not None

    def stop(self) -> None:
        """End it and what it started, and collect it."""
        children = family(self.pid)[1:]
        end_session(self.pid)
        kill(children)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class Forked:
    """A worker that a server has forked."""

    def __init__(self, pid: int, server: Server) -> None:
        self.pid, self.signal, self.server = pid, 0, server
        self.end = threading.Event()

    def ended(self) -> bool:
        """Return whether it has ended."""
        return self.end.is_set()

    def stop(self) -> None:
        """End it and what it started."""
        children = [] if self.ended() else family(self.pid)[1:]
        self.server.ask(stop=self.pid)
        kill(children)
        self.end.wait()
        if not self.server.reader.is_alive():  # nobody else has done it
            end_session(self.pid)


class Refused(Exception):
    """The server cannot fork."""


class Server:
    """A process that has imported the libraries, and forks workers."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE.format(module="fork_server")],
            cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True)
        self.one, self.asking = threading.Lock(), threading.Lock()
        self.workers: dict[int, Forked] = {}
        self.answer: dict[str, Any] | None = None
        self.answered = threading.Event()
        self.reader = threading.Thread(target=self.listen, daemon=True)
        self.reader.start()

    def listen(self) -> None:
        """Take the answers, until the server ends."""
        for line in self.process.stdout:
            said = json.loads(line)
            if "ended" in said:
                worker = self.workers.pop(said["ended"])
                worker.signal = said["signal"]
                worker.end.set()
                continue
            if "pid" in said:  # here, so that it is known before its end is told
                said["worker"] = self.workers[said["pid"]] = Forked(said["pid"], self)
            self.answer = said
            self.answered.set()
        self.answer = {"refused": "it has ended"}
        self.answered.set()
        for worker in list(self.workers.values()):
            worker.end.set()

    def ask(self, **line: Any) -> None:
        """Send a line."""
        with self.asking, contextlib.suppress(OSError, ValueError):
            self.process.stdin.write((json.dumps(line) + "\n").encode())
            self.process.stdin.flush()

    def fork(self, order: dict[str, Any]) -> Forked:
        """Return a new worker; Refused if there is none."""
        with self.one:
            if not self.reader.is_alive():
                raise Refused
            self.answered.clear()
            self.ask(work=order)
            while not self.answered.wait(1):
                if not self.reader.is_alive():
                    raise Refused
            if "worker" not in self.answer:
                raise Refused(self.answer["refused"])
            return self.answer["worker"]

    def close(self) -> None:
        """End the server with all its workers."""
        with self.asking, contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join()
        self.process.stdout.close()


def end_session(pid: int) -> None:
    """End a worker and all of its session, which is its own."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def family(pid: int) -> list[psutil.Process]:
    """Return a process and those that it started, or nothing if it has ended."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def kill(processes: list[psutil.Process]) -> None:
    """End processes that may have ended by themselves."""
    for one in processes:
        with contextlib.suppress(psutil.Error):
            one.kill()
