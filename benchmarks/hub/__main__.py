"""Play a class on a JupyterHub: what one machine bears, and what each student costs.

    python -m benchmarks.hub --students 50              # `make hub-load STUDENTS=50`
    python -m benchmarks.hub --students 50 --together 8 # where memory is short

Each student logs in, pulls the handout, opens chapter 1, fills in answers, runs all its cells in a
kernel, saves it and hands it in. As many as memory bears are in their servers together, or as many
as `--together` says: the next come when those have handed in and stopped their servers. What was
collected is graded by the course's grader, and each mark must be the one played. Printed are a
student's memory (server and kernel) and processor seconds, and what 200 and 1,000 would take.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from benchmarks.hub.memory import Costs, costs
from benchmarks.hub.player import Player
from benchmarks.hub.running import running, write_roster
from benchmarks.hub.table import lines
from course.grade.__main__ import grade_folder
from course.hub.collect import collect
from course.hub.place import Place
from helpers import ROOT
from helpers.exercises import chapter

NOTEBOOK = "convnets/01_convolution.ipynb"
GIBIBYTE = 2**30


@dataclass
class Played:
    """What came of a class: seconds on the clock, costs in MiB and processor seconds, marks."""

    students: int
    together: int
    clock: float = 0.0
    longest: float = 0.0  # seconds from a student's login to the hand-in
    idle: list[float] = field(default_factory=list)  # MiB of a server without a kernel
    full: list[Costs] = field(default_factory=list)
    hub: Costs = field(default_factory=Costs)
    ran: list[int] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)
    right: int = 0


def answers_of(place: int) -> dict[str, str]:
    """Return the answers of a student: one exercise more than the one before, then none again."""
    solved = [(one.id, one.code) for one in chapter(1).exercises]
    return dict(solved[:place % (len(solved) + 1)])


def play(place: Place, count: int, together: int, patience: float = 600.0) -> Played:
    """Play a class on a hub of its own in a folder, collect and grade."""
    place.folder.mkdir(parents=True, exist_ok=True)
    names = write_roster(place.folder / "class.csv", count)
    played = Played(count, together)
    with running(place, place.folder / "class.csv") as (address, passwords, hub):
        begin = time.monotonic()
        for first in range(0, count, together):
            group = names[first:first + together]
            players = [Player(address, one, passwords[one], patience) for one in group]
            wave(players, played, place, hub, first)
        played.clock = time.monotonic() - begin
    collect(place.homes, place.folder / "handed_in")
    if any(place.folder.glob("handed_in/*")):
        for one in grade_folder(place.folder / "handed_in"):
            played.marks[one.name.split("/")[0]] = one.marks
    played.right = sum(played.marks.get(one) == len(answers_of(place))
                       for place, one in enumerate(names))
    return played


def wave(players: list[Player], played: Played, place: Place, hub: psutil.Process,
         first: int) -> None:
    """Let students in who are on the hub together, measure them, and let them go."""
    def enter(player: Player) -> None:
        player.log_in()
        player.start()
        player.pull(str(place.handout))

    def work(number: int, player: Player) -> None:
        begin = time.monotonic()
        notebook = player.filled(NOTEBOOK, answers_of(number))
        played.ran.append(player.run(NOTEBOOK, notebook)[0])
        player.save(NOTEBOOK, notebook)
        played.longest = max(played.longest, time.monotonic() - begin)

    with ThreadPoolExecutor(len(players)) as pool:
        def all_do(do: object) -> None:
            jobs = {player: pool.submit(do, player) for player in players
                    if player.name not in played.failed}
            for player, job in jobs.items():
                if error := job.exception():
                    played.failed[player.name] = f"{type(error).__name__}: {error}"

        all_do(enter)
        played.idle += [one.memory for one in costs(hub, place.homes)[0].values()]
        numbers = {player.name: first + number for number, player in enumerate(players)}
        all_do(lambda player: work(numbers[player.name], player))
        each, own = costs(hub, place.homes)
        played.full += each.values()
        played.hub = max(own, played.hub, key=lambda one: one.memory)
        all_do(Player.stop)


def bearable() -> int:
    """Return how many students the memory bears that is free now, 500 MiB for each, at least 1."""
    return max(1, int(psutil.virtual_memory().available * 0.6 / (0.5 * GIBIBYTE)))


def main(arguments: list[str] | None = None) -> int:
    """Play and print; returns the exit status, 1 where a student failed or a mark is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hub", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=50)
    parser.add_argument("--together", type=int, help="on the hub at a time; default: what fits")
    parser.add_argument("--installed", type=Path, default=ROOT / "_build" / "hub" / "installed")
    parser.add_argument("--json", type=Path, help="write what was measured to this file")
    options = parser.parse_args(arguments)
    together = min(options.students, options.together or bearable())
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        played = play(Place(Path(folder).resolve(), options.installed.resolve()),
                      options.students, together)
    for name, why in played.failed.items():
        print(f"{name}: {why}", file=sys.stderr)
    print(f"{platform.machine()}, {os.cpu_count()} cores, "
          f"{psutil.virtual_memory().total / GIBIBYTE:.0f} GiB")
    print("\n".join(lines(played)))
    if options.json:
        options.json.write_text(json.dumps({
            "students": played.students, "together": together, "clock": played.clock,
            "longest": played.longest, "idle": median(played.idle or [0]),
            "full": median(one.memory for one in played.full) if played.full else None,
            "seconds": median(one.seconds for one in played.full) if played.full else None,
            "hub": [played.hub.memory, played.hub.seconds], "right": played.right}, indent=1))
    return int(bool(played.failed) or played.right != played.students)


if __name__ == "__main__":
    sys.exit(main())
