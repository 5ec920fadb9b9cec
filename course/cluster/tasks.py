"""What a worker does: look whether a result is there, or else make it and keep it, once.

Dask runs a task again whose worker was killed, and computes a finished result again when the worker
that held it is gone. So a task keeps its result where no worker's death reaches it, on the
scheduler, before it ends, and looks there before it begins. The command that asked for it writes
it to its file and leaves a mark there that it is taken: a task that Dask began anew just then sees
that nobody waits for it. No disk is shared.
"""

from __future__ import annotations

import hashlib
import json
import pkgutil
from typing import Any

from course.cluster.errors import Refused
from course.cluster.identity import differences, identity

KEPT = "convnet-course"
TAKEN = ""  # in the place of a result that is written


def key_of(work: str, order: dict[str, Any], wanted: dict[str, str]) -> str:
    """Return the name of a piece: the same work on the same order by the same course, or another.

    An order's `deadline` says how long and not what, so it does not count.
    """
    counted = {name: value for name, value in order.items() if name != "deadline"}
    text = json.dumps([work, counted, wanted], sort_keys=True)
    return f"{KEPT}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def done_once(key: str, work: str, order: dict[str, Any], wanted: dict[str, str]) -> str:
    """Return what a piece gave, as JSON, whoever made it; makes it where nobody has.

    work: `module:function`, which takes the order. wanted: the identity that the result needs.
    Raises Refused where this worker is another.
    """
    from distributed import get_client, get_worker

    worker = get_worker()
    other = differences(wanted, identity())
    if other:
        raise Refused(f"the worker {worker.address} differs: {other}")
    client = get_client()
    kept = client.get_metadata([KEPT, key], default=None)
    if kept is not None:
        return kept
    try:
        made = pkgutil.resolve_name(work)(order)
    except Refused as refused:
        raise Refused(f"the worker {worker.address} {refused}") from None
    text = json.dumps(made)
    if not (isinstance(made, dict) and made.get("paused")):  # which is to go on another time
        client.set_metadata([KEPT, key], text)
    return text


def is_wanted() -> bool:
    """Whether the task that this thread runs is still asked for; also where none is running."""
    from distributed import get_worker

    try:
        worker = get_worker()
        task = worker.state.tasks.get(worker.get_current_task())
    except (ValueError, KeyError):
        return True
    return task is not None and task.state not in ("cancelled", "released", "forgotten")
