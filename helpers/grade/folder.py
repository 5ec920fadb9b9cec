"""Grade all that was handed in, several notebooks at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from helpers.grade.files import Submission, find_notebooks
from helpers.grade.runner import Graded, grade


def grade_folder(folder: Path, *, seconds: float | None = None, memory: float = 4.0, jobs: int = 1,
                 done: Callable[[Graded], None] = lambda graded: None) -> list[Graded]:
    """Grade all notebooks of a folder, several at a time; returns them in the order of their names.

    done: is called with each result as soon as it is there.
    """
    limits = {"memory": memory, **({} if seconds is None else {"seconds": seconds})}
    return grade_all(find_notebooks(folder), limits, jobs, done)


def grade_all(found: list[Submission], limits: dict[str, Any], jobs: int,
              done: Callable[[Graded], None]) -> list[Graded]:
    """Grade what was found, and take over what cannot be; returns all in the order given."""
    def one(submission: Submission) -> Graded:
        if submission.remark:
            return Graded(submission.name, remark=submission.remark)
        try:
            return grade(submission.path, submission.name, **limits)
        except Exception as error:  # one notebook never stops the rest
            return Graded(submission.name, remark=f"grading it failed, {type(error).__name__}: "
                                                  f"{error}. Grade it once more, by itself.")

    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        places = {pool.submit(one, submission): place for place, submission in enumerate(found)}
        graded: dict[int, Graded] = {}
        for future in as_completed(places):
            graded[places[future]] = future.result()
            done(future.result())
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    return [graded[place] for place in range(len(found))]


@contextmanager
def scratch() -> Iterator[None]:
    """Let all that a run writes to scratch lie in one folder, which goes however the run ends."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True) as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


def end_children() -> None:
    """End every process that this one started."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            process.kill()
