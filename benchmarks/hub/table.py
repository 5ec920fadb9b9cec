"""What was measured on the hub, and what follows from it for larger classes, as lines of text."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.hub.__main__ import Played

SIZES = (50, 200, 1000)
IN_CLASS = 600.0  # seconds within which a whole class runs the chapter once
SPARE = 1.25  # a machine is not planned to its last byte


def lines(played: Played) -> list[str]:
    """Return what is printed."""
    if not played.full:
        return ["nothing could be measured"]
    memory = median(one.memory for one in played.full)
    seconds = median(one.seconds for one in played.full)
    said = [f"students: {played.students}, {played.together} at a time; failed: "
            f"{len(played.failed)}; marks as played: {played.right} of {played.students}",
            f"clock: {played.clock:.0f} s for all; the longest from opening to handing in: "
            f"{played.longest:.0f} s",
            f"a student: {median(played.idle):.0f} MiB with a server, {memory:.0f} MiB with the "
            f"chapter run in a kernel (most: {max(one.memory for one in played.full):.0f}), "
            f"{seconds:.0f} s of processor time",
            f"the hub and its proxy: {played.hub.memory:.0f} MiB, {played.hub.seconds:.0f} s",
            "", "students   all at once   a quarter at once   cores, all within ten minutes"]
    return said + [f"{count:8d} {gibibytes(count, memory, played.hub.memory):9d} GiB "
                   f"{gibibytes(count / 4, memory, played.hub.memory):15d} GiB "
                   f"{cores(count, seconds):12d}" for count in SIZES]


def gibibytes(count: float, memory: float, hub: float) -> int:
    """Return the memory for students at a time, in whole GiB, with a quarter to spare.

    memory, hub: MiB of a student and of the hub.
    """
    return math.ceil((count * memory + hub) * SPARE / 1024)


def cores(count: int, seconds: float) -> int:
    """Return how many cores run the chapter for a whole class within ten minutes."""
    return math.ceil(count * seconds / IN_CLASS)
