"""Grade notebooks, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from helpers.grade.decoding import File
from helpers.grade.runner import Graded, grade


def grade_paths(paths: Sequence[File], names: Sequence[str], *, seconds: float | None = None,
                memory: float = 4.0, jobs: int = 1,
                done: Callable[[Graded], None] = lambda graded: None) -> list[Graded]:
    """Grade notebooks, and return what came of them in the same order.

    done: is called with each result as soon as it is there; it may be called once more for a
    notebook whose later result takes the place of the first.
    """
    limits = {"memory": memory, **({} if seconds is None else {"seconds": seconds})}

    def one(path: File, name: str) -> Graded:
        try:
            return grade(path, name, **limits)
        except Exception as error:  # one notebook never stops the rest
            return Graded(name, remark=f"grading it failed, {type(error).__name__}: {error}. "
                                       "Grade it once more, by itself.")

    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        futures = [pool.submit(one, path, name)
                   for path, name in zip(paths, names, strict=True)]
        for future in as_completed(futures):
            done(future.result())
    except BaseException:  # Ctrl-C above all: whoever called ends the processes, not their threads
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
    return [future.result() for future in futures]
