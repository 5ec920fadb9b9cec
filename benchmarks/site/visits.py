"""Open a page as a reader does, and measure: bytes, requests, elements, times, jumps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from benchmarks.site.serving import body_of

# What the developer tools of Chromium call slow 4G: 150 ms, 1.6 Mbit/s and 750 kbit/s, each as
# much worse as their throttling makes it.
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1474.56 * 1024 / 8,
           "uploadThroughput": 675 * 1024 / 8}
SLOWER = 4  # times, the processor
PHONE, DESK = {"width": 412, "height": 823}, {"width": 1280, "height": 800}
AFTER_LOADING = 1500  # milliseconds in which scripts go on
WATCH = """
window.seen = {shift: 0, tasks: []};
new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  if (!one.hadRecentInput) seen.shift += one.value;
})).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((one) =>
  seen.tasks.push([one.startTime, one.duration]))).observe({type: "longtask", buffered: true});
"""
READ = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  return {paint, shift: seen.shift,
    blocked: seen.tasks.filter(([start, length]) => start + length > paint)
      .reduce((sum, [, length]) => sum + Math.max(0, length - 50), 0)};
}"""
SCROLL = """async () => {
  document.querySelector(".fold-all button")?.click();
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 20));
  }
  await Promise.all([...document.images].map((image) => image.complete
    || new Promise((done) => { image.onload = image.onerror = done; })));
}"""
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
LOADED = re.compile(r"<(?:img|source|script|link)\b[^>]*>")
ELEMENTS = "document.querySelectorAll('*').length"


def timed(browser: Any, address: str) -> dict[str, float]:
    """Return what a slow phone on a slow network sees of a page.

    paint: the first letters, in milliseconds. blocked: the milliseconds by which tasks after that
    are longer than 50. shift: how much of the view jumps. work: seconds of the page's own process.
    """
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    for command in ("Network.enable", "Performance.enable"):
        session.send(command)
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_timeout(AFTER_LOADING)
    told = session.send("Performance.getMetrics")["metrics"]
    found = page.evaluate(READ) | {"work": next(one["value"] for one in told
                                                if one["name"] == "TaskDuration")}
    context.close()
    return found


def weighed(browser: Any, address: str, name: str, site: Path) -> dict[str, int]:
    """Return the bytes and requests of a page at first view and to its end, and its elements."""
    context = browser.new_context(viewport=DESK)
    page, asked = context.new_page(), set()
    page.on("request", lambda request: request.url.startswith(address)
            and asked.add(site / request.url.removeprefix(address).partition("?")[0]))
    page.goto(f"{address}{name}.html", wait_until="networkidle")
    first, elements = set(asked), page.evaluate(ELEMENTS)
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    sizes = {path: len(body_of(path)) if path.is_file() else 0 for path in asked}
    context.close()
    return {"first": sum(sizes[path] for path in first), "requests": len(first),
            "whole": sum(sizes.values()), "elements": elements}


def plain(text: str) -> str:
    """Return the words of a page as a page without style, script and pictures.

    Its first letters come as soon as this network and this machine can show any.
    """
    article = ARTICLE.search(text)
    if article is None:
        raise ValueError("expected a page with an article")
    return f"<!doctype html><title>Plain</title>{LOADED.sub('', article[0])}"


def last_section(text: str) -> str:
    """Return the place that an address within a page may name: its last section but one."""
    places = [part.split('"')[0] for part in text.split('<section id="')[1:]]
    return f"#{places[-2] if len(places) > 1 else places[-1]}" if places else ""
