"""Grade all notebooks of a folder, several at a time, and what ran out of time once more, alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from helpers.grade.runner import Graded, grade, grade_again
from helpers.grade.servers import Servers


def grade_paths(paths: Sequence[Path], names: Sequence[str], *, seconds: float | None = None,
                memory: float = 4.0, jobs: int = 1, servers: Servers | None = None,
                done: Callable[[Graded], None] = lambda graded: None) -> list[Graded]:
    """Grade notebooks, and return what came of them in the same order.

    done: is called with each result once it is final: as soon as it and those before it are there,
    or, where something in it is tried once more, at the end. servers: of a run before this one.
    """
    with ExitStack() as stack:
        servers = servers or stack.enter_context(Servers(torch=any(map(names_torch, paths))))
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=jobs))

        def one(path: Path, name: str) -> Graded:
            return safely(name, lambda: grade(path, name, seconds=seconds, memory=memory,
                                              servers=servers, retry=False))

        found = []
        for graded in pool.map(one, paths, names):
            found.append(graded)
            if not graded.unsettled:
                done(graded)
    for path, graded in zip(paths, found, strict=True):
        if graded.unsettled:
            again = safely(graded.name, lambda path=path, graded=graded: grade_again(
                path, graded, seconds=seconds, memory=memory))
            graded.remark = again.remark if again else graded.remark
            done(graded)
    return found


def names_torch(path: Path) -> bool:
    """Return whether a file speaks of PyTorch's module, so that a server should import it."""
    try:
        return b"import torch" in path.read_bytes()
    except OSError:
        return False


def safely(name: str, work: Callable[[], Graded | None]) -> Graded | None:
    """Return what some work on a notebook gives; one that fails never stops the others."""
    try:
        return work()
    except Exception as error:
        return Graded(name, remark=f"{type(error).__name__}: {error}")


def closing(found: Sequence[Graded]) -> str:
    """Return what to say at the end of a run that has left something without a mark, or ""."""
    lines = [f"  {one.name}: {', '.join(one.to_regrade)}" for one in found if one.to_regrade]
    if not lines:
        return ""
    return "\n".join(["To be regraded, for they came to no end twice, the second time alone:",
                      *lines])
