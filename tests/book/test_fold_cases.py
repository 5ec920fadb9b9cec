"""Predictions on a page of its own, in each form that a writer can give them."""

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.book.small_books import write_book
from tests.book.test_folds import FOCUS, HIDDEN, OPEN, VISIBLE

LOW_CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


def picture():
    stream = io.BytesIO()
    Image.new("L", (40, 40)).save(stream, "PNG")
    return {"image/png": base64.b64encode(stream.getvalue()).decode()}


FIGURE = {"mystnb": {"figure": {"caption": "A square.", "name": "fig-square"},
                     "image": {"alt": "A square that is black from edge to edge."}}}
CELLS = [
    ("markdown", "# A chapter\n\nIt leads to <span data-figure=\"fig-square\">the square</span> "
     "and [(1.1)](#eq-half).\n\n## Several cells\n\n**Predict.** What is 1 + 1, 2 + 2?\n\n"
     "```python\nprint(1 + 1)\n```"),
    ("code", "1 + 1", {"text/plain": "told one"}),
    ("markdown", "- told two\n\n**Note** told three:<a id=\"eq-half\"></a>\n\n"
     "$$\nx = 1 \\tag{1.1}\n$$"),
    ("code", "2 + 2", picture(), FIGURE),
    ("markdown", "told four\n\n### A heading below\n\nopen one\n\n**Predict.** How many?\n\n"
     "- two, *or* so\n- ten"),
    ("code", "3 + 3", {"text/plain": "told five"}),
    ("markdown", "told six\n<!-- the answer ends here -->\nopen two"),
    ("code", "4 + 4", {"text/plain": "open three"}),
    ("markdown", "**Predict.** First?"),
    ("markdown", "told seven\n\n**Predict.** Second? Not offered:\n\n- told eight\n\ntold nine"),
    ("code", "5 + 5", {"text/plain": "told ten"}),
    ("markdown", "**Quick question.** open four", {}, {"course": {"question": "1.1"}}),
    ("markdown", "## The last section\n\n**Predict.** At the end?"),
    ("code", "6 + 6", {"text/plain": "told eleven"}),
]
# From the first frame on: how often what is folded was shown, and what did not stay in its place.
WATCH = """
  window.flashes = 0;
  window.moved = [];
  window.places = new Map();
  const look = () => {
    for (const one of document.querySelectorAll(".what-happens"))
      window.flashes += one.getBoundingClientRect().height > 0;
    for (const one of document.querySelectorAll("article :is(h2, h3, p, li, .prediction)")) {
      if (one.closest(".what-happens")) continue;
      const top = one.getBoundingClientRect().top + scrollY;
      if (Math.abs((places.get(one) ?? top) - top) > 0.5) moved.push(one.outerHTML.slice(0, 80));
      places.set(one, top);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);"""


@pytest.fixture(scope="module")
def chapter(tmp_path_factory, build):
    folder = write_book(tmp_path_factory.mktemp("folds"), CELLS)
    done = build(folder, folder)
    assert done.returncode == 0, done.stderr
    return (folder / "_build/html/notebooks/chapter.html").as_uri()


@pytest.fixture
def page(browser, chapter):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.add_init_script(WATCH)
    page.goto(chapter)
    yield page
    context.close()
    assert problems == []


def marked(text):
    return re.findall(r"(?:told|open) \w+", text)


def test_a_fold_ends_at_a_heading_a_prediction_a_question_and_its_comment(page):
    folds = page.locator(".what-happens").all_text_contents()
    assert [marked(text) for text in folds] == [
        ["told one", "told two", "told three", "told four"], ["told five", "told six"],
        ["told seven"], ["told eight", "told nine", "told ten"], ["told eleven"]]
    assert page.evaluate(VISIBLE) == []
    assert marked(page.locator("article").inner_text()) == [
        "open one", "open two", "open three", "open four"]
    assert page.locator(".prediction").first.locator("pre").inner_text().strip() == "print(1 + 1)"
    assert page.locator(".prediction .offered").count() == 1
    assert not re.search("<!-- (the|a) ", page.content().partition("<article")[2])


def test_nothing_flashes_and_nothing_moves(page):
    page.wait_for_function("places.size && document.readyState === 'complete'")
    assert page.evaluate("[flashes, moved]") == [0, []]


def test_an_answer_on_offer_is_chosen_and_stays_marked(page):
    group = page.get_by_role("group", name="Choose what you expect")
    assert group.get_by_role("button", pressed=False).all_inner_texts() == ["two, or so", "ten"]
    group.get_by_role("button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText") == "ten"
    assert group.get_by_role("button", pressed=True).all_inner_texts() == ["ten"]
    assert page.evaluate(OPEN) == ["what-happens-2"]
    assert page.locator("#prediction-2").get_by_role("status").inner_text() != ""
    group.get_by_role("button").first.click()
    assert group.get_by_role("button", pressed=True).all_inner_texts() == ["two, or so"]


def test_it_is_read_on_from_the_button_and_folded_again(page):
    show = page.locator("#prediction-5").get_by_role("button", name="Show what happens")
    show.focus()
    page.keyboard.press("Enter")
    fold = page.locator("#prediction-5").get_by_role("button", name="Fold it again", expanded=True)
    assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == "what-happens-5"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "what-happens-5"
    fold.click()
    assert page.evaluate(VISIBLE) == []
    assert show.get_attribute("aria-expanded") == "false"

    page.locator("#prediction-1 [aria-controls]").click()
    for place in ("#prediction-1", "#what-happens-1"):
        page.locator(f"{place} button.copybtn").first.click()
        page.locator(f"{place} button.copybtn.success").wait_for()
    assert page.evaluate(OPEN) == ["what-happens-1"]


@pytest.mark.parametrize("end", ["#fig-square", "#equation-eq-half", "#:~:text=told%20four"])
def test_an_address_of_a_folded_place_opens_it(page, chapter, end):
    page.goto("about:blank")
    page.goto(chapter + end)
    page.wait_for_function(f"{OPEN}.length")
    assert page.evaluate(OPEN) == ["what-happens-1"]
    assert page.locator("#prediction-1 [aria-expanded=true]").count() == 1
    page.wait_for_function("""id => Math.abs((document.getElementById(id)
      ?? document.querySelector("#what-happens-1")).getBoundingClientRect().top) < innerHeight""",
                           arg=end[1:])


@pytest.mark.parametrize("name", ["#fig-square", "#equation-eq-half"])
def test_a_reference_opens_what_it_leads_to(page, name):
    link = page.locator(f"article a[href='{name}']").first
    link.click(modifiers=["Control"])  # in a tab of its own: here nothing is told
    assert page.evaluate(OPEN) == []
    for _ in range(2):  # the second time the address is the same as before
        link.click()
        assert page.evaluate(OPEN) == ["what-happens-1"]
        page.locator("#prediction-1 [aria-controls]").click()


def test_words_that_were_searched_for_are_opened(page, chapter):
    page.goto(chapter + "?highlight=eleven")
    page.locator("#what-happens-5 .highlighted").wait_for()
    page.wait_for_function(f"{OPEN}.join() === 'what-happens-5'")


def test_all_answers_open_once_and_for_the_next_visit(page, chapter):
    page.get_by_role("button", name="Open all answers").click()
    assert page.evaluate(HIDDEN) == []
    page.goto(chapter)
    assert page.evaluate(HIDDEN) == []
    assert page.get_by_role("button", name="Fold it again").count() == 5
    page.get_by_role("button", name="Fold them").click()
    page.goto(chapter)
    assert page.evaluate(VISIBLE) == []


def test_a_browser_that_refuses_to_remember_folds_all_the_same(browser, chapter):
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw 'no'; }})")
    page.goto(chapter)
    assert page.evaluate(VISIBLE) == []
    page.get_by_role("button", name="Open all answers").click()
    assert page.evaluate(HIDDEN) == []
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_buttons_stand_out_and_show_their_focus(page, theme):
    page.evaluate("""theme => { document.documentElement.dataset.theme = theme;
      for (const one of document.querySelectorAll("*")) one.style.transition = "none"; }""", theme)
    page.locator(".offered button").first.click()
    assert page.evaluate(LOW_CONTRAST) == []
    for button in page.locator(".fold-control button, .offered button").all():
        assert button.bounding_box()["height"] >= 24
        button.focus()
        page.keyboard.press("Shift")
        assert button.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
