"""A page on paper: what happens is open, answers are not, and a link says where it leads."""

import pytest

SHOWN = """(names) => [...document.querySelectorAll(names)].filter(
  (one) => one.checkVisibility()).length"""


@pytest.fixture
def paper(tab, address):
    tab.goto(f"{address}notebooks/02_padding_and_stride.html")
    tab.emulate_media(media="print")
    return tab


def test_answers_stay_closed_unless_they_were_opened(paper):
    assert paper.evaluate(SHOWN, "article details.solution, article details.hint") == 0
    assert paper.evaluate(SHOWN, "article details.choice > p") == 0
    paper.evaluate("document.querySelector('article details.solution').open = true")
    assert paper.evaluate(SHOWN, "article details.solution") == 1


def test_what_follows_a_prediction_is_open_and_no_control_is_printed(paper):
    folds = paper.locator("article .what-happens").count()
    assert folds > 5
    assert paper.evaluate(SHOWN, "article .what-happens") == folds
    assert paper.evaluate(SHOWN, ".fold-control, .copybtn, .headerlink, .downloads") == 0
    assert paper.evaluate(SHOWN, "button:not(.offered button)") == 0


def test_addresses_are_printed(paper, address):
    paper.goto(f"{address}book/bibliography.html")
    told = paper.evaluate("""() => [...document.querySelectorAll("article a[href^='http']")].map(
      (one) => [one.href, getComputedStyle(one, "::after").content])""")
    assert len(told) > 20
    assert all(href.removesuffix("/") in content for href, content in told)


def test_code_stays_within_its_page(paper):
    paper.set_viewport_size({"width": 658, "height": 900})  # 174 mm: A4 without its margins
    assert paper.evaluate("""() => [...document.querySelectorAll("article pre")].filter((one) =>
      one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.slice(0, 80))""") == []
