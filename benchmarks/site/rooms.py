"""Measure how high each explorable of the book is, for the room that it keeps before it is there.

    python -m benchmarks.site.rooms _build/html

Writes book/_static/rooms.css: the heights of all explorables on a phone and on a wide screen.
"""

import argparse
import shutil
from pathlib import Path

from benchmarks.site.serving import served
from helpers import ROOT
from helpers.data.whole_files import write_whole

OUTPUT = ROOT / "book" / "_static" / "rooms.css"
HEAD = "/* How high explorables are, as `python -m benchmarks.site.rooms` has measured them */\n"
RULE = ".room-{}-{} {{ --room: {}px; --wide-room: {}px; }}\n"
WIDTHS = (412, 1280)
HIGH = 900
# Each that the book keeps room for: how much, and how much it takes once it is there.
HEIGHTS = """async () => {
  const all = [...document.querySelectorAll("[class*=cell_output] *")].filter(
    one => /^course-/.test(one.localName) && !one.classList.contains("waits"));
  document.querySelector(".fold-all button")?.click();
  const high = one => one.getBoundingClientRect().height;
  const kept = all.map(one => one.matches(":defined") ? null : high(one));
  dispatchEvent(new Event("scroll")); // which loads them
  const found = [];
  for (const [at, one] of all.entries()) {
    await customElements.whenDefined(one.localName);
    one.scrollIntoView();
    const early = high(one);
    await one.ready;
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    found.push([kept[at], early, high(one)]);
  }
  return found;
}"""


def heights(page) -> list[list[float]]:
    """Return each explorable's height before its script, with it, and with its network."""
    return page.evaluate(HEIGHTS)


def main() -> None:
    """Measure and write."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the folder with the book's HTML")
    site = parser.parse_args().site
    rules = []
    with sync_playwright() as playwright, served(site) as address:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"),
                                             args=["--no-sandbox", "--disable-gpu"])
        for path in sorted((site / "notebooks").glob("*.html")):
            if "<course-" not in path.read_text(encoding="utf-8"):
                continue
            columns = []
            for width in WIDTHS:
                page = browser.new_page(viewport={"width": width, "height": HIGH})
                page.goto(address + path.relative_to(site).as_posix())
                columns.append([round(high) for _, _, high in heights(page)])
                page.close()
            rules += [RULE.format(path.stem.partition("_")[0], number, *pair) for number, pair in
                      enumerate(zip(*columns, strict=True), start=1)]
        browser.close()
    write_whole(OUTPUT, HEAD + "".join(rules))
    print(f"{OUTPUT.relative_to(ROOT)}: {len(rules)} explorables")


if __name__ == "__main__":
    main()
