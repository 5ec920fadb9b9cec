"""What any input may do to a function: give a value, or be refused in words, in bounded time and
memory."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from helpers import ROOT
from helpers.exercises.checks.limits import TimeUp, limited

OURS = tuple(str(ROOT / house) for house in ("helpers", "course", "exercises"))
SECONDS = 10.0
MEMORY = 2**30  # bytes beyond what the process has; a photograph of 120 million pixels takes less
SHORTEST = 20  # letters; a message that says less names neither what was expected nor what came


def guarded(call: Callable[[], Any], *refusals: type[Exception], seconds: float = SECONDS,
            memory: int = MEMORY) -> Any:
    """Return what a call gives, or the refusal that it raises.

    refusals: the exceptions that the function documents. One of them must come from a `raise` of
    the course: an error of a library that is let through names its own matters, not the reader's.
    """
    try:
        with bounded(memory):
            return limited(call, seconds=seconds)
    except TimeUp:
        raise AssertionError(f"it did not end within {seconds:g} seconds") from None
    except refusals as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        if not (last.filename.startswith(OURS) and last.line.startswith("raise")):
            raise AssertionError(f"a library's own {type(error).__name__} came through, from "
                                 f"{last.filename}, line {last.lineno}: {error}") from error
        if len(str(error)) < SHORTEST:
            raise AssertionError(f"a refusal that says nothing: {error!r}") from error
        return error


@contextlib.contextmanager
def bounded(memory: int) -> Iterator[None]:
    """Let the process take so many bytes more; beyond them Python raises MemoryError."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        before = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + memory, before[1]))
    except (ImportError, OSError, ValueError):  # not Linux: time is bounded still
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
