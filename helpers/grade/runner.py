"""Grade one notebook in a process of its own, in a scratch copy, within time and memory."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from helpers.exercises import chapter
from helpers.grade.decoding import File, NoNotebook
from helpers.grade.handed_in import exercises_in
from helpers.grade.reading import read_notebook

ROOT = Path(__file__).resolve().parents[2]
GIGABYTE = 2**30
# Without the working folder in front of all others, where an answer could put its own `helpers`.
WORKER = ("import sys; sys.path[:] = filter(None, sys.path); "
          "from helpers.grade.worker import main; main()")
START_SECONDS = 120  # for the libraries that a worker imports before its first exercise
POLL = 0.05


@dataclass
class Graded:
    """What came of one notebook. outcomes: for each exercise status, share and message."""

    name: str
    chapter: int | None = None
    outcomes: dict[str, dict[str, Any]] = field(default_factory=dict)
    remark: str = ""

    @property
    def marks(self) -> float:
        """One for each exercise; one with several parts gives its share."""
        return round(sum(one["share"] for one in self.outcomes.values()), 2)


def grade(path: File, name: str, *, seconds: float = 60.0, memory: float = 4.0) -> Graded:
    """Grade a notebook; whatever is wrong with it is told in the result.

    seconds: for each exercise. memory: in gigabytes, for the process and what it starts.
    """
    try:
        notebook = read_notebook(path)
    except NoNotebook as error:
        return Graded(name, remark=str(error))
    exercises = chapter_exercises(exercises_in(notebook))
    if not exercises:
        return Graded(name, remark="no exercise of this course is in it. "
                                   "Ask for the chapter's own notebook.")
    graded = Graded(name, int(exercises[0].split(".")[0]))
    # A scratch folder, also for what the answers write; it goes when the notebook is done.
    with tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True) as folder:
        home = Path(folder, "work")
        home.mkdir()
        (home / "notebook.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        results = Path(folder, "results")
        while left := [one for one in exercises if one not in graded.outcomes]:
            results.write_text("")
            stopped = run_worker(home, results, left, seconds, memory)
            read_results(results, graded, stopped)
            if left[0] not in graded.outcomes:  # it did not even begin
                graded.outcomes[left[0]] = {
                    "status": stopped or "crash", "share": 0.0,
                    "message": "The process ended before its first answer."}
    return graded


def chapter_exercises(found: Sequence[str]) -> list[str]:
    """Return all exercises of the chapter that a notebook belongs to, by most of its numbers."""
    counts = Counter(name.split(".")[0] for name in found)
    for number, _ in counts.most_common():
        try:
            return [one.id for one in chapter(int(number)).exercises]
        except ValueError:
            continue
    return []


def run_worker(home: Path, results: Path, exercises: list[str], seconds: float,
               memory: float) -> str:
    """Run a worker to its end; returns "" or why it was stopped, "time" or "memory"."""
    environment = {**os.environ, "MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3",
                   "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1",
                   "PYTHONPATH": os.pathsep.join(
                       [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}
    order = {"notebook": str(home / "notebook.ipynb"), "exercises": exercises, "seconds": seconds,
             "results": str(results)}
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=home, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True)
    try:
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.close()
        return watch(process, results, seconds, memory)
    except BrokenPipeError:
        return ""
    finally:
        stop(process)


def watch(process: subprocess.Popen, results: Path, seconds: float, memory: float) -> str:
    """Wait for the end; returns why the process must be stopped before it."""
    size, deadline = 0, time.monotonic() + START_SECONDS
    while process.poll() is None:
        if results.stat().st_size != size:  # it has begun or ended an exercise
            size = results.stat().st_size
            # The worker stops an answer by itself; this is for one that it cannot interrupt.
            deadline = time.monotonic() + 12 * seconds + 5
        if time.monotonic() > deadline:
            return "time"
        if resident(process.pid) > memory * GIGABYTE:
            return "memory"
        time.sleep(POLL)
    return ""


def resident(pid: int) -> int:
    """Return the bytes in memory of a process and of those that it started."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0
    total = 0
    for one in family:
        try:
            total += one.memory_info().rss
        except psutil.Error:
            continue
    return total


def stop(process: subprocess.Popen) -> None:
    """End a process and what it started, and collect it."""
    try:
        children = psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        children = []
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # its session is its own
    for one in children:
        try:
            one.kill()
        except psutil.Error:
            continue
    if process.poll() is None:
        process.kill()
    process.wait()


def read_results(results: Path, graded: Graded, stopped: str) -> None:
    """Take over the outcomes, and blame the exercise during which the worker was stopped."""
    begun = None
    for line in results.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            found = json.loads(line)
            exercise = found.pop("exercise")
        except (ValueError, KeyError, AttributeError):
            continue
        if found.get("begin"):
            begun = exercise
        else:
            graded.outcomes[exercise], begun = found, None
    if begun is not None:
        said = {"time": "It did not end.", "memory": "It took more memory than is allowed.",
                "": "It ended the whole process."}[stopped]
        graded.outcomes[begun] = {"status": stopped or "crash", "share": 0.0, "message": said}
