"""Rows of the ledger on a cluster: each seed of each row is a piece."""

from __future__ import annotations

import math
import time
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from benchmarks.cluster.pieces import digits_for, order_of, paused, share_out, unfinished
from benchmarks.ledger.entries import STOPPED, add, read_ledger, trained_with_twin
from benchmarks.ledger.rows import ROWS, Row
from helpers.data.ledger.runs import file_of
from helpers.data.mnist import Digits


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
    except Paused as left_off:
        return {"paused": str(left_off)}


def reproduce_there(asked: Sequence[tuple[Row, range]], digits: Digits, options: Namespace) -> int:
    """Run the seeds that the ledger lacks on a cluster, writing each as it comes.

    Of two rows that share a training, one trains. Returns the exit status: 1 where something gave
    no result, 3 where the time was up.
    """
    orders, twins = {}, []
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

    def take(name: tuple[str, int], measured: dict[str, Any]) -> int:
        if paused(measured):
            return STOPPED
        add(ROWS[name[0]], measured, options.output)
        return 0

    status, _ = share_out(options.scheduler, orders, take, stopped=STOPPED,
                          called=lambda name: f"{name[0]}, seed {name[1]}")
    for row, seed in twins:
        measured = trained_with_twin(row, seed, options.output)
        if measured:
            add(row, measured, options.output)
    return status
