"""The book in a browser with the network cut: every page, by mouse and keyboard, light and dark."""

import re
from pathlib import Path

import pytest

NARROW = {"width": 390, "height": 844}

LOW_CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
# Figures have letters of 10 points and more (test_conventions.py), which shrink with the figure.
# Phones label their own buttons with no less than 10 CSS pixels.
SMALLEST_LETTERS, READABLE = 10 * 96 / 72, 10
CUT_OR_SMALL = """([drawn, readable]) =>
  [...document.querySelectorAll("article img")]
    .filter(image => !image.matches(".still") || image.checkVisibility()) // shown without scripts
    .map(image => [image, image.closest("figure, .cell_output"), image.getBoundingClientRect()])
    .filter(([image, box, {left, right, width}]) => left < 0 || right > innerWidth
      || (box && box.scrollWidth > box.clientWidth + 1)
      || (box && drawn * width / (image.getAttribute("width") ?? width) < readable))
    .map(([image, box]) => `${box?.id || image.alt.slice(0, 60)} is ${image.width} px wide`)"""
# Colours fade slowly. The policy of the page allows no style within it, but this.
AT_ONCE = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { transition: none !important }");
  document.adoptedStyleSheets = [sheet]; }"""
UNNAMED = """() => [...document.querySelectorAll("button, a[href], input, summary, [role=button]")]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .filter(e => !(e.innerText.trim() || e.getAttribute("aria-label") || e.title || e.placeholder
                 || e.querySelector("img[alt]:not([alt=''])")))
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def open_page(tab, address, ready):
    """Open a page of the book in the test's own tab, and wait until all of it is there."""
    def go(name):
        response = tab.goto(f"{address}{name}")
        tab.evaluate(ready)
        return response
    return go


def set_theme(page, theme):
    page.evaluate(AT_ONCE)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)


def follow(page, link):
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator(link).click()


def test_page_works_without_any_other_host(shown):
    broken = shown.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
    assert broken == []
    assert shown.foreign == []
    assert shown.problems == []


def test_everything_that_can_be_pressed_has_a_name(shown):
    assert shown.evaluate(UNNAMED) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_text_stands_out_from_its_ground(shown, theme):
    set_theme(shown, theme)
    assert shown.evaluate(LOW_CONTRAST) == []


def test_fits_a_phone(shown):
    wide = shown.viewport_size
    shown.set_viewport_size(NARROW)
    try:
        assert shown.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert shown.evaluate(CUT_OR_SMALL, [SMALLEST_LETTERS, READABLE]) == []
    finally:
        shown.set_viewport_size(wide)


@pytest.mark.parametrize("screen", [{"width": 1280, "height": 800}, NARROW])
def test_first_screen_says_what_it_is_for_whom_and_where_to_begin(tab, open_page, page_order,
                                                                  screen):
    tab.set_viewport_size(screen)
    open_page(f"{page_order[0]}.html")
    for last in (tab.locator(".opening li").last,
                 tab.get_by_role("link", name="Start with convolution")):
        assert last.bounding_box()["y"] + last.bounding_box()["height"] <= screen["height"]
    said = tab.locator(".opening").inner_text()
    chapters = sum(name.startswith("notebooks/") for name in page_order)
    assert f"{chapters} chapters" in said
    for word in ("hours", "exercise", "Python", "network"):
        assert word in said


def test_every_chapter_has_a_card_with_its_picture(tab, open_page, page_order):
    open_page(f"{page_order[0]}.html")
    chapters = [name for name in page_order if name.startswith("notebooks/")]
    cards = tab.locator(".chapter-card")
    assert cards.count() == len(chapters)
    for card, name in zip(cards.all(), chapters, strict=True):
        assert card.locator("a").get_attribute("href") == f"../{name}.html"
        assert card.locator("img").evaluate("image => image.naturalWidth") > 100


@pytest.mark.parametrize("number", [0, 1, 2])
def test_opens_from_a_folder_without_a_server(tab, site, page_order, ready, number):
    tab.goto((site / f"{page_order[number]}.html").as_uri())
    tab.evaluate(ready)
    assert tab.locator("article .math:has(math)").count() == tab.locator("article .math").count()
    assert tab.problems == []


def test_next_leads_through_the_whole_book_and_previous_back(tab, address, page_order):
    tab.goto(f"{address}index.html")
    tab.wait_for_url(f"{address}{page_order[0]}.html")
    seen = [page_order[0]]
    while tab.locator(".right-next").count():
        follow(tab, ".right-next")
        seen.append(tab.url.removeprefix(address).removesuffix(".html"))
    assert seen == page_order
    follow(tab, ".left-prev")
    assert tab.url == f"{address}{page_order[-2]}.html"


def test_search_finds_a_term(tab, open_page):
    open_page("search.html?q=stride")
    results = tab.locator("#search-results ul.search li a")
    results.first.wait_for()
    tab.get_by_text("Search finished").wait_for()
    titles = results.all_inner_texts()
    assert "Glossary" in tab.locator("#search-results .found-in").all_inner_texts()
    assert any("stride" in title.lower() for title in titles)
    assert tab.problems == []


def test_search_opens_by_keyboard(tab, open_page, address, page_order):
    open_page(f"{page_order[0]}.html")
    tab.keyboard.press("Control+k")
    tab.locator("#pst-search-dialog input").wait_for()
    tab.keyboard.type("receptive field")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{address}search.html?q=receptive+field")
    tab.locator("#search-results ul.search li").first.wait_for()


def test_dark_mode_by_its_button_and_kept_on_the_next_page(tab, open_page, page_order):
    open_page(f"{page_order[2]}.html")
    button = tab.locator(".bd-header-article .theme-switch-button")
    for _ in range(3):
        if tab.evaluate("document.documentElement.dataset.mode") == "dark":
            break
        button.click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    follow(tab, ".right-next")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    ground = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert max(int(part) for part in re.findall(r"[0-9]+", ground)[:3]) < 60


def test_figures_can_be_read_in_dark_mode(tab, open_page, page_order):
    """What carries values keeps its colours on white; plots stand, turned, on the page's ground."""
    chapters = [name for name in page_order if name.startswith("notebooks/")]
    open_page(f"{chapters[3]}.html")
    set_theme(tab, "dark")
    grounds = """plot => [...new Set([...document.querySelectorAll("article .cell_output img")]
      .filter(image => image.classList.contains("plot") === plot && image.checkVisibility())
      .map(image => getComputedStyle(image)).map(look =>
        `${look.backgroundColor} ${look.filter.includes("invert(1)") ? "turned" : "as it is"}`))]"""
    assert tab.evaluate(grounds, False) == ["rgb(255, 255, 255) as it is"]
    assert tab.evaluate(grounds, True) == ["rgba(0, 0, 0, 0) turned"]


@pytest.mark.parametrize("wrong", ["nothing.html", "notebooks/no/such/page.html", "nowhere/"])
def test_wrong_address_leads_back(tab, open_page, address, wrong):
    response = open_page(wrong)
    assert response.status == 404
    assert tab.get_by_role("heading", level=1).inner_text() == "This page does not exist"
    # The address itself is missing, and so is the inventory above the site's folder.
    assert [problem for problem in tab.problems if "404" not in problem] == []
    icon = tab.locator(".navbar-brand img").first
    assert icon.evaluate("image => image.naturalWidth") > 0
    follow(tab, "article a:has-text('the glossary')")
    assert tab.url == f"{address}book/glossary.html"
    assert tab.foreign == []


def test_keyboard_reaches_the_text_first(tab, open_page, page_order):
    open_page(f"{page_order[2]}.html")
    tab.keyboard.press("Tab")
    link = tab.evaluate("document.activeElement.innerText")
    assert link == "Skip to main content"
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#main-content")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('main') !== null")
