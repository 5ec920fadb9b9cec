"""Run one function in several processes at once, and bring back what each returns.

The processes are started anew (spawn) and not copied: a copy of a process that has threads, as
TensorFlow and PyTorch make them, may wait forever for a lock that nobody holds. A function that was
defined in a notebook is in no file that a new process could import, so it is sent itself, by
cloudpickle.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from helpers.arithmetic.arguments import whole_number

LAST_SECONDS = 2.0  # how long the others may take to end once one has died


class WorkerFailed(RuntimeError):
    """A worker died, raised an error, or did not end in time. `rank` is its number, from 0."""

    def __init__(self, rank: int, said: str) -> None:
        super().__init__(said)
        self.rank = rank


def run_workers(work: Callable[..., Any], *arguments: Any, count: int = 2,
                seconds: float = 120.0) -> list[Any]:
    """Call `work(rank, *arguments)` in `count` new processes; return what they return, by rank.

    The processes form a group of torch.distributed (gloo, over the loopback interface), so `work`
    may send, receive and reduce. Each computes in one thread. Nothing outlives this call: when one
    worker dies or raises an error, or when `seconds` are over, all are ended.
    work: a function, defined in a module or in a notebook; it must not ask its user anything.
    arguments, results: whatever can be pickled.
    Raises WorkerFailed, which names the worker that failed first, and how.
    """
    import cloudpickle

    count = whole_number(count, "count")
    if not callable(work):
        raise TypeError(f"work must be a function, got {type(work).__name__}")
    task, context = cloudpickle.dumps((work, arguments)), multiprocessing.get_context("spawn")
    processes, pipes = [], []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for rank in range(count):
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(
                    target=_worker, daemon=True,
                    args=(theirs, rank, count, str(Path(folder) / "meeting"), seconds, task))
                process.start()
                theirs.close()
                processes.append(process)
                pipes.append(ours)
            return _results(processes, pipes, seconds)
        finally:
            for process, pipe in zip(processes, pipes, strict=True):
                process.kill()
                process.join()
                pipe.close()


def _results(processes: list, pipes: list[Connection], seconds: float) -> list[Any]:
    """Wait for a report of each; WorkerFailed as soon as one fails."""
    until, reports = time.monotonic() + seconds, {}
    while len(reports) < len(pipes):
        left = until - time.monotonic()
        open_pipes = [pipe for rank, pipe in enumerate(pipes) if rank not in reports]
        if left <= 0 or not wait(open_pipes, left):
            late = [rank for rank in range(len(pipes)) if rank not in reports]
            raise WorkerFailed(late[0], f"worker {', '.join(map(str, late))} of {len(pipes)} did "
                                        f"not end within {seconds:g} seconds; all were ended")
        for rank, pipe in enumerate(pipes):
            if rank not in reports and pipe.poll():
                reports[rank] = _report(pipe, processes[rank])
        if any(kind == "failed" for kind, *_ in reports.values()):
            raise _first_failure(processes, pipes, reports)
    return [reports[rank][1] for rank in range(len(pipes))]


def _report(pipe: Connection, process) -> tuple:
    """Return what a worker sent: ("done", result), or ("failed", how, when)."""
    try:
        return pickle.loads(pipe.recv_bytes())
    except EOFError:  # it died, and said nothing
        process.join()
        code = process.exitcode
        how = f"died of {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        return "failed", how, 0.0


def _first_failure(processes: list, pipes: list[Connection], reports: dict) -> WorkerFailed:
    """Who failed first: one's death breaks the connections of the others, which then fail, too."""
    until = time.monotonic() + LAST_SECONDS
    for rank, pipe in enumerate(pipes):
        if rank not in reports and pipe.poll(max(0, until - time.monotonic())):
            reports[rank] = _report(pipe, processes[rank])
    _, rank, how = min((report[2], rank, report[1]) for rank, report in reports.items()
                          if report[0] == "failed")
    others = "; the others were ended" if len(pipes) > 1 else ""
    return WorkerFailed(rank, f"worker {rank} of {len(pipes)} {how}{others}")


def _worker(pipe: Connection, rank: int, count: int, meeting: str, seconds: float,
            task: bytes) -> None:
    """What a new process does: meet the others, work, report."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        import torch
        from torch import distributed

        torch.set_num_threads(1)
        os.environ["GLOO_SOCKET_IFNAME"] = _loopback()
        distributed.init_process_group(
            "gloo", init_method=Path(meeting).as_uri(), rank=rank, world_size=count,
            timeout=timedelta(seconds=seconds))
        work, arguments = pickle.loads(task)
        result = work(rank, *arguments)
        distributed.barrier()  # whoever leaves early breaks the connections of the others
        # As bytes: PyTorch would lend its tensors, and they would be gone with this process.
        pipe.send_bytes(pickle.dumps(("done", result)))
    except BaseException as error:
        text = (str(error).splitlines() or [""])[0]
        pipe.send_bytes(pickle.dumps(
            ("failed", f"raised {type(error).__name__}: {text}", time.monotonic())))
        sys.exit(1)


def _loopback() -> str:
    """The name of the interface that leads from this machine to itself: lo, on macOS lo0."""
    return next(name for _, name in socket.if_nameindex() if name.startswith("lo"))


def _end_with_parent() -> None:
    """No worker outlives the notebook that started it, however that ends."""
    wait([multiprocessing.parent_process().sentinel])
    os._exit(1)
