"""Rows of the ledger on a cluster: each seed of each row is a piece."""

from __future__ import annotations

import math
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from benchmarks.cluster.pieces import (
    WORK,
    broken_off,
    digits_for,
    gave_nothing,
    order_of,
    unfinished,
)
from benchmarks.ledger.entries import add, read_ledger, trained_with_twin
from benchmarks.ledger.rows import ROWS, Row
from course.cluster.client import Cluster
from course.cluster.errors import ClusterError, Failed
from helpers.data.ledger.runs import file_of
from helpers.data.mnist import Digits

STOPPED = 3


def piece(order: dict[str, Any]) -> dict[str, Any]:
    """Run one seed of one row, on a worker; returns what the ledger keeps of it, or that it paused.
    """
    left = math.inf if order["deadline"] is None else order["deadline"] - time.time()
    name = f"{order['row']}, seed {order['seed']}"
    if left <= 0:
        return {"paused": f"{name}: not begun"}
    digits = digits_for(order)
    from benchmarks.ledger.trial import Paused, run

    try:
        return run(ROWS[order["row"]], order["seed"], digits, order["digits"], unfinished(order),
                   time.monotonic() + left)
    except Paused as paused:
        return {"paused": str(paused)}


def reproduce_there(asked: Sequence[tuple[Row, range]], digits: Digits, options: Namespace) -> int:
    """Run the seeds that the ledger lacks on a cluster, writing each as it comes.

    Of two rows that share a training, one trains. Returns the exit status: 1 where something gave
    no result, 3 where the time was up.
    """
    orders, twins, status = {}, [], 0
    deadline = time.time() + 60 * options.minutes if math.isfinite(options.minutes) else None
    for row, seeds in asked:
        path = file_of(row.name, options.output)
        known = {done["seed"] for done in read_ledger(path, row)["runs"]}
        for seed in seeds:
            if seed in known:
                continue
            if (row.twin, seed) in orders or trained_with_twin(row, seed, options.output):
                twins.append((row, seed))
            else:
                orders[row.name, seed] = order_of("benchmarks.cluster.ledger:piece", digits,
                                                  options, row=row.name, seed=seed,
                                                  deadline=deadline)
    try:
        with Cluster(options.scheduler) as cluster:
            for (name, seed), measured in cluster.results(WORK, orders):
                if isinstance(measured, Failed):
                    gave_nothing(f"{name}, seed {seed}", measured)
                    status = status or 1
                elif "paused" in measured:
                    print(f"{measured['paused']}; the same command goes on", file=sys.stderr)
                    status = STOPPED
                else:
                    add(ROWS[name], measured, options.output)
    except ClusterError as error:
        status = broken_off(error)
    except KeyboardInterrupt:
        print("stopped; the same command goes on", file=sys.stderr)
        status = STOPPED
    for row, seed in twins:
        measured = trained_with_twin(row, seed, options.output)
        if measured:
            add(row, measured, options.output)
    return status
