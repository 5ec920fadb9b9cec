"""Grade notebooks on a Dask cluster: each goes to a worker by itself, and its marks come back.

A worker grades as this machine does: in a process of its own that its fork server gives, in a
scratch folder, within the same limits. It gets the cells without outputs, and no name.
"""

from __future__ import annotations

import atexit
import base64
import functools
import io
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from course.cluster.client import Cluster
from course.cluster.errors import Failed
from course.grade.folder import safely, so_far
from course.grade.hand_ins.decoding import File, NoNotebook
from course.grade.hand_ins.reading import read_notebook
from course.grade.running.runner import Graded, digest_of, grade, grade_again
from course.grade.running.workers import Workers

WORK = "course.grade.elsewhere:piece"
GRADED_HERE = "Grade it once more, by itself."


class Packed:
    """A notebook as it travels, with the one method of a file that reading it needs."""

    def __init__(self, text: str) -> None:
        self.text = text

    def open(self, mode: str) -> io.BytesIO:
        """Open it for reading."""
        return io.BytesIO(zlib.decompress(base64.b64decode(self.text)))


def packed(path: File) -> str:
    """Return a notebook as text of a quarter of its length; raises NoNotebook."""
    data = json.dumps(read_notebook(path)).encode()
    return base64.b64encode(zlib.compress(data)).decode()


@functools.cache
def workers() -> Workers:
    """Return the fork server of this process of a worker, started with the first notebook."""
    made = Workers()
    atexit.register(made.close)
    return made


def piece(order: dict[str, Any]) -> dict[str, Any]:
    """Grade one notebook, on a worker, or try once more what came to no end; returns it whole."""
    path, limits = Packed(order["notebook"]), {"seconds": order["seconds"],
                                               "memory": order["memory"]}
    if order["again"]:
        graded = Graded("", **order["again"])
        grade_again(path, graded, **limits)
    else:
        graded = grade(path, "", workers=workers(), retry=False, **limits)
    return asdict(graded)


def grade_there(scheduler: str, paths: Sequence[File], names: Sequence[str], *,
                seconds: float | None = None, memory: float = 4.0, jobs: int = 1,
                done: Callable[[Graded], None] = lambda graded: None) -> list[Graded]:
    """Grade notebooks on a cluster, and return what came of them in the same order.

    As `folder.grade_paths`, but for `jobs`: as many at a time as the cluster has threads. What came
    to no end is tried once more at the end, one after the other. Raises ClusterError.
    """
    found: dict[int, Graded] = {}
    orders: dict[int, dict[str, Any]] = {}
    for number, (path, name) in enumerate(zip(paths, names, strict=True)):
        try:
            orders[number] = {"notebook": packed(path), "seconds": seconds, "memory": memory,
                              "again": None}
        except NoNotebook as error:
            found[number] = Graded(name, remark=str(error))
            done(found[number])
    with Cluster(scheduler) as cluster:
        for number, made in cluster.results(WORK, orders):
            found[number] = named(made, names[number], paths[number])
            done(so_far(found[number]))
        for number in sorted(found):
            graded = found[number]
            if not graded.unsettled:
                continue
            again = {"chapter": graded.chapter, "outcomes": graded.outcomes}
            for _, made in cluster.results(WORK, {0: orders[number] | {"again": again}}):
                if isinstance(made, Failed):  # nobody knows what the second try would have given
                    graded.outcomes = so_far(graded).outcomes
                else:
                    graded.outcomes = made["outcomes"]
            done(graded)
    return [found[number] for number in range(len(paths))]


def named(made: dict[str, Any] | Failed, name: str, path: File) -> Graded:
    """Return what came of a notebook with its name, and with the digest of the file itself."""
    if isinstance(made, Failed):
        return Graded(name, remark=f"grading it failed, {made.why}. {GRADED_HERE}")
    graded = Graded(**made | {"name": name})
    if graded.chapter is not None:
        graded = safely(name, lambda: Graded(**made | {"name": name, "digest": digest_of(path)}))
    return graded
