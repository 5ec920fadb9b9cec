"""Grade right notebooks of all chapters while other processes take the processors.

    python -m benchmarks.speed.grading_under_load                 # four busy processes a core
    python -m benchmarks.speed.grading_under_load --chapters 2 10 --busy 8

Every exercise must come out right: what others take of the machine is not the students' fault.
The exit status is 0 only then.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.grading_speed import solved
from course.grade.folder import grade_paths
from course.grade.table import as_text
from helpers.exercises import chapters


@contextlib.contextmanager
def busy(count: int) -> Iterator[None]:
    """Keep so many processes computing."""
    crowd = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for one in crowd:
            one.kill()
            one.wait()


def main(arguments: list[str] | None = None) -> int:
    """Grade and print the table; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.grading_under_load",
                                     description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    cores = os.cpu_count() or 1
    parser.add_argument("--chapters", nargs="*", type=int, help="default: all")
    parser.add_argument("--busy", type=int, default=4, help="busy processes for each core")
    parser.add_argument("--seconds", type=float, help="a limit for each exercise")
    parser.add_argument("--jobs", type=int, default=cores)
    options = parser.parse_args(arguments)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, busy(options.busy * cores):
        paths = []
        for one in chapters():
            if not options.chapters or one.number in options.chapters:
                paths.append(Path(folder, f"{one.notebook}.ipynb"))
                paths[-1].write_text(json.dumps(solved(one, everything=True)), encoding="utf-8")
        found = grade_paths(paths, [path.stem for path in paths], seconds=options.seconds,
                            jobs=options.jobs, done=lambda one: print(
                                f"graded: {one.name}", file=sys.stderr, flush=True))
    print(as_text(found), end="\n\n")
    lost = [f"{one.name} {exercise}: {got['message']}" for one in found
            for exercise, got in one.outcomes.items() if got["status"] != "right"]
    print("\n".join(lost) or "no mark is lost", f"after {time.monotonic() - begin:.0f} s")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
