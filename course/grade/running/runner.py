"""Grade one notebook in a process of its own, in a scratch copy, within time and memory."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import Signals
from typing import Any

from course.grade.analysis.handed_in import exercises_in
from course.grade.hand_ins.decoding import File, NoNotebook, read_bytes
from course.grade.hand_ins.reading import read_notebook
from course.grade.outcomes import better, outcome
from course.grade.running.process import Process, Started
from course.grade.running.watching import Watch
from course.grade.running.workers import Workers
from helpers.exercises import chapter

SAID = {"time": "It did not end.", "memory": "It took more memory than is allowed.",
        "crash": "It ended the whole process."}
TWICE = ("It ran out of time twice, the second time alone. Is there a loop that never ends? "
         "Otherwise grade it once more with a larger --seconds.")
DIED = ("The process died of {} twice, which is seldom an answer's fault. Grade it once more, with "
        "TF_ENABLE_ONEDNN_OPTS=0 set where that is the processor's.")


@dataclass
class Graded:
    """What came of one notebook.

    outcomes: for each exercise status, share and message. digest: SHA-256 of the file.
    """

    name: str
    chapter: int | None = None
    outcomes: dict[str, dict[str, Any]] = field(default_factory=dict)
    remark: str = ""
    digest: str = ""

    @property
    def marks(self) -> float:
        """One for each exercise; one with several parts gives its share."""
        return round(sum(one["share"] for one in self.outcomes.values()), 2)

    @property
    def unsettled(self) -> list[str]:
        """The exercises that deserve a second try: out of time, or with a process that died."""
        return [exercise for exercise, one in self.outcomes.items()
                if one["status"] in ("time", "crash") or one.get("late")]

    @property
    def to_regrade(self) -> list[str]:
        """The exercises that have no mark, because they came to no end twice."""
        return [exercise for exercise, one in self.outcomes.items() if one["status"] == "regrade"]


def grade(path: File, name: str, *, seconds: float | None = None, memory: float = 4.0,
          workers: Workers | None = None, retry: bool = True) -> Graded:
    """Grade a notebook; whatever is wrong with it is told in the result.

    seconds: of processor time for each exercise; without, each has its own limit. memory: in
    gigabytes, for the process and what it starts, beyond the libraries of its chapter. workers:
    for several notebooks, so that the libraries are imported once. retry: try what ran out of time
    once more, at once.
    """
    try:
        notebook = read_notebook(path)
    except NoNotebook as error:
        return Graded(name, remark=str(error))
    exercises = chapter_exercises(exercises_in(notebook))
    if not exercises:
        return Graded(name, remark="no exercise of this course is in it. "
                                   "Ask for the chapter's own notebook.")
    graded = Graded(name, int(exercises[0].split(".")[0]), digest=digest_of(path))
    if workers is None:
        with Workers() as own:
            attempt(notebook, graded, exercises, seconds, memory, own)
    else:
        attempt(notebook, graded, exercises, seconds, memory, workers)
    if retry:
        grade_again(path, graded, seconds=seconds, memory=memory)
    return graded


def digest_of(path: File) -> str:
    """Return the SHA-256 of a file in hexadecimal digits: which one it was that got the marks."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


def grade_again(path: File, graded: Graded, *, seconds: float | None = None,
                memory: float = 4.0) -> None:
    """Try once more what ran out of time, in a process that is started anew.

    Call it while nothing else is graded. What does not end now either has no mark, but is to be
    regraded: whether the answer or the machine is at fault, nobody knows yet.
    """
    exercises = graded.unsettled
    if not exercises:
        return
    second = Graded(graded.name, graded.chapter)
    notebook = read_notebook(path)
    attempt(notebook, second, exercises, seconds, memory, None)
    for exercise in exercises:
        old, new = graded.outcomes[exercise], second.outcomes[exercise]
        if new["status"] == "time":
            new = outcome("regrade", 0, f"{new['message']} {TWICE}")
        elif new["status"] == "crash" and new.get("signal"):
            new = outcome("regrade", 0, DIED.format(new["signal"]))
        graded.outcomes[exercise] = new if old["status"] in ("time", "crash") else better(old, new)


def chapter_exercises(found: Sequence[str]) -> list[str]:
    """Return all exercises of the chapter that a notebook belongs to, by most of its numbers."""
    counts = Counter(name.split(".")[0] for name in found)
    for number, _ in counts.most_common():
        try:
            return [one.id for one in chapter(int(number)).exercises]
        except ValueError:
            continue
    return []


def attempt(notebook: dict[str, Any], graded: Graded, exercises: list[str], seconds: float | None,
            memory: float, workers: Workers | None) -> None:
    """Grade exercises of a notebook, in as many processes as it takes."""
    # A scratch folder, also for what the answers write; it goes when the notebook is done.
    with tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True) as folder:
        home, results = Path(folder, "work"), Path(folder, "results")
        home.mkdir()
        (home / "notebook.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        order = {"notebook": str(home / "notebook.ipynb"), "folder": str(home),
                 "results": str(results), "seconds": seconds, "chapter": graded.chapter,
                 "environment": {"IPYTHONDIR": str(Path(folder, "ipython"))}}
        while left := [one for one in exercises if one not in graded.outcomes]:
            results.write_text("")
            order |= {"exercises": left, "skip": graded.unsettled}
            process = workers.worker(order) if workers else Started(order)
            try:
                stopped = Watch(process, results, memory).until_its_end()
            finally:
                process.stop()
            read_results(results, graded, stopped or "crash", process)
            if left[0] not in graded.outcomes:  # it did not even begin
                blame(graded, left[0], stopped or "crash", process,
                      "The process ended before its first answer.")


def read_results(results: Path, graded: Graded, stopped: str, process: Process) -> None:
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
            graded.outcomes[exercise] = better(graded.outcomes.get(exercise), found)
            begun = None
    if begun is not None:
        blame(graded, begun, stopped, process, SAID[stopped])


def blame(graded: Graded, exercise: str, status: str, process: Process, message: str) -> None:
    """Say of an exercise that the process was stopped, or ended, while it ran."""
    died = {}
    if status == "crash" and process.signal:
        name = signal_name(process.signal)
        died, message = {"signal": name}, f"{message} It died of {name}."
    graded.outcomes[exercise] = outcome(status, 0, message, **died)


def signal_name(number: int) -> str:
    """Return the name of a signal."""
    try:
        return Signals(number).name
    except ValueError:
        return f"signal {number}"
