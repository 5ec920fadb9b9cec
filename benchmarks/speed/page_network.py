"""Measure the page's network beside TensorFlow.js on WebAssembly, in one run of one browser.

    npm install --prefix FOLDER @tensorflow/tfjs-core@4.22 @tensorflow/tfjs-backend-wasm@4.22
    python -m benchmarks.speed.page_network FOLDER

All compute chapter 4's network with equal weights on one digit, in turns; and each is asked for its
first answer on a page of its own, from an empty cache. Of the times the quick tenth counts, in
which other programs had the processor least; the medians stand beside it. Writes
book/results/page_network.json.
"""

import argparse
import functools
import gzip
import http.server
import json
import platform
import shutil
import statistics
import threading
from pathlib import Path

from helpers import ROOT
from helpers.data.ledger.runs import RESULTS
from helpers.data.whole_files import write_whole
from helpers.explorables.joining import joined

OUTPUT = RESULTS / "page_network.json"
SOURCES = ROOT / "explorables"
OURS = ["arithmetic/network/fast", "arithmetic/network/network"]
CORE = "@tensorflow/tfjs-core/dist/tf-core.min.js"
WASM = "@tensorflow/tfjs-backend-wasm/dist/"
PEER = [CORE, WASM + "tf-backend-wasm.min.js", WASM + "tfjs-backend-wasm-simd.wasm"]
TURNS, CALLS, COLD = 100, 10, 10

PROGRAMS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

STEADY = """async ([turns, calls]) => {
  const run = {}, times = {}, said = {};
  for (const name of Object.keys(programs)) {
    run[name] = await programs[name]();
    for (let warm = 0; warm < 200; warm += 1) said[name] = Array.from(run[name](digit));
    times[name] = [];
  }
  for (let turn = 0; turn < turns; turn += 1) {
    for (const name of Object.keys(run)) {
      const begun = performance.now();
      for (let call = 0; call < calls; call += 1) run[name](digit);
      times[name].push((performance.now() - begun) / calls);
    }
  }
  return { times, said };
}"""
FIRST = """async (name) => {
  const begun = performance.now();
  const answer = (await programs[name]())(digit);
  return [performance.now() - begun, answer.length];  // since its first script was asked for
}"""


def ours() -> str:
    """The modules that compute, joined as for a page; what they export is given to the page."""
    return joined(OURS, given=("accelerated", "forward", "unpacked"))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve an empty page, the modules and the packages."""

    def __init__(self, *arguments: object, peers: Path, **options: object) -> None:
        self.places = {"explorables": SOURCES, "peers": peers / "node_modules"}
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        room, _, rest = path.split("?")[0].strip("/").partition("/")
        return str(self.places.get(room, Path("/nowhere")) / rest)

    def do_GET(self) -> None:
        if self.path not in ("/", "/ours.js"):
            return super().do_GET()
        page = f"<!doctype html><meta charset=utf-8><script>{PROGRAMS}</script>"
        body = (page if self.path == "/" else ours()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/" else "text/javascript")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def quick(times: list[float]) -> float:
    """The time that a tenth of all times are below."""
    return sorted(times)[len(times) // 10]


def packed(paths: list[Path]) -> int:
    """The bytes of files together, each gzipped as a server sends it."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def measure(peers: Path) -> dict:
    """Time all programs, in milliseconds; see the module."""
    from playwright.sync_api import sync_playwright

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, peers=peers))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"),
                                             args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(address)
        found = page.evaluate(STEADY, [TURNS, CALLS])
        first: dict[str, list[float]] = {name: [] for name in found["times"]}
        for _ in range(COLD):
            for name, some in first.items():
                with browser.new_context() as context:
                    tab = context.new_page()
                    tab.goto(address)
                    some.append(tab.evaluate(FIRST, name)[0])
        version = browser.version
        browser.close()
    server.shutdown()
    apart = max(abs(one - other) for name in ("plain", "fast") for one, other in zip(
        found["said"][name], found["said"]["tfjs"], strict=True))
    steady, opened = ({name: quick(some) for name, some in times.items()}
                      for times in (found["times"], first))
    size = {"ours": len(gzip.compress(ours().encode(), 9)),
            "tfjs": packed([peers / "node_modules" / name for name in PEER])}
    return {"what": "chapter 4's network on one digit, beside TensorFlow.js 4.22 on WebAssembly",
            "browser": f"Chromium {version}", "machine": platform.machine(),
            "steady_ms": steady, "first_answer_ms": opened, "gzipped_bytes": size,
            "medians": {"steady_ms": {name: statistics.median(some)
                                      for name, some in found["times"].items()},
                        "first_answer_ms": {name: statistics.median(some)
                                            for name, some in first.items()}},
            "largest_difference": apart,
            "ratios": {"steady": steady["fast"] / steady["tfjs"],
                       "first_answer": opened["fast"] / opened["tfjs"],
                       "bytes": size["ours"] / size["tfjs"]}}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where npm has put the packages")
    record = measure(parser.parse_args().folder)
    write_whole(OUTPUT, json.dumps(record, indent=1) + "\n")
    print(json.dumps(record, indent=1))


if __name__ == "__main__":
    main()
