"""The explorables with a network by key, by ear, on a phone, on paper and from a file."""

import gzip
import shutil

import pytest

from helpers import ROOT
from helpers.explorables.joining import elements, joined
from tests.book.explorables.shown import SHOW, result
from tests.book.explorables.test_use import UNNAMED
from tests.book.explorables.test_ways_of_use import drag

ELEMENTS = ["course-network", "course-recogniser"]
BUDGET = 40_000  # bytes, gzipped; all explorables together, as the book serves them
ONES = pytest.mark.parametrize("name", ELEMENTS)


@pytest.fixture
def ready(show):
    """Show an element and wait for its network."""
    def go(name, **settings):
        element = show(name, **settings)
        element.evaluate("one => one.ready.then(() => null)")
        return element
    return go


@ONES
def test_everything_has_a_name_of_its_own(ready, page, name):
    element = ready(name, cell={"layer": 3, "channel": 1, "row": 2, "column": 2})
    assert page.evaluate(UNNAMED, name) == []
    assert page.evaluate(UNNAMED.replace("[role=img]", "[role=slider], [role=application]"),
                         name) == []
    names = element.evaluate("""one => [...one.shadowRoot.querySelectorAll(
      "input, select, button, [role=slider], [role=grid], [role=application]")].map(box =>
        box.getAttribute("aria-label")
        ?? (box.getAttribute("aria-labelledby")
          ? one.shadowRoot.getElementById(box.getAttribute("aria-labelledby"))
          : box.closest("label")?.querySelector("span") ?? box).textContent)""")
    assert len(names) > 4
    assert sorted(names) == sorted(set(names))


@ONES
@pytest.mark.parametrize("wide", [360, 1280])
def test_it_fits_a_phone(ready, page, name, wide):
    before = page.viewport_size
    page.set_viewport_size({"width": wide, "height": 800})
    try:
        ready(name, cell={"layer": 1, "channel": 1, "row": 2, "column": 2})
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
    finally:
        page.set_viewport_size(before)


@ONES
def test_every_control_is_reached_by_tab_and_shows_it(ready, page, name):
    element = ready(name)
    count = element.evaluate("""one => [...one.shadowRoot.querySelectorAll(
      "input, select, button, summary, [tabindex]")].filter(box => box.checkVisibility()).length""")
    seen = set()
    for _ in range(count + 2):
        page.keyboard.press("Tab")
        seen.add(element.evaluate("""one => { const box = one.shadowRoot.activeElement;
          if (!box) return null;
          const all = [...one.shadowRoot.querySelectorAll("*")];
          return [all.indexOf(box), getComputedStyle(box).outlineStyle].join(); }"""))
    seen.discard(None)
    assert len(seen) >= count - 1  # details that are closed hide one
    assert not any(one.endswith("none") for one in seen)


@ONES
def test_a_finger_draws_and_does_not_scroll(browser, modules, name):
    with browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True,
                             is_mobile=True) as context:
        phone = context.new_page()
        phone.goto(modules)
        phone.evaluate(SHOW, [name, {}])
        phone.evaluate("document.body.style.paddingBottom = '2000px'")
        element = phone.locator(name)
        element.evaluate("one => one.ready.then(() => null)")
        element.get_by_role("button", name="Clear").click()
        pad = element.get_by_role("application")
        pad.scroll_into_view_if_needed()
        box, before = pad.bounding_box(), phone.evaluate("scrollY")
        middle = box["x"] + box["width"] / 2
        drag(phone, (middle, box["y"] + 60), (middle, box["y"] + 220))
        assert phone.evaluate("scrollY") == before
        phone.wait_for_function("name => document.querySelector(name).result.answer === 1",
                                arg=name)


@ONES
def test_the_drawing_is_kept_by_the_events_and_the_reset(ready, page, name):
    element = ready(name)
    element.get_by_role("button", name="Clear").click()
    assert page.evaluate("told.length") == 1
    assert page.evaluate("told[0].settings.image.flat().length") > 700
    element.get_by_role("button", name="Reset").click()
    assert element.evaluate("one => one.settings.image") is None
    assert result(element)["answer"] in (3, 7)  # the examples


def test_both_work_from_a_file(browser, tmp_path):
    """A page from a file may load a script, so the networks come as scripts."""
    folder = tmp_path / "_static" / "explorables"
    shutil.copytree(ROOT / "explorables" / "networks", folder / "networks")
    (folder / "page.js").write_text(joined(ELEMENTS), encoding="utf-8")
    (tmp_path / "page.html").write_text(
        "<!doctype html><meta charset='utf-8'><title>From a file</title>"
        "<script src='_static/explorables/page.js' defer></script>"
        "<course-network></course-network><course-recogniser></course-recogniser>",
        encoding="utf-8")
    tab = browser.new_page()
    problems = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.goto((tmp_path / "page.html").as_uri())
    for name, answer in zip(ELEMENTS, (7, 3), strict=True):
        tab.wait_for_function("([name, answer]) => "
                              "document.querySelector(name).result.answer === answer",
                              arg=[name, answer])
    assert problems == []
    tab.close()


def test_a_network_that_cannot_be_loaded_is_named(show, page):
    element = show("course-network", network="nobody")
    element.get_by_text("The network nobody could not be loaded.").wait_for()
    assert "nobody" in result(element)["error"]
    assert page.problems.pop().startswith("Failed to load resource")


def test_all_explorables_together_are_small():
    assert len(gzip.compress(joined(sorted(elements())).encode())) < BUDGET
