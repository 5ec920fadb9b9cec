"""Where was I: what readers mark as done stays in their browser, and can be forgotten."""

import pytest

CHAPTER = "notebooks/03_pooling.html"
INTRO = "book/intro.html"


@pytest.fixture
def chapter(tab, address):
    tab.goto(address + CHAPTER)
    return tab


def test_what_is_done_is_remembered_shown_and_forgotten(chapter, address):
    buttons = chapter.locator("button.done")
    assert buttons.count() > 8
    assert chapter.locator("button.done[data-done^='exercise-']").count() >= 4
    name = buttons.first.get_attribute("data-done")
    buttons.first.click()
    assert buttons.first.get_attribute("aria-pressed") == "true"
    chapter.goto(address + INTRO)
    card = chapter.locator(".chapter-card a[href*='03_pooling']")
    of = chapter.evaluate("JSON.parse(localStorage['course-progress']).chapters['03_pooling'].of")
    assert card.get_attribute("data-progress") == f"1 of {of} done"
    chapter.goto(address + CHAPTER)
    assert chapter.locator("button.done").first.get_attribute("aria-pressed") == "true"
    assert chapter.locator(f".page-toc a[href='#{name}']").first.get_attribute(
        "data-progress") == "done"
    chapter.locator("button.done").first.click()
    assert chapter.locator("button.done[aria-pressed=true]").count() == 0
    chapter.goto(address + INTRO)
    chapter.locator(".resume button").click()
    assert chapter.evaluate("localStorage.getItem('course-progress')") is None
    assert chapter.locator(".resume").inner_text() == ""
    assert chapter.problems == []


def test_the_last_place_is_a_link_on_the_first_page(chapter, address):
    chapter.evaluate("document.getElementById('fine-stripes').scrollIntoView()")
    chapter.goto(address + INTRO)
    link = chapter.locator(".resume a")
    assert link.inner_text().endswith("Fine stripes")
    link.click()
    chapter.wait_for_url("**/03_pooling.html#fine-stripes")


@pytest.mark.parametrize("left", ["{", "null", "[]", '{"chapters": {"03_pooling": 7}}',
                                  '{"chapters": {"03_pooling": {"done": "all"}}}',
                                  '{"chapters": {}, "last": {"to": "elsewhere/", "title": 1}}'])
def test_what_another_program_has_left_there_does_no_harm(chapter, address, left):
    chapter.evaluate("text => localStorage.setItem('course-progress', text)", left)
    for page in (CHAPTER, INTRO):
        chapter.goto(address + page)
    assert chapter.locator(".resume a").count() <= 1
    chapter.goto(address + CHAPTER)
    chapter.locator("button.done").first.click()
    assert chapter.locator("button.done").first.get_attribute("aria-pressed") == "true"
    assert chapter.problems == []


def test_a_browser_that_remembers_nothing_shows_no_error(tab, address):
    tab.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
    tab.goto(address + CHAPTER)
    of_the_theme = len(tab.problems)  # which says so, and goes on
    tab.locator("button.done").first.click()
    assert len(tab.problems) == of_the_theme
    tab.goto(address + INTRO)
    assert tab.locator(".resume").inner_text() == ""
    assert tab.locator(".chapter-card").count() > 8
