"""The reader guesses first: nothing is shown before, the guess is judged, and a link keeps it."""

import json

import pytest

from helpers import ROOT
from helpers.explorables.joining import joined
from helpers.explorables.still import element as html
from tests.book.explorables.shown import settings

QUESTION = "How many rows come out?"
ASK = """async ([name, settings, ask]) => {
  await import(`./${name}.js`);
  const element = document.createElement(name);
  element.setAttribute("settings", JSON.stringify(settings));
  element.setAttribute("ask", JSON.stringify(ask));
  element.id = "mine";
  document.body.replaceChildren(element);
}"""
TOLD = """one => [...one.shadowRoot.querySelectorAll("[role=grid], .sum, .formula, .said, .dots")]
  .filter(part => part.checkVisibility() && part.textContent.trim())
  .map(part => part.className + part.textContent)"""


@pytest.fixture
def ask(page, modules):
    """Show one element that asks, and return it."""
    page.goto(modules)

    def go(name, settings, **asked):
        page.evaluate(ASK, [name, settings, asked])
        return page.locator(name)
    yield go
    assert page.problems == []


def test_a_number_is_guessed_by_keys_alone_and_judged(ask, page):
    element = ask("course-sizes", {"input": [7, 6], "strides": [2, 2], "padding": "same"},
                  question=QUESTION, about="size.0")
    assert element.evaluate(TOLD) == []
    element.get_by_label(QUESTION).focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    said = element.get_by_role("group", name="your guess").get_by_role("status")
    assert said.inner_text() == "You said 3. It is 4."
    assert element.evaluate(TOLD)
    assert settings(element)["guess"] == 3
    element.get_by_label(QUESTION).fill("4")
    page.keyboard.press("Enter")
    assert said.inner_text() == "You said 4, and so it is."
    element.get_by_role("button", name="Reset").click()
    assert element.evaluate(TOLD) == []
    assert said.inner_text() == ""


def test_answers_on_offer_and_a_link_that_keeps_the_guess(ask, page, modules):
    asked = {"question": "What is the largest?", "choices": [5, 9, 13], "about": "output.0.0"}
    element = ask("course-pooling", {"image": [[1, 9], [3, 2]]}, **asked)
    element.get_by_role("button", name="13").click()
    assert "You said 13. It is 9." in element.get_by_role("status").all_inner_texts()
    page.wait_for_function("location.search.includes('guess')")
    assert page.url.endswith("#mine")
    page.reload()
    page.evaluate(ASK, ["course-pooling", {"image": [[1, 9], [3, 2]]}, asked])
    assert element.get_by_role("button", name="13").get_attribute("aria-pressed") == "true"
    assert element.evaluate(TOLD)


def test_a_guess_that_was_made_in_the_chapter_is_taken_over(ask):
    element = ask("course-convolution", {}, question="What comes out?")
    element.evaluate("one => one.change({guess: 'an edge'})")  # as course.js does
    assert "You said an edge." in element.get_by_role("status").all_inner_texts()
    assert element.evaluate(TOLD)


@pytest.mark.parametrize("name", ["course-convolution", "course-pooling", "course-descent",
                                  "course-receptive-field", "course-sizes"])
def test_no_element_tells_before_it_is_asked(ask, name):
    element = ask(name, {}, question="What will be there?")
    shown = " ".join(element.evaluate(TOLD))
    for word in ("sum", "said", "dots", "formula"):
        assert word not in shown
    assert element.get_by_role("grid", name="Output").count() == 0
    assert json.dumps(element.evaluate("one => one.settings")).count("guess") == 0


PREDICTION = """<!doctype html><meta charset='utf-8'><title>A prediction</title>
<script>{course}</script>
<div class="prediction"><div class="offered"><ul><li>3</li><li>4</li></ul></div>
<p class="fold-control"><button type="button" aria-expanded="false" aria-controls="happens">Show
</button><span role="status"></span></p></div>
<div class="what-happens" id="happens">{element}</div><script>{script}</script>"""


def test_the_answer_that_was_chosen_in_the_chapter_is_the_guess(browser, tmp_path):
    element = html("sizes", {"input": [7, 7], "strides": [2, 2]}, inside="",
                   ask={"question": QUESTION, "about": "size.0"})
    course = (ROOT / "book" / "_static" / "course.js").read_text(encoding="utf-8")
    (tmp_path / "page.html").write_text(PREDICTION.format(
        course=course, element=element, script=joined(["course-sizes"])), encoding="utf-8")
    tab = browser.new_page()
    tab.goto((tmp_path / "page.html").as_uri())
    tab.get_by_role("button", name="4", exact=True).click()
    shown = tab.locator("course-sizes")
    assert "You said 4. It is 3." in shown.get_by_role("status").all_inner_texts()
    assert shown.get_by_role("grid", name="Output").is_visible()
    tab.close()
