"""Grade notebooks, several at a time, and what ran out of time once more, alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import replace

from course.grade.hand_ins.decoding import File
from course.grade.running.runner import Graded, grade, grade_again
from course.grade.running.workers import Workers


def grade_paths(paths: Sequence[File], names: Sequence[str], *, seconds: float | None = None,
                memory: float = 4.0, jobs: int = 1, workers: Workers | None = None,
                done: Callable[[Graded], None] = lambda graded: None) -> list[Graded]:
    """Grade notebooks, and return what came of them in the same order.

    workers: of a run before this one. done: is called with each result as soon as it is there, and
    once more for a notebook of which something is tried a second time, at the end; until then that
    is to be regraded.
    """
    with ExitStack() as stack:
        shared = workers or stack.enter_context(Workers())

        def one(path: File, name: str) -> Graded:
            return safely(name, lambda: grade(path, name, seconds=seconds, memory=memory,
                                              workers=shared, retry=False))

        pool = ThreadPoolExecutor(max_workers=jobs)
        try:
            futures = [pool.submit(one, path, name)
                       for path, name in zip(paths, names, strict=True)]
            for future in as_completed(futures):
                done(so_far(future.result()))
        except BaseException:  # Ctrl-C above all: whoever called ends the processes
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()
    found = [future.result() for future in futures]
    for path, graded in zip(paths, found, strict=True):
        if graded.unsettled:
            failed = safely(graded.name, lambda path=path, graded=graded: grade_again(
                path, graded, seconds=seconds, memory=memory))
            if failed:  # the second try itself, so nobody knows what it would have given
                graded.outcomes = so_far(graded).outcomes
            done(graded)
    return found


def so_far(graded: Graded) -> Graded:
    """Return a result in which what is to be tried once more has no mark yet."""
    again = {name: {**graded.outcomes[name], "status": "regrade"} for name in graded.unsettled}
    return replace(graded, outcomes=graded.outcomes | again)


def safely(name: str, work: Callable[[], Graded | None]) -> Graded | None:
    """Return what some work on a notebook gives; one that fails never stops the others."""
    try:
        return work()
    except Exception as error:
        return Graded(name, remark=f"grading it failed, {type(error).__name__}: {error}. "
                                   "Grade it once more, by itself.")
