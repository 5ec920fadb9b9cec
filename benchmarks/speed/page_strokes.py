"""Measure how soon the page shows what a network makes of a stroke, all maps drawn.

    python -m benchmarks.speed.page_strokes

Times a step of a stroke on `<course-network>` with chapter 4's network, from the pointer's event to
the last map drawn, in turns with a task that takes about as long as a frame, 16 ms, so that a test
can tell a slow page from a machine that is busy or slow. Prints medians.
"""

import functools
import http.server
import json
import shutil
import threading

from helpers import ROOT

TURNS = 200
# [median of a stroke's times, median of a task's times], in milliseconds.
STROKES = """async ([element, turns]) => {
  const task = () => { // 16 ms on one core of the machine that measured the others
    const numbers = new Float32Array(4096).fill(1);
    for (let turn = 0; turn < 560; turn += 1) {
      for (let at = 1; at < 4096; at += 1) numbers[at] = 0.5 * (numbers[at] + numbers[at - 1]);
    }
    return numbers[4095];
  };
  const times = { stroke: [], task: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    const row = 6 + turn % 16;
    const stroke = () => element.pad.onDraw([[row, 14], [row + 0.5, 14]]);
    for (const [name, act] of Object.entries({ task, stroke })) {
      await new Promise(requestAnimationFrame);
      const begun = performance.now();
      act();
      times[name].push(performance.now() - begun);
    }
  }
  return [times.stroke, times.task].map(
    some => some.sort((one, other) => one - other)[some.length >> 1]);
}"""
SHOW = """async () => {
  await import("/course-network.js");
  const element = document.body.appendChild(document.createElement("course-network"));
  await element.ready;
  return element;
}"""
PAGE = b"<!doctype html><meta charset=utf-8><title>Strokes</title><body>"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve the modules, and an empty page for them."""

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)
        return None

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def measure() -> dict:
    """Time strokes and the task; the medians in milliseconds."""
    from playwright.sync_api import sync_playwright

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(
        Handler, directory=str(ROOT / "explorables")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"),
                                             args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        element = page.evaluate_handle(SHOW)
        stroke, task = page.evaluate(STROKES, [element, TURNS])
        version = browser.version
        browser.close()
    server.shutdown()
    return {"browser": f"Chromium {version}", "stroke_ms": stroke, "task_ms": task,
            "ratio": stroke / task}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
