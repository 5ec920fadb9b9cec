"""The predictions of all chapters on their pages: folded until asked for, linked to, printed."""

import pytest

from course.notebooks import chapters

CHAPTERS = [path.stem for path in chapters() if path.parent.name == "notebooks"]
IN_VIEW = 600  # CSS pixels: what stands closer is on the screen with the question

VISIBLE = """() => [...document.querySelectorAll(".what-happens, .what-happens *")]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height)
  .map(one => one.outerHTML.slice(0, 120))"""
HIDDEN = """() => [...document.querySelectorAll(".what-happens, .what-happens > *")]
  .filter(one => one.innerText.trim() && !(one.checkVisibility()
                                           && one.getBoundingClientRect().height))
  .map(one => one.outerHTML.slice(0, 120))"""
# Predictions whose answer is in view: the next cell, figure or table of the section is neither
# folded nor far below. What comes after an answer with cells of its own is another matter.
CLOSE = """reach => [...document.querySelectorAll(".prediction")].flatMap(asked => {
  const section = asked.closest("section"), bottom = asked.getBoundingClientRect().bottom;
  const next = [...section.querySelectorAll(".cell, figure, table")].find(
    one => one.closest("section") === section
           && asked.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  return next?.checkVisibility() && next.getBoundingClientRect().top - bottom < reach
    ? [`${asked.innerText.slice(0, 60)} ... ${next.innerText.slice(0, 60)}`] : [];
})"""
BUTTONS = """() => [...document.querySelectorAll(".fold-control, .offered button")]
  .filter(one => one.checkVisibility() && (one.matches(".fold-control")
                                           || getComputedStyle(one).borderTopStyle !== "none"))
  .map(one => one.outerHTML)"""
OPEN = "[...document.querySelectorAll('.what-happens:not([hidden])')].map(fold => fold.id)"
FOCUS = "document.activeElement.closest('.what-happens')?.id ?? null"
# Follow a link of the page to a place that is folded, or else one that is made for it.
FOLLOW = """() => {
  const place = link => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  let link = [...document.querySelectorAll("article a[href^='#']")].find(
    one => place(one)?.closest(".what-happens") && !one.closest(".what-happens, details"));
  if (!link) {
    link = document.querySelector("article p").appendChild(document.createElement("a"));
    link.href = "#" + document.querySelector(".what-happens [id], .what-happens").id;
  }
  link.click();
  return [place(link).closest(".what-happens").id, place(link).id];
}"""
# What folding needs none of; pictures that do not come keep their room.
UNNEEDED = "**/*.{webp,woff2}*"


@pytest.fixture(scope="module", params=CHAPTERS)
def page(request, browser, address):
    page = browser.new_page()
    page.route(UNNEEDED, lambda route: route.abort())
    page.goto(f"{address}notebooks/{request.param}.html")
    yield page
    page.close()


def test_on_paper_and_without_script_it_is_open_and_shows_no_button(page, browser, request):
    page.emulate_media(media="print")
    request.addfinalizer(lambda: page.emulate_media(media="screen"))
    with browser.new_context(java_script_enabled=False) as context:
        without = context.new_page()
        without.route(UNNEEDED, lambda route: route.abort())
        without.goto(page.url)  # whole: without scripts nothing waits for the style sheets
        for shown in (page, without):
            assert shown.locator(".what-happens").count() >= 4
            assert shown.evaluate(HIDDEN) == []
            assert shown.evaluate(BUTTONS) == []


def test_nothing_of_it_is_in_view_until_it_is_asked_for(page):
    assert page.evaluate(VISIBLE) == []
    assert page.evaluate(CLOSE, IN_VIEW) == []
    folds = []
    for number, prediction in enumerate(page.locator(".prediction").all()):
        show = prediction.locator("[aria-controls]")
        show.focus()
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) is None
        button = prediction.locator(".offered button, [aria-controls]").first
        if number % 3:
            button.focus()
            page.keyboard.press("Enter" if number % 3 == 1 else "Space")
        else:
            button.click()
        folds.append(show.get_attribute("aria-controls"))
        assert page.evaluate(OPEN) == folds
        assert show.get_attribute("aria-expanded") == "true"
    assert page.evaluate(HIDDEN) == []
    assert page.evaluate(CLOSE, IN_VIEW), "what is open would be found"


def test_all_are_opened_and_folded_at_once_and_a_link_opens_one(page):
    toggle = page.locator(".fold-all button")
    toggle.click()
    assert page.evaluate(HIDDEN) == []
    toggle.click()
    assert page.evaluate(VISIBLE) == []
    fold, place = page.evaluate(FOLLOW)
    assert page.evaluate(OPEN) == [fold]
    assert page.locator(f"[id='{place}']").is_visible()
