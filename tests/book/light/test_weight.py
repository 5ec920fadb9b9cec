"""How much a page weighs, how many elements it has, how soon it is seen: on every page of the book.

Bytes and counts are held as they are, a twentieth below what the book may weigh: 200 kB at first
view and 600 to the end, 800 with photographs. Times depend on the machine; they are held as ratios
to a page of the same text without style or script, at the same slow network and processor.
"""

import json
import statistics

import pytest

from benchmarks.site.serving import body_of, served
from benchmarks.site.traces import traced
from benchmarks.site.visits import DESK, ELEMENTS, SCROLL, last_section, plain, timed

FIRST_VIEW, TO_THE_END, OF_PHOTOGRAPHS = 190_000, 570_000, 760_000
WITH_PHOTOGRAPHS = {"notebooks/01_convolution", "notebooks/11_your_own_handwriting"}
MOST_ELEMENTS = 4_440  # half of what chapter 2 had while a script drew its formulas
LATER, JUMP = 3.2, 0.02
FORCED, BLOCKED = 8, 3.5  # the theme's script alone once forced 230 rounds, on a chapter
PLAIN = ["book/intro", "notebooks/05_looking_inside"]
LONGEST = "notebooks/02_padding_and_stride"  # it has most boxes that may scroll


@pytest.fixture(scope="module")
def packed_site(site):
    """The address of a server that packs text, as a host of the book does."""
    made = {f"plain/{name}.html": plain((site / f"{name}.html").read_text(encoding="utf-8"))
            for name in [*PLAIN, LONGEST]}
    with served(site, made) as address:
        yield address


@pytest.fixture
def opened_at(browser, packed_site, site):
    """Opens an address of the site; a page, and a function that weighs what it has asked for."""
    contexts = []

    def open_it(place):
        context = browser.new_context(viewport=DESK)
        contexts.append(context)
        page, files = context.new_page(), set()
        page.on("request", lambda request: request.url.startswith(packed_site)
                and files.add(site / request.url.removeprefix(packed_site).partition("?")[0]))
        page.goto(f"{packed_site}{place}", wait_until="networkidle")
        return page, lambda: {path: len(body_of(path)) for path in files}

    yield open_it
    for context in contexts:
        context.close()


def told(sizes, site):
    """What weighs, the heaviest first."""
    return json.dumps({path.relative_to(site).as_posix(): size
                       for path, size in sorted(sizes.items(), key=lambda one: -one[1])}, indent=1)


def test_every_page_is_light(opened_at, site, page_name):
    page, sizes = opened_at(f"{page_name}.html")
    first = sizes()
    assert sum(first.values()) < FIRST_VIEW, told(first, site)
    assert len(first) <= 20
    assert page.evaluate(ELEMENTS) <= MOST_ELEMENTS
    page.evaluate(SCROLL)
    whole = sizes()
    limit = OF_PHOTOGRAPHS if page_name in WITH_PHOTOGRAPHS else TO_THE_END
    assert sum(whole.values()) < limit, told(whole, site)
    assert not {path.name for path in whole} & {"searchindex.js", "searchtools.js"}


@pytest.mark.parametrize("place", ["search.html", "search.html?q=padding", "404.html"])
def test_so_are_the_search_with_what_it_finds_and_the_page_of_errors(opened_at, site, place):
    first = opened_at(place)[1]()
    assert sum(first.values()) < FIRST_VIEW, told(first, site)


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


@pytest.mark.parametrize("name", [*PLAIN, LONGEST])
def test_its_scripts_leave_the_processor_to_the_reader(browser, packed_site, name):
    """Who measures the page between two changes has it styled and laid out anew, each time."""
    ours = [traced(browser, f"{packed_site}{name}.html") for _ in range(2)]
    assert max(one["forced"] for one in ours) <= FORCED, ours
    theirs = [traced(browser, f"{packed_site}plain/{name}.html") for _ in range(2)]
    least = min(one["blocked"] for one in ours)
    assert least < BLOCKED * min(one["work"] for one in theirs), (ours, theirs)


# Figures that answer are taller than their stills, and stand above most sections of chapter 2;
# chapter 8 has most answers on offer, which become buttons.
@pytest.mark.parametrize("name", ["notebooks/02_padding_and_stride", "notebooks/05_looking_inside",
                                  "notebooks/08_when_training_collapses"])
def test_an_address_within_a_page_does_not_jump(browser, packed_site, site, name):
    place = last_section((site / f"{name}.html").read_text(encoding="utf-8"))
    assert place.startswith("#")
    assert timed(browser, f"{packed_site}{name}.html{place}")["shift"] < JUMP
