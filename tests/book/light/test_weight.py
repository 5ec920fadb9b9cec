"""How much a page weighs, how many elements it has, how soon it is seen: on every page of the book.

Bytes and counts are held as they are. Times depend on the machine; they are held as ratios to a
page of the same text without style or script, at the same slow network and processor.
"""

import functools
import gzip
import http.server
import json
import statistics
import threading
from pathlib import Path

import pytest

FIRST_VIEW, TO_THE_END, OF_PHOTOGRAPHS = 200_000, 600_000, 800_000
WITH_PHOTOGRAPHS = {"notebooks/01_convolution", "notebooks/11_your_own_handwriting"}
ELEMENTS = 4_440  # half of what chapter 2 had while a script drew its formulas
PACKED = {".html", ".css", ".js", ".svg", ".json"}
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await new Promise(done => setTimeout(done, 20));
  }
  await Promise.all([...document.images].map(image => image.complete
    || new Promise(done => { image.onload = image.onerror = done; })));
}"""
OPEN_ALL = """() => { document.querySelector(".fold-all button")?.click();
  document.querySelectorAll("details").forEach(one => { one.open = true; }); }"""
SLOW = {"offline": False, "latency": 562, "downloadThroughput": 1.47e6 / 8 * 0.9,
        "uploadThroughput": 675e3 / 8 * 0.9}
SEEN = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries()[0].startTime)).observe(
    {type: "paint", buffered: true}); setTimeout(() => done(null), 20000); })"""
SHIFT = """() => new Promise(done => { let sum = 0; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true}); setTimeout(() => done(sum), 600); })"""


@functools.cache
def weight(path):
    """The bytes that a server sends for a file, which packs all text."""
    data = path.read_bytes()
    return len(gzip.compress(data, 6)) if path.suffix in PACKED else len(data)


@pytest.fixture(scope="module")
def packed_site(site):
    """The address of a server that packs text, as a host of the book does."""
    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            path = Path(self.translate_path(self.path))
            if not path.is_file():
                return self.send_error(404)
            body = path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            if path.suffix in PACKED:
                body = gzip.compress(body, 6)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return None

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def weighed(browser, packed_site, site, page_name):
    """A fresh page, and a function that weighs the files it has asked for so far."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, asked = context.new_page(), set()
    page.on("request", lambda request: request.url.startswith(packed_site)
            and asked.add(site / request.url.removeprefix(packed_site).partition("?")[0]))
    page.goto(f"{packed_site}{page_name}.html", wait_until="networkidle")
    yield page, lambda: {path: weight(path) for path in asked}
    context.close()


def told(sizes, site):
    """What weighs, the heaviest first."""
    return json.dumps({path.relative_to(site).as_posix(): size
                       for path, size in sorted(sizes.items(), key=lambda one: -one[1])}, indent=1)


def test_every_page_is_light(weighed, site, page_name):
    page, sizes = weighed
    first = sizes()
    assert sum(first.values()) < FIRST_VIEW, told(first, site)
    assert len(first) <= 20
    assert page.evaluate("document.querySelectorAll('*').length") <= ELEMENTS
    page.evaluate(OPEN_ALL)
    page.evaluate(SCROLL)
    whole = sizes()
    limit = OF_PHOTOGRAPHS if page_name in WITH_PHOTOGRAPHS else TO_THE_END
    assert sum(whole.values()) < limit, told(whole, site)
    assert not {path.name for path in whole} & {"searchindex.js", "searchtools.js"}


def test_every_picture_has_its_room_before_it_comes(shown):
    assert shown.evaluate("""[...document.querySelectorAll("article img")].filter(image =>
        !(image.hasAttribute("width") && image.hasAttribute("height"))).map(i => i.src)""") == []
    pictures = shown.evaluate("""[...document.querySelectorAll("article img[src*='_images']")]
        .map(image => [image.src.split(".").at(-1), image.decoding])""")
    assert {tuple(one) for one in pictures if one[0] != "svg"} <= {("webp", "async")}


def test_all_pictures_but_the_first_wait_until_they_are_scrolled_to(site, page_name):
    text = (site / f"{page_name}.html").read_text(encoding="utf-8")
    tags = [one.partition(">")[0] for one in text.split("<article", 1)[1].split("<img ")[1:]]
    # The still figure of an explorable is drawn in the page itself: nothing is to be fetched.
    pictures = [one for one in tags if 'src="data:' not in one]
    assert all('loading="lazy"' in one for one in pictures[1:])


def test_nothing_is_served_that_no_page_asks_for(site):
    static = site / "_static"
    assert not list(static.rglob("*.map"))
    assert not [path for path in static.rglob("*") if "locales" in path.parts
                or path.suffix in (".ttf", ".scss")]
    # The modules of the explorables are there for whoever builds on them, whatever pages ask for.
    modules = {path for path in (static / "explorables").rglob("*")
               if not path.name.startswith("page-")}
    sizes = {path: path.stat().st_size for path in static.rglob("*") if path.is_file()}
    joined = sum(size for path, size in sizes.items() if path.name.startswith("page-"))
    assert joined < 600_000  # a script for each set of explorables that a page shows
    total = sum(size for path, size in sizes.items() if path not in modules) - joined
    assert total < 900_000  # of which the index of the search, asked for by who searches, is half


def seen(browser, address, tag=""):
    """First paint in milliseconds and layout shift, at a slow network and processor."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address + tag)
    found = page.evaluate(SEEN), page.evaluate(SHIFT)
    context.close()
    return found


@pytest.mark.parametrize("name", ["book/intro", "notebooks/05_looking_inside"])
def test_it_is_seen_nearly_as_soon_as_plain_text(browser, packed_site, site, name):
    """One round trip more than a page that needs nothing: the style sheet and a script."""
    plain = site / "_static/plain.html"
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    body = "".join(part for part in text.split("<article")[1].split("</article>")[0]
                   .split("<img")[0])
    plain.write_text(f"<!doctype html><title>Plain</title><article {body}", encoding="utf-8")
    try:
        times = [(seen(browser, f"{packed_site}{name}.html"),
                  seen(browser, f"{packed_site}_static/plain.html")) for _ in range(3)]
    finally:
        plain.unlink()
    ratio = statistics.median(ours[0] / theirs[0] for ours, theirs in times)
    assert ratio < 3.2, times
    assert max(ours[1] for ours, _ in times) < 0.02


def test_an_address_within_a_page_does_not_jump(browser, packed_site):
    assert seen(browser, f"{packed_site}notebooks/05_looking_inside.html", "#summary")[1] < 0.02
