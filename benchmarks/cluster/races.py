"""Races on a cluster: each seed is a piece, and a machine runs one timed piece at a time."""

from __future__ import annotations

import contextlib
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from benchmarks.cluster.pieces import alone, digits_for, order_of, share_out
from benchmarks.races.part import Part
from helpers.data.mnist import Digits

RESOURCE = "race"


def piece(order: dict[str, Any]) -> dict[str, Any]:
    """Run one seed of a race, a try or an ablation, on a worker; returns what is kept of it.

    A timed one has the machine to itself among those of this user: Dask gives it the one place
    that a worker offers, and a lock holds it where two workers of a machine offer one each.
    """
    with alone() if order["timed"] else contextlib.nullcontext():
        digits = digits_for(order)
        from benchmarks.races import ablation
        from benchmarks.races.contenders import RACES
        from benchmarks.races.race import attempt, run

        if order["kind"] == "try":
            return attempt(order["name"], order["one"], digits, order["digits"])
        if order["kind"] == "ablation":
            return ablation.measure(digits, order["digits"])(tuple(order["one"]))
        return run(RACES[order["name"]], order["one"], digits, order["digits"],
                   clock=order["clock"])


def race_there(parts: Sequence[Part], digits: Digits, options: Namespace) -> int:
    """Run what the files of results lack on a cluster, writing each run as it comes.

    Returns the exit status: 1 where something gave no result.
    """
    def take(name: tuple[int, Any], measured: dict[str, Any]) -> int:
        parts[name[0]].add(measured)
        return 0

    worst = 0
    for timed in (False, True):
        orders = {(number, one): order_of(
            "benchmarks.cluster.races:piece", digits, options, kind=part.kind, name=part.name,
            one=one, clock=options.clock, timed=timed)
            for number, part in enumerate(parts) if part.is_timed is timed
            for one in part.lacking()}
        if not orders:
            continue
        status, ended = share_out(
            options.scheduler, orders, take, timed=RESOURCE if timed else "",
            called=lambda name: f"{parts[name[0]].path.stem}, {name[1]}")
        if not ended:
            return status
        worst = max(worst, status)
    return worst
