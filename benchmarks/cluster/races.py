"""Races on a cluster: each seed is a piece, and a machine runs one timed piece at a time."""

from __future__ import annotations

import contextlib
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from benchmarks.cluster.pieces import WORK, alone, broken_off, digits_for, gave_nothing, order_of
from benchmarks.races.part import Part
from course.cluster.client import Cluster
from course.cluster.errors import ClusterError, Failed
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
    status = 0
    for timed in (False, True):
        orders = {(number, one): order_of(
            "benchmarks.cluster.races:piece", digits, options, kind=part.kind, name=part.name,
            one=one, clock=options.clock, timed=timed)
            for number, part in enumerate(parts) if part.is_timed is timed
            for one in part.lacking()}
        if not orders:
            continue
        try:
            with Cluster(options.scheduler, timed=RESOURCE if timed else "") as cluster:
                for (number, one), measured in cluster.results(WORK, orders):
                    if isinstance(measured, Failed):
                        gave_nothing(f"{parts[number].path.stem}, {one}", measured)
                        status = 1
                    else:
                        parts[number].add(measured)
        except ClusterError as error:
            return broken_off(error)
        except KeyboardInterrupt:
            print("stopped; the same command goes on", file=sys.stderr)
            return 1
    return status
