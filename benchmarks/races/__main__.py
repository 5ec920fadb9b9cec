"""Race against L3's recipe and write what was measured into book/results.

    python -m benchmarks.races                        # every race, every seed that is missing
    python -m benchmarks.races --race quick           # one race
    python -m benchmarks.races --try three-16-bold   # a candidate, on validation digits alone
    python -m benchmarks.races --ablation quick --ablation small   # without one tool at a time
    python -m benchmarks.races --race quick --seeds 1 --digits 2000 --output /tmp/try
    python -m benchmarks.races --scheduler tcp://host:8786     # on a Dask cluster

A race trains on the 60,000 digits that L3's recipe trains on, and looks at the test digits once, at
the end. Choices are made by --try, which trains on 55,000 and never opens the test digits. Nor does
--ablation, which trains a winner again without one of its tools, for each of them in turn. A seed
that is in the results is not run again, so after a stop the same command goes on.

Where time counts, L3's recipe is trained in the same run, right before or after the contender (its
turn changes with the seed). The first seed runs all five of its epochs, so that one can see how
equal they are; the other seeds run one and count it five times. A contender's time holds all that
it does, augmentation and the first steps that build its graph; L3's is counted without those.
Seconds of the processor stand beside those of the clock; other programs disturb them less.
On a machine that is busy with other things, --no-clock leaves L3 out and counts accuracy alone; a
later run without that option does such seeds again, and then has their times.

On a cluster a machine runs one timed piece at a time, whatever its number of workers: such a piece
needs the resource "race" of its worker, and no two of them run beside each other.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ledger.underway.threads import use_threads
from benchmarks.races import ablation
from benchmarks.races.contenders import CANDIDATES, RACES
from benchmarks.races.part import Part
from benchmarks.races.race import attempt, described, run
from helpers.data.ledger.runs import RESULTS, file_of
from helpers.data.mnist import Digits, load_mnist

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for; 1 where a cluster gave no result for something."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.races", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--race", action="append", choices=sorted(RACES), help="default: all")
    parser.add_argument("--try", dest="tried", action="append", choices=sorted(CANDIDATES),
                        help="train a candidate on validation digits instead of a race")
    parser.add_argument("--ablation", action="append", choices=sorted(RACES),
                        help="train a race's winner without one of its tools at a time")
    parser.add_argument("--variant", action="append", metavar="NAME",
                        help="of an ablation, such as 'no copies'; default: all")
    parser.add_argument("--seeds", type=int,
                        help="how many seeds; default: 5, a try 1, an ablation 3")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--digits", type=int, help="train on this many digits only")
    parser.add_argument("--no-clock", dest="clock", action="store_false",
                        help="leave out L3 and its time, on a machine that is busy")
    parser.add_argument("--threads", type=int, help="threads for one operation; default: all")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    parser.add_argument("--scheduler", help="the address of a Dask cluster that runs the seeds")
    options = parser.parse_args(arguments)
    use_threads(options.threads)
    known = {name for race in options.ablation or () for name in ablation.variants(race)}
    if not set(options.variant or ()) <= known:
        parser.error(f"--variant takes what an ablation knows: {', '.join(known) or 'none is on'}")
    digits = load_mnist()
    if options.output == RESULTS and (options.digits or not digits.is_full):
        parser.error("book/results holds runs on the full data only; name another --output "
                     "for fewer digits")
    parts = list(asked_for(options, digits))
    if options.scheduler:
        from benchmarks.cluster.races import race_there

        return race_there(parts, digits, options)
    for part in parts:
        part.fill()
    return 0


def asked_for(options: argparse.Namespace, digits: Digits) -> Iterator[Part]:
    """Give what the command line asks for, a part for each file of results."""
    for name in options.tried or ():
        yield Part("try", name, file_of(f"candidate-{name}", options.output),
                   {"candidate": name, "recipe": described(CANDIDATES[name])},
                   range(options.first, options.first + (options.seeds or 1)),
                   lambda seed, name=name: attempt(name, seed, digits, options.digits))
    if options.ablation:
        yield Part("ablation", "", file_of("ablation", options.output),
                   {"recipe": ablation.recipes()},
                   ablation.wanted(options.ablation, options.variant,
                                   range(options.first, options.first + (options.seeds or 3))),
                   ablation.measure(digits, options.digits),
                   {"key": ablation.key_of, "summary": ablation.summary})
    for name in options.race or (() if options.tried or options.ablation else RACES):
        race = RACES[name]
        head = {"race": name, "about": race.about, "candidate": race.candidate,
                "target": {"accuracy": race.accuracy, "share": race.share,
                           "parameters": race.parameters},
                "recipe": described(CANDIDATES[race.candidate])}
        yield Part("race", name, file_of(f"race-{name}", options.output), head,
                   range(options.first, options.first + (options.seeds or race.seeds)),
                   lambda seed, race=race: run(race, seed, digits, options.digits,
                                               clock=options.clock),
                   clock=bool(options.clock and race.share))


if __name__ == "__main__":
    sys.exit(main())
