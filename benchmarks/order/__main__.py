"""Measure what the order of the digits does, and how alike the slices of the training set are.

    python -m benchmarks.order                       # every part, every seed that is missing
    python -m benchmarks.order --part small          # one part
    python -m benchmarks.order --part slices --digits 2000 --seeds 1 --output /tmp/try
    python -m benchmarks.order --show                # what the stored runs say

Parts "small", "convnet" and "whole" train twice for each seed, from the same weights: by a seeded
`fit` on arrays, which repeats one order, and with a new order in each epoch. Part "slices" measures
each 5,000 of the training set, held out in turn, and the test digits tenth by tenth. A seed that is
in the results is not run again, so after a stop the same command goes on.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from benchmarks.ledger.underway.threads import use_threads
from benchmarks.order.conclusion import conclusion
from benchmarks.order.measuring import compare_orders, compare_slices, summary
from benchmarks.order.settings import SETTINGS
from benchmarks.races.race import fill
from helpers.data.ledger.runs import RESULTS, file_of, load_row
from helpers.data.mnist import load_mnist

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def main(arguments: list[str] | None = None) -> None:
    """Run what the command line asks for."""

    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.order", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=SETTINGS, help="default: every part")
    parser.add_argument("--seeds", type=int, help="only seeds below this number")
    parser.add_argument("--digits", type=int, help="train on at most this many")
    parser.add_argument("--threads", type=int, help="threads for one operation; default: all")
    parser.add_argument("--show", action="store_true", help="run nothing, say what is stored")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    options = parser.parse_args(arguments)
    if options.show:
        show(options.part or SETTINGS, options.output)
        return
    use_threads(options.threads)
    digits = load_mnist()
    if options.output == RESULTS and (options.digits or not digits.is_full):
        parser.error("book/results holds runs on the full data only; name another --output "
                     "for fewer digits")
    for part in options.part or SETTINGS:
        setting = SETTINGS[part]
        measure = compare_slices if part == "slices" else compare_orders
        fill(file_of(f"order-{part}", options.output),
             {"part": part, "about": setting.about, "recipe": setting.recipe()},
             range(min(setting.seeds, options.seeds or setting.seeds)),
             lambda seed, setting=setting, measure=measure: measure(setting, seed, digits,
                                                                    options.digits),
             summary=summary)
    show(options.part or SETTINGS, options.output)


def show(parts: Iterable[str], folder: Path) -> None:
    """Print what the stored runs of each part say."""
    for part in parts:
        if file_of(f"order-{part}", folder).is_file():
            print(conclusion(load_row(f"order-{part}", folder)))


if __name__ == "__main__":
    main()
