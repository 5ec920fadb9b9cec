"""The bench of the collapse on a cluster: each seed of each setting is a piece."""

from __future__ import annotations

import math
import time
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from benchmarks.cluster.pieces import digits_for, order_of, paused, share_out
from benchmarks.collapse.__main__ import add, cells, shortened
from benchmarks.collapse.settings import seeds_missing
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
    orders = {}
    for number, (part, setting) in enumerate(lacking):
        known = cells(file_of(f"collapse-{part}", options.output))
        for seed in seeds_missing(setting, known, options.seeds, part):
            orders[number, seed] = order_of(
                "benchmarks.cluster.collapse:piece", digits, options, part=part, seed=seed,
                setting=shortened(setting, options.digits, options.steps), deadline=deadline)

    def take(name: tuple[int, int], measured: list[dict] | dict[str, str]) -> int:
        part, setting = lacking[name[0]]
        if not paused(measured):
            add(part, setting, measured, options.output)
        return 0

    def called(name: tuple[int, int]) -> str:
        part, setting = lacking[name[0]]
        return f"{part}: {setting['name']}, seed {name[1]}"

    status, _ = share_out(options.scheduler, orders, take, called=called)
    return status
