"""How much a page weighs, how many elements it has, how soon it is seen: on every page of the book.

Bytes and counts are held as they are. Times depend on the machine; they are held as ratios to a
page of the same text without style or script, at the same slow network and processor.
"""

import json
import statistics

import pytest

from benchmarks.site.serving import body_of, served
from benchmarks.site.visits import DESK, ELEMENTS, SCROLL, last_section, plain, timed

FIRST_VIEW, TO_THE_END, OF_PHOTOGRAPHS = 200_000, 600_000, 800_000
WITH_PHOTOGRAPHS = {"notebooks/01_convolution", "notebooks/11_your_own_handwriting"}
MOST_ELEMENTS = 4_440  # half of what chapter 2 had while a script drew its formulas
LATER, JUMP = 3.2, 0.02
PLAIN = ["book/intro", "notebooks/05_looking_inside"]


@pytest.fixture(scope="module")
def packed_site(site):
    """The address of a server that packs text, as a host of the book does."""
    made = {f"plain/{name}.html": plain((site / f"{name}.html").read_text(encoding="utf-8"))
            for name in PLAIN}
    with served(site, made) as address:
        yield address


@pytest.fixture
def asked(browser, packed_site, site, page_name):
    """A fresh page, and a function that weighs the files it has asked for so far."""
    context = browser.new_context(viewport=DESK)
    page, files = context.new_page(), set()
    page.on("request", lambda request: request.url.startswith(packed_site)
            and files.add(site / request.url.removeprefix(packed_site).partition("?")[0]))
    page.goto(f"{packed_site}{page_name}.html", wait_until="networkidle")
    yield page, lambda: {path: len(body_of(path)) for path in files}
    context.close()


def told(sizes, site):
    """What weighs, the heaviest first."""
    return json.dumps({path.relative_to(site).as_posix(): size
                       for path, size in sorted(sizes.items(), key=lambda one: -one[1])}, indent=1)


def test_every_page_is_light(asked, site, page_name):
    page, sizes = asked
    first = sizes()
    assert sum(first.values()) < FIRST_VIEW, told(first, site)
    assert len(first) <= 20
    assert page.evaluate(ELEMENTS) <= MOST_ELEMENTS
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


@pytest.mark.parametrize("name", PLAIN)
def test_it_is_seen_nearly_as_soon_as_plain_text(browser, packed_site, name):
    """One round trip more than a page that needs nothing: the style sheet and a script."""
    times = [(timed(browser, f"{packed_site}{name}.html"),
              timed(browser, f"{packed_site}plain/{name}.html")) for _ in range(3)]
    ratio = statistics.median(ours["paint"] / theirs["paint"] for ours, theirs in times)
    assert ratio < LATER, times
    assert max(ours["shift"] for ours, _ in times) < JUMP


# Figures that answer are taller than their stills, and stand above most sections of chapter 2;
# chapter 8 has most answers on offer, which become buttons.
@pytest.mark.parametrize("name", ["notebooks/02_padding_and_stride", "notebooks/05_looking_inside",
                                  "notebooks/08_when_training_collapses"])
def test_an_address_within_a_page_does_not_jump(browser, packed_site, site, name):
    place = last_section((site / f"{name}.html").read_text(encoding="utf-8"))
    assert place.startswith("#")
    assert timed(browser, f"{packed_site}{name}.html{place}")["shift"] < JUMP
