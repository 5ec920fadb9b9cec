"""The table of all pages, and what a trace of the browser says."""

from benchmarks.site.__main__ import HEAD
from benchmarks.site.table import compared
from benchmarks.site.traces import read


def row(name):
    return [name, "101", "9", "102", "291", "1.50", "1.40", "12", "1.10", "0.001", "0.002"]


def test_a_page_stands_beside_what_it_was_and_a_new_one_beside_nothing():
    lines = compared(HEAD, [row("book/intro"), row("book/new")], "A note.").splitlines()
    intro, new = lines[-2:]
    assert "A note." in lines
    assert intro.startswith("| book/intro | 1613 → 101 | 31 → 9 | 1613 → 102 | 374 → 291 |")
    assert new.startswith("| book/new | – → 101 | – → 9 |")
    assert intro.endswith("| 1.10 | 0.001 | 0.002 |")


def event(name, begin, wall, processor, thread=1):
    return {"name": name, "ph": "X", "pid": 7, "tid": thread, "ts": begin, "dur": wall,
            "tdur": processor}


def test_a_trace_counts_the_processors_time_after_the_first_paint():
    found = read([
        {"name": "firstContentfulPaint", "ph": "I", "pid": 7, "tid": 1, "ts": 100_000},
        event("RunTask", 0, 90_000, 80_000),  # before anything is seen
        event("RunTask", 200_000, 900_000, 20_000), event("FunctionCall", 200_000, 500_000, 15_000),
        event("Layout", 300_000, 10, 10), event("UpdateLayoutTree", 310_000, 10, 10),
        event("Layout", 800_000, 10, 10),  # the browser's own, once the script is done
        event("RunTask", 1_200_000, 9_000, 9_000), event("RunTask", 300_000, 9e6, 9e6, thread=2)])
    assert found == {"blocked": 30, "work": 436, "forced": 2}
