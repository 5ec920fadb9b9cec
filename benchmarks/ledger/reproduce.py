"""Run the claims of the lessons and write what was measured into book/results.

    python -m benchmarks.ledger.reproduce               # every row, every seed that is missing
    python -m benchmarks.ledger.reproduce --row L3-convnet      # one row
    python -m benchmarks.ledger.reproduce --row L5-exercise-1 # one claim: as published, then mended
    python -m benchmarks.ledger.reproduce --row L3-convnet --seeds 2 --digits 2000 --output tried
    python -m benchmarks.ledger.reproduce --scheduler tcp://host:8786    # on a Dask cluster

A seed that is in the ledger is not run again, and a seed that was broken off goes on after its last
whole epoch, so after a stop the same command goes on where it was. A row that lacks something says
so and leaves the others.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import os
import sys
import time
from pathlib import Path

from benchmarks.ledger.entries import STOPPED, UNFINISHED, add, read_ledger, trained_with_twin
from benchmarks.ledger.rows import ROWS, Row
from benchmarks.ledger.trial import Paused, run
from benchmarks.ledger.underway.threads import use_threads
from helpers.data.ledger.claims import CLAIMS
from helpers.data.ledger.runs import RESULTS, file_of
from helpers.data.mnist import Digits, load_mnist
from helpers.networks.weight_files import MissingWeights, find_weights

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")



def reproduce(row: Row, digits: Digits, seeds: range, output: Path, most: int | None,
              deadline: float = math.inf) -> None:
    """Run the seeds of a row that its ledger file lacks, writing after each."""
    path = file_of(row.name, output)
    for seed in seeds:
        if seed in {done["seed"] for done in read_ledger(path, row)["runs"]}:
            continue
        add(row, trained_with_twin(row, seed, output) or run(
            row, seed, digits, most, output / UNFINISHED, deadline), output)


def named(names: list[str]) -> list[Row]:
    """The rows of these names; a claim's name stands for its rows.

    Raises ValueError that lists the names there are.
    """
    rows = []
    for name in names:
        if name in ROWS:
            rows.append(ROWS[name])
        elif name in CLAIMS:
            rows += [ROWS[part] for part in CLAIMS[name].rows]
        else:
            raise ValueError(f"there is no row {name!r}; the rows: {', '.join(ROWS)}; and the "
                             f"claims, which stand for their rows: {', '.join(CLAIMS)}")
    return list(dict.fromkeys(rows))


def lacks(row: Row, digits: Digits, options: argparse.Namespace) -> str:
    """What keeps a row from being run, or nothing."""
    if row.build is None:
        return row.missing
    if row.library == "torch" and not importlib.util.find_spec("torch"):
        return "it needs PyTorch, which is not installed: pip install torch"
    if options.output == RESULTS and options.digits:
        return "book/results holds runs on the row's own digits; name another --output for fewer"
    if options.output == RESULTS and not digits.is_full:
        return "it needs the full MNIST, and only the 5,000 digits of a package are here; set " \
            "COURSE_DATA to a folder with mnist.npz, or name another --output to try"
    if row.backbone:
        try:
            find_weights(row.backbone)
        except MissingWeights as error:
            return str(error)
    return ""


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for; 1 if a row that it names could not run, 3 if stopped."""

    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.ledger.reproduce", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--row", action="append", help="a row or a claim; default: every row")
    parser.add_argument("--seeds", type=int, help="how many seeds; default: the row's own number")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--digits", type=int, help="train on this many digits only")
    parser.add_argument("--threads", type=int, help="threads for one operation; default: all")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    parser.add_argument("--minutes", type=float, default=math.inf,
                        help="stop after the first epoch that ends later than this")
    parser.add_argument("--scheduler", help="the address of a Dask cluster that runs the seeds")
    options = parser.parse_args(arguments)
    deadline = time.monotonic() + 60 * options.minutes
    try:
        rows = named(options.row or list(ROWS))
    except ValueError as error:
        parser.error(str(error))
    use_threads(options.threads)
    digits, left, asked = load_mnist(), 0, []
    for row in rows:
        reason = lacks(row, digits, options)
        if reason:
            print(f"{row.name}: not run: {reason}", file=sys.stderr, flush=True)
            left += 1
            continue
        last = options.first + (options.seeds or row.seeds)
        asked.append((row, range(options.first, last)))
    if options.scheduler:
        from benchmarks.cluster.ledger import reproduce_there

        return reproduce_there(asked, digits, options) or int(bool(left and options.row))
    for row, seeds in asked:
        try:
            reproduce(row, digits, seeds, options.output, options.digits, deadline)
        except (Paused, KeyboardInterrupt) as stop:
            print(f"{str(stop) or row.name + ': stopped'}; the same command goes on",
                  file=sys.stderr)
            return STOPPED
    return 1 if left and options.row else 0


if __name__ == "__main__":
    sys.exit(main())
