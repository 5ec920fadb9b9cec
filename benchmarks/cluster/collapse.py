"""The bench of the collapse on a cluster: each seed of each setting is a piece."""

from __future__ import annotations

import math
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from benchmarks.cluster.pieces import WORK, broken_off, digits_for, gave_nothing, order_of
from benchmarks.collapse.__main__ import add, cells, shortened
from benchmarks.collapse.settings import seeds_missing
from course.cluster.client import Cluster
from course.cluster.errors import ClusterError, Failed
from helpers.data.ledger.runs import file_of
from helpers.data.mnist import Digits


def piece(order: dict[str, Any]) -> list[dict] | dict[str, str]:
    """Run one seed of one setting, on a worker; returns its cells, or that its time was up."""
    if order["deadline"] is not None and time.time() > order["deadline"]:
        return {"paused": f"{order['part']}: {order['setting']['name']}: not begun"}
    digits = digits_for(order)
    from benchmarks.collapse.measuring import run

    return run(order["part"], order["setting"], [order["seed"]], digits)


def collapse_there(lacking: Sequence[tuple[str, dict]], digits: Digits, options: Namespace) -> int:
    """Run what the files of results lack on a cluster, writing each seed as it comes.

    Returns the exit status: 1 where something gave no result.
    """
    deadline = time.time() + 60 * options.minutes if math.isfinite(options.minutes) else None
    orders, status = {}, 0
    for number, (part, setting) in enumerate(lacking):
        known = cells(file_of(f"collapse-{part}", options.output))
        for seed in seeds_missing(setting, known, options.seeds, part):
            orders[number, seed] = order_of(
                "benchmarks.cluster.collapse:piece", digits, options, part=part, seed=seed,
                setting=shortened(setting, options.digits, options.steps), deadline=deadline)
    try:
        with Cluster(options.scheduler) as cluster:
            for (number, seed), measured in cluster.results(WORK, orders):
                part, setting = lacking[number]
                if isinstance(measured, Failed):
                    gave_nothing(f"{part}: {setting['name']}, seed {seed}", measured)
                    status = 1
                elif isinstance(measured, dict):
                    print(f"{measured['paused']}; the same command goes on", file=sys.stderr)
                else:
                    add(part, setting, measured, options.output)
    except ClusterError as error:
        status = broken_off(error)
    except KeyboardInterrupt:
        print("stopped; the same command goes on", file=sys.stderr)
        status = 1
    return status
