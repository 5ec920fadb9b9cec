"""Measure what the tests of a room notice: `make mutation MODULE=helpers/arithmetic`.

mutmut changes one thing at a time in the functions of the room (a number, an operator, an argument,
a text) and runs the quick tests that call the function. A mutant that no test notices survives: it
is shown with its change. What mutmut cannot change is left alone: functions with a decorator, and
what stands outside of functions.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from pathlib import Path

from course.mutation.belonging import tests_of
from course.mutation.scratch import NO_TEST, NOT_TRIED, SURVIVED, exit_codes, prepare
from helpers import ROOT

KERAS = ("helpers/arithmetic", "helpers/reference", "helpers/inspection", "helpers/exercises")


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; 0 where at least the share that is asked for is noticed."""
    parser = argparse.ArgumentParser(prog="python -m course.mutation", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module", help="a file or a folder, such as helpers/arithmetic")
    parser.add_argument("--sample", type=int, help="try so many mutants, drawn at random, of all")
    parser.add_argument("--at-least", type=float, default=0.9, metavar="SHARE",
                        help="fail where a smaller share is noticed (default: %(default)s)")
    parser.add_argument("--folder", type=Path, default=ROOT / "_build/mutation",
                        help="where to work (default: %(default)s)")
    options = parser.parse_args(arguments)
    module = options.module.strip("/")
    try:
        tests = tests_of(module)
    except ValueError as error:
        print(f"mutation: {error}", file=sys.stderr)
        return 1
    folder = options.folder.resolve() / module.replace("/", ".")
    prepare(folder, module, tests, keras=module.startswith(KERAS))
    names = sampled(folder, options.sample) if options.sample else []
    run(folder, names)
    return report(folder, names, options.at_least)


def sampled(folder: Path, count: int) -> list[str]:
    """Return names of mutants, the same ones at each call for the same code."""
    run(folder, ["none"], quiet=True)  # makes all of them, and finds none of this name to try
    names = sorted(exit_codes(folder))
    return sorted(random.Random(0).sample(names, min(count, len(names))))


def run(folder: Path, names: list[str], *, quiet: bool = False) -> None:
    """Let mutmut work, one process at a time."""
    where = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    one = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1",
           "CI": "true"}
    shown = subprocess.DEVNULL if quiet else None
    subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names],
                   cwd=folder, env=where | one, check=False, stdout=shown, stderr=shown)


def report(folder: Path, names: list[str], at_least: float) -> int:
    """Print the score, and each mutant that survived with its change."""
    found = {name: code for name, code in exit_codes(folder).items() if not names or name in names}
    tried = {name: code for name, code in found.items() if code not in NOT_TRIED}
    if not tried:
        print("mutation: no mutant was tried, see above", file=sys.stderr)
        return 1
    alive = [name for name, code in tried.items() if code in (SURVIVED, *NO_TEST)]
    for name in alive:
        shown = subprocess.run([sys.executable, "-m", "mutmut", "show", name], cwd=folder,
                               capture_output=True, text=True, check=False).stdout
        lines = [line for line in shown.splitlines() if line.startswith(("-", "+", "@"))
                 and not line.startswith(("---", "+++"))]
        print("\n".join([f"# {name}{' (no test calls it)' * (tried[name] in NO_TEST)}", *lines]))
    share = 1 - len(alive) / len(tried)
    left = f"; {len(found) - len(tried)} not tried" if len(found) > len(tried) else ""
    print(f"mutation: {len(tried) - len(alive)} of {len(tried)} noticed, {share:.1%}{left}")
    return int(share < at_least)


if __name__ == "__main__":
    sys.exit(main())
