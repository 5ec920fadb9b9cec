"""What the servers of students take of a machine, as its kernel counts it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MEBIBYTE = 2**20


@dataclass
class Costs:
    """Of one student's processes: proportional set size in MiB, and processor seconds so far."""

    memory: float = 0.0
    seconds: float = 0.0
    processes: list[str] = field(default_factory=list)


def costs(hub: psutil.Process, homes: Path) -> tuple[dict[str, Costs], Costs]:
    """Return what each student's processes cost, by name, and what the hub itself does.

    hub: the process of JupyterHub, of which all others descend. A page that several processes share
    counts for each its part, so the sum is what the machine is short of.
    """
    each: dict[str, Costs] = {}
    own = Costs()
    for one in [hub, *hub.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            place = Path(one.cwd())
            home = next((part for part in homes.iterdir() if place.is_relative_to(part)), None)
            cost = each.setdefault(home.name, Costs()) if home else own
            spent = one.cpu_times()
            cost.memory += one.memory_full_info().pss / MEBIBYTE
            cost.seconds += spent.user + spent.system
            cost.processes.append(one.name())
    return each, own
