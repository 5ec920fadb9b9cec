"""What a page costs the processor, from Chromium's own record of its tasks.

A task is counted by the time that it had the processor, which other work on the machine stretches
little, and not by the clock.
"""

from __future__ import annotations

import json
from typing import Any

from benchmarks.site.visits import AFTER_LOADING, PHONE, SLOW_4G, SLOWER

LONG = 50  # milliseconds, above which a task is felt
CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "loading"]
SCRIPTS = {"EvaluateScript", "FunctionCall", "RunMicrotasks"}
ROUNDS = {"UpdateLayoutTree", "Layout"}


def traced(browser: Any, address: str) -> dict[str, float]:
    """Return what a page asks of the processor of a slow phone until a while after it has loaded.

    blocked: the milliseconds by which tasks after the first paint are longer than 50, at a quarter
    of the speed. work: the milliseconds of all its tasks, at the same speed. forced: how often a
    script has the page styled or laid out before it goes on.
    """
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_timeout(AFTER_LOADING)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return read(events)


def read(events: list[dict[str, Any]]) -> dict[str, float]:
    """Return what `traced` does, from the events of a trace."""
    paint = [one for one in events if one["name"] == "firstContentfulPaint"][-1]
    own = [one for one in events if one["ph"] == "X"
           and (one["pid"], one["tid"]) == (paint["pid"], paint["tid"])]
    tasks = [one for one in own if one["name"] == "RunTask"]
    took = [SLOWER * one.get("tdur", 0) / 1000 for one in tasks]  # from microseconds
    late = [time for time, one in zip(took, tasks, strict=True)
            if one["ts"] + one["dur"] > paint["ts"]]
    scripts = [(one["ts"], one["ts"] + one["dur"]) for one in own if one["name"] in SCRIPTS]
    forced = [one for one in own if one["name"] in ROUNDS
              and any(begin <= one["ts"] < end for begin, end in scripts)]
    return {"blocked": sum(max(0, time - LONG) for time in late), "work": sum(took),
            "forced": len(forced)}
