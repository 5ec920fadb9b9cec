"""When training collapses: VGG16 over width and learning rate, its cures, and the late jump.

    python -m benchmarks.collapse                     # everything that is missing
    python -m benchmarks.collapse --part cures        # one part
    python -m benchmarks.collapse --minutes 8         # stop before the next cell after 8 minutes
    python -m benchmarks.collapse --digits 300 --steps 5 --output folder    # a small try
    python -m benchmarks.collapse --scheduler tcp://host:8786    # on a Dask cluster

Each part is a file book/results/collapse/collapse-PART.json with a list of cells, one for each
setting and seed. What is there is not run again, so the same command goes on after a stop. The
parts:

silence the network with ReLU and Glorot's initialisation at smaller rates, beside healthy ones
cures   one change at a time, where the published network collapses at once, and where one with
        ReLU and Glorot's initialisation stays silent
late    long runs at a rate at which the published network trains first, and what prevents the jump
lesson  images of 32x32 pixels and batches of 100, as in lesson L2, at a sixteenth of the width
grid    width against learning rate, as published and with ReLU and He's initialisation
slides  the slides' network on raw pixels, and one change at a time
anchor  the first steps at full width, on 32x32 pixels as in lesson L2, beside narrow ones

A run trains if the mean loss of 20 successive batches comes below 1.5 within 1,000 steps, in grid
within 200. It is then broken off, but in late and anchor; in cures, grid and lesson also once
a loss is above 1,000. What an older edition broke off earlier is run again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.collapse.measuring import run
from benchmarks.collapse.settings import PARTS, is_setting_of, seeds_missing, settings
from helpers.data.ledger.runs import RESULTS, file_of
from helpers.data.mnist import load_mnist
from helpers.data.whole_files import write_whole

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for; 1 where a cluster gave no result for something."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.collapse", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=PARTS, help="default: every part")
    parser.add_argument("--name", help="only the settings of this name")
    parser.add_argument("--width", type=float, help="only the settings of this width")
    parser.add_argument("--rate", type=float, help="only the settings of this rate")
    parser.add_argument("--size", type=int, help="only the settings of this size of image")
    parser.add_argument("--batch", type=int, help="only the settings of this size of batch")
    parser.add_argument("--seeds", type=int, help="only seeds below this number")
    parser.add_argument("--minutes", type=float, default=np.inf, help="stop after so many")
    parser.add_argument("--digits", type=int, help="train on at most this many")
    parser.add_argument("--steps", type=int, help="at most this many steps")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where the JSON goes")
    parser.add_argument("--scheduler", help="the address of a Dask cluster that runs the seeds")
    options = parser.parse_args(arguments)
    digits = load_mnist()
    if options.output == RESULTS and (options.digits or options.steps or not digits.is_full):
        parser.error("book/results holds whole runs on the full data only; name another --output")
    lacking = list(asked_for(options))
    if options.scheduler:
        from benchmarks.cluster.collapse import collapse_there

        return collapse_there(lacking, digits, options)
    started = time.perf_counter()
    for part, setting in lacking:
        missing = seeds_missing(setting, cells(file_of(f"collapse-{part}", options.output)),
                                options.seeds, part)
        if not missing:  # another process has run them meanwhile
            continue
        if time.perf_counter() - started > 60 * options.minutes:
            return 0
        import keras

        keras.utils.clear_session()
        add(part, setting, run(part, shortened(setting, options.digits, options.steps), missing,
                               digits), options.output)
    return 0


def asked_for(options: argparse.Namespace) -> Iterator[tuple[str, dict]]:
    """Give each part and setting that the command line asks for and its file lacks."""
    asked = {"name": options.name, "width": options.width, "size": options.size,
             "batch_size": options.batch}
    for part in options.part or PARTS:
        known = cells(file_of(f"collapse-{part}", options.output))
        for setting in settings(part):
            if (seeds_missing(setting, known, options.seeds, part)
                    and options.rate in (None, setting["rule"]["rate"])
                    and all(value in (None, setting[key]) for key, value in asked.items())):
                yield part, setting


def shortened(setting: dict, digits: int | None, steps: int | None) -> dict:
    """A setting with no more digits and steps than these."""
    return setting | {"digits": min(setting["digits"], digits or setting["digits"]),
                      "steps": min(setting["steps"], steps or setting["steps"])}


def add(part: str, setting: dict, measured: list[dict], output: Path) -> None:
    """Write what seeds of a setting gave into the file of their part, and say it."""
    path = file_of(f"collapse-{part}", output)
    seeds = {cell["seed"] for cell in measured}
    known = [cell for cell in cells(path)  # read now: another may have added some meanwhile
             if not (is_setting_of(cell, setting) and cell["seed"] in seeds)]
    known.extend({key: value for key, value in cell.items() if key != "seeds"}
                 for cell in measured)
    write(path, {"part": part, "cells": known})
    print(f"{part}: {setting['name']}, width {setting['width']:.4g}, {setting['rule']}: "
          f"{sum(cell['trains'] for cell in measured)} of {len(measured)} train, accuracy "
          f"{', '.join(format(cell['accuracy'], '.2f') for cell in measured)}, "
          f"{measured[0]['seconds']:.0f} s each", flush=True)


def cells(path: Path) -> list[dict]:
    """The cells that a file of results holds."""
    return json.loads(path.read_text(encoding="utf-8"))["cells"] if path.is_file() else []


def write(path: Path, entry: dict) -> None:
    """Replace the file in one step, so that a stop leaves the old one or the new one."""
    head = json.dumps({key: value for key, value in entry.items() if key != "cells"})[:-1]
    lines = ",\n ".join(json.dumps(cell) for cell in entry["cells"])  # a line a cell
    write_whole(path, f'{head}, "cells": [\n {lines}\n]}}\n')


if __name__ == "__main__":
    sys.exit(main())
