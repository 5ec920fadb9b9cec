"""Say what is installed and not in the lock, and which tests failed with it, as Markdown.

    python -m course.newest [JUNIT.xml]

JUNIT.xml is what `pytest --junitxml` wrote; without it, or where it is missing, the tests count as
not run. The workflow that tries the newest releases once a week makes its report by this.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from xml.etree import ElementTree

from course.newest.releases import differences, installed, locked
from helpers import ROOT

LOCK = ROOT / "constraints.txt"
MOST = 50  # tests that are listed; an issue has room for 65,536 characters


def failures(junit: Path) -> tuple[int, list[tuple[str, str]]]:
    """How many tests ran, and each that failed with the first line of why."""
    cases = list(ElementTree.parse(junit).iter("testcase"))
    failed = []
    for case in cases:
        for kind in ("failure", "error"):
            if (found := case.find(kind)) is not None:
                name = f"{case.get('classname', '')}::{case.get('name', '')}"
                failed.append((name, (found.get("message") or "").strip().split("\n")[0][:200]))
                break
    return len(cases), failed


def report(changed: list[tuple[str, str, str]], ran: int | None,
           failed: list[tuple[str, str]]) -> str:
    """The report; ran is None where no test was run."""
    lines = ["## Tests", ""]
    if ran is None:
        lines.append("None was run: the installation failed, or the run ended before it could say.")
    else:
        lines.append(f"{ran} ran, {len(failed)} failed.")
        lines += ["", *(f"- `{name}`: {why}" for name, why in failed[:MOST])] if failed else []
        if len(failed) > MOST:
            lines.append(f"- and {len(failed) - MOST} more")
    lines += ["", "## Releases that differ from constraints.txt", ""]
    if changed:
        lines += ["| Package | Lock | Here |", "|---|---|---|"]
        lines += [f"| {name} | {before or 'none'} | {now or 'none'} |"
                  for name, before, now in changed]
    else:
        lines.append("None.")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Print the report; returns the exit status, 0 whether tests failed or not."""
    parser = argparse.ArgumentParser(prog="python -m course.newest", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("junit", nargs="?", type=Path, help="what pytest --junitxml wrote")
    options = parser.parse_args(arguments)
    changed = differences(locked(LOCK.read_text(encoding="utf-8")), installed())
    ran, failed = None, []
    if options.junit is not None and options.junit.is_file():
        try:
            ran, failed = failures(options.junit)
        except ElementTree.ParseError as error:
            print(f"newest: {options.junit} is no whole report of pytest: {error}", file=sys.stderr)
    print(report(changed, ran, failed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
