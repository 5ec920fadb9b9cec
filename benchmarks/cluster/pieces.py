"""What every piece of a bench does before it begins: the digits, the threads, its place."""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.ledger.entries import UNFINISHED
from benchmarks.ledger.underway.threads import use_threads
from course.cluster.client import Cluster
from course.cluster.errors import ClusterError, Failed, Refused
from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import Digits, load_mnist


def order_of(call: str, digits: Digits, options: Any, **piece: Any) -> dict[str, Any]:
    """Return the order of a piece: what is called, and what it needs to be the same anywhere."""
    return {"call": call, "full": digits.is_full, "threads": getattr(options, "threads", None),
            "digits": options.digits, "results": options.output.resolve() == RESULTS, **piece}


def digits_for(order: dict[str, Any]) -> Digits:
    """Return the digits of an order, and set as many threads as it says.

    Raises Refused where there are other digits than the command has.
    """
    use_threads(order["threads"])
    digits = load_mnist()
    if digits.is_full != order["full"]:
        kinds = {True: "the full MNIST", False: "the 5,000 digits of a package"}
        raise Refused(f"has {kinds[digits.is_full]} where the command has {kinds[order['full']]}; "
                      "set COURSE_DATA alike on both, to a folder with mnist.npz")
    return digits


def unfinished(order: dict[str, Any]) -> Path:
    """Return the folder of a piece's state after each epoch.

    It lies in the worker's own course, or where COURSE_UNFINISHED says. Where workers share that
    folder on one disk, another goes on from there. Each try has a folder of its own.
    """
    folder = Path(os.environ.get("COURSE_UNFINISHED") or RESULTS / UNFINISHED)
    if not os.environ.get("COURSE_UNFINISHED") and not os.access(RESULTS, os.W_OK):
        # The course is there for reading alone.
        folder = Path(tempfile.gettempdir()) / f"convnet-course-{getpass.getuser()}"
    if order["results"] and order["full"] and not order["digits"]:
        return folder
    counted = {name: value for name, value in order.items() if name != "deadline"}
    return folder / hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()[:16]


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Wait until no other timed piece of this user runs on this machine."""
    from filelock import FileLock

    name = f"convnet-course-{getpass.getuser()}-timed.lock"
    with FileLock(Path(tempfile.gettempdir()) / name, poll_interval=1):
        yield


def share_out(scheduler: str, orders: Mapping[Hashable, dict[str, Any]],
              take: Callable[[Any, Any], int], *, called: Callable[[Any], str], stopped: int = 1,
              timed: str = "") -> tuple[int, bool]:
    """Run orders on a cluster, and give the name and the result of each to `take`, as they come.

    called: what an order is called where it failed. timed: the resource that each takes.
    Returns the exit status, and whether it came to its end: the greatest that `take` returned, or
    1 for what failed; 1 where the cluster is of no use, and `stopped` for Ctrl-C.
    """
    status = 0
    try:
        with Cluster(scheduler, timed=timed) as cluster:
            for name, measured in cluster.results("course.cluster.own_process:run", orders):
                if isinstance(measured, Failed):
                    print(f"{called(name)}: not run: {measured.why}", file=sys.stderr, flush=True)
                    status = max(status, 1)
                else:
                    status = max(status, take(name, measured))
    except ClusterError as error:
        print(f"not run to the end: {error}", file=sys.stderr, flush=True)
        return 1, False
    except KeyboardInterrupt:
        print("stopped; the same command goes on", file=sys.stderr)
        return stopped, False
    return status, True


def paused(measured: Any) -> bool:
    """Say that a piece has no result yet, if it has none."""
    if "paused" not in measured:
        return False
    print(f"{measured['paused']}; the same command goes on", file=sys.stderr)
    return True
