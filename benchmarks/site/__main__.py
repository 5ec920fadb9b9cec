"""Print the weights and timings of every page, beside a plain page and, if you like, another site.

    python -m benchmarks.site                                # _build/html, median of 5
    python -m benchmarks.site --pages notebooks/03_pooling   # one page
    python -m benchmarks.site --beside ../older/_build/html  # before and after, in turns
    python -m benchmarks.site --table benchmarks/site/TABLE.md  # beside what was measured before

Bytes and counts are exact. Times depend on the machine and on what else it does: read them beside
those of the plain page, which holds the words of the same page alone and is opened in turns with
it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.site.serving import served
from benchmarks.site.table import compared, line_of
from benchmarks.site.visits import last_section, plain, timed, weighed
from course.downloads.paper.browser import NoBrowser, find_browser
from helpers import ROOT

HEAD = ("page", "first view kB", "requests", "to the end kB", "elements", "first paint s",
        "of a plain page", "blocked ms", "work of a plain page", "shift", "shift at a section")
NOTE = """Before is 29 November 2026. Bytes are packed; times are those of a phone at a quarter of
the speed and slow 4G, the median of {repeats}, while other work kept {load:.0f} processes busy:
read them beside the ratios, which are to a page with the same words alone, in the same run. This is
what `make site-speed ARGS="--table benchmarks/site/TABLE.md"` writes."""


def pages_of(site: Path) -> list[str]:
    """Return the names of all pages of a site, the search and the error page last."""
    found = [path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")]
    return sorted((name for name in found if name != "index" and "_static" not in name),
                  key=lambda name: (name in ("search", "404"), name))


def row(browser, address: str, site: Path, name: str, repeats: int) -> list[str]:
    """Measure one page; its line of the table."""
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    weights = weighed(browser, address, name, site)
    ours, theirs = [], []
    for _ in range(repeats):
        ours.append(timed(browser, f"{address}{name}.html"))
        theirs.append(timed(browser, f"{address}plain/{name}.html"))
    within = timed(browser, f"{address}{name}.html{last_section(text)}")

    def middle(kind: str) -> float:
        return statistics.median(one[kind] for one in ours)

    def ratio(kind: str) -> float:
        return statistics.median(mine[kind] / other[kind] for mine, other in
                                 zip(ours, theirs, strict=True) if other[kind])

    return [name, f"{weights['first'] / 1000:.0f}", str(weights["requests"]),
            f"{weights['whole'] / 1000:.0f}", str(weights["elements"]),
            f"{middle('paint') / 1000:.2f}", f"{ratio('paint'):.2f}", f"{middle('blocked'):.0f}",
            f"{ratio('work'):.2f}", f"{middle('shift'):.3f}", f"{within['shift']:.3f}"]


def measured(sites: list[Path], names: list[str], repeats: int) -> Iterator[list[str]]:
    """Yield a line for each page and site, both sites of a page one after the other."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        addresses = []
        for site in sites:
            made = {f"plain/{name}.html": plain((site / f"{name}.html").read_text("utf-8"))
                    for name in pages_of(site)
                    if "<article" in (site / f"{name}.html").read_text("utf-8")}
            addresses.append(stack.enter_context(served(site, made)))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[
            "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"])
        for name in names:
            for site, address in zip(sites, addresses, strict=True):
                if (site / f"{name}.html").is_file():
                    line = row(browser, address, site, name, repeats)
                    yield [f"{line[0]} ({site.parent.parent.name or site})", *line[1:]] \
                        if len(sites) > 1 else line
        browser.close()


def main(arguments: list[str] | None = None) -> int:
    """Print the table, line by line as it is measured; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--beside", type=Path, help="another built site, measured in turns")
    parser.add_argument("--pages", nargs="+", help="names without suffix, default: all")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--table", type=Path, help="a file to write, each page before and after")
    options = parser.parse_args(arguments)
    if options.table and options.beside:
        parser.error("--table holds one site beside what was measured before, --beside has two")
    sites = [path.resolve() for path in (options.beside, options.site) if path]
    for site in sites:
        if not (site / "index.html").is_file():
            print(f"site-speed: expected a built site in {site}; `make book` builds one",
                  file=sys.stderr)
            return 1
    known = pages_of(sites[-1])
    unknown = sorted(set(options.pages or []) - set(known))
    if unknown or options.repeats < 1:
        print(f"site-speed: no page {', '.join(unknown)}; there are {', '.join(known)}" if unknown
              else f"site-speed: --repeats is at least 1, not {options.repeats}", file=sys.stderr)
        return 2
    print(line_of(HEAD) + "\n" + "|---" * len(HEAD) + "|", flush=True)
    lines = []
    try:
        for line in measured(sites, options.pages or known, options.repeats):
            lines.append(line)
            print(line_of(line), flush=True)
    except NoBrowser as error:
        print(f"site-speed: {error}", file=sys.stderr)
        return 1
    if options.table:
        note = NOTE.format(repeats=options.repeats, load=os.getloadavg()[0])
        options.table.write_text(compared(HEAD, lines, note), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
