"""What every piece of a bench does before it begins: the digits, the threads, its place."""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.ledger.entries import UNFINISHED
from course.cluster.errors import ClusterError, Failed, Refused
from helpers.data.ledger.runs import RESULTS
from helpers.data.mnist import Digits, load_mnist

WORK = "course.cluster.own_process:run"


def order_of(call: str, digits: Digits, options: Any, **piece: Any) -> dict[str, Any]:
    """Return the order of a piece: what is called, and what it needs to be the same anywhere."""
    return {"call": call, "full": digits.is_full, "threads": getattr(options, "threads", None),
            "digits": options.digits, "results": options.output.resolve() == RESULTS, **piece}


def digits_for(order: dict[str, Any]) -> Digits:
    """Return the digits of an order, and set as many threads as it says.

    Raises Refused where there are other digits than the command has.
    """
    if order["threads"]:
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(order["threads"])
        tf.config.threading.set_inter_op_parallelism_threads(order["threads"])
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


def gave_nothing(name: str, failed: Failed) -> None:
    """Say which piece failed, and why."""
    print(f"{name}: not run: {failed.why}", file=sys.stderr, flush=True)


def broken_off(error: ClusterError) -> int:
    """Say why the cluster is of no use, and return the exit status."""
    print(f"not run to the end: {error}", file=sys.stderr, flush=True)
    return 1
