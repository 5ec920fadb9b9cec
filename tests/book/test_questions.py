"""The quick questions and the folded solutions on the pages: by mouse, keyboard, screen reader."""

import pytest
from bs4 import BeautifulSoup

from helpers.exercises import chapters

CHAPTERS = chapters()
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.notebook)


@pytest.fixture
def chapter_page(tab, address, chapter):
    tab.goto(f"{address}notebooks/{chapter.notebook}.html")
    return tab


def letters(text):
    """What a text says, whatever the page makes of its quotation marks and its code."""
    return "".join(character for character in text if character.isalnum())


@every_chapter
def test_every_question_is_on_the_page_with_all_its_choices(site, chapter):
    html = (site / "notebooks" / f"{chapter.notebook}.html").read_text(encoding="utf-8")
    groups = BeautifulSoup(html, "html.parser").select("div.choices[role=group][aria-label]")
    assert len(groups) == len(chapter.questions)
    for group, question in zip(groups, chapter.questions, strict=True):
        choices = group.select("details.choice:not([open])")
        labels = [letters(one.summary.get_text())[1:] for one in choices]
        assert labels == [letters(label) for label in question.choices]
        for one, text in zip(choices, question.choices.values(), strict=True):
            said = "".join(paragraph.get_text() for paragraph in one.select("p"))
            assert letters(said).endswith(letters(text))
        assert len(group.select("details.right")) == 1


@every_chapter
def test_choices_open_by_mouse_without_network_or_script(browser, site, chapter):
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "notebooks" / f"{chapter.notebook}.html").as_uri())
    for number, question in enumerate(chapter.questions):
        group = page.locator("div.choices").nth(number)
        for place, label in enumerate(question.choices):
            choice = group.locator("details").nth(place)
            said = choice.locator("p").first
            assert not said.is_visible()
            choice.locator("summary").click()
            said.wait_for(state="visible")
            word = "Right." if label == question.right else "No."
            assert said.inner_text().startswith(word)
    context.close()


@every_chapter
def test_choices_are_reached_and_opened_by_keyboard(chapter_page):
    group = chapter_page.locator("div.choices").first
    summaries = group.locator("summary")
    summaries.first.focus()
    for place in range(summaries.count()):
        focused = chapter_page.evaluate("document.activeElement.innerText")
        assert focused == summaries.nth(place).inner_text()
        assert chapter_page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle") != "none"
        chapter_page.keyboard.press("Enter" if place % 2 else "Space")
        assert group.locator("details").nth(place).get_attribute("open") is not None
        chapter_page.keyboard.press("Tab")
    assert chapter_page.evaluate("!document.activeElement.closest('div.choices')")


@every_chapter
def test_a_screen_reader_is_told_what_a_choice_is_and_whether_it_is_open(chapter_page):
    """The tree that the browser hands to screen readers, by name, role and state."""
    session = chapter_page.context.new_cdp_session(chapter_page)
    summary = chapter_page.locator("div.choices summary").first

    def state():
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        node = next(node for node in nodes if node["role"]["value"] == "DisclosureTriangle"
                    and node["name"]["value"].endswith(name))
        found = {one["name"]: one["value"]["value"] for one in node["properties"]}
        return found["focusable"], found["expanded"]

    name = summary.inner_text()
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    groups = [node for node in nodes if node["role"]["value"] == "group"
              and node.get("name", {}).get("value") == "Answers to choose from"]
    assert len(groups) == chapter_page.locator("div.choices").count()
    assert state() == (True, False)
    summary.press("Enter")
    assert state() == (True, True)


@every_chapter
def test_solutions_and_hints_are_folded_until_they_are_opened(chapter_page, chapter):
    folded = chapter_page.locator("section#exercises :is(details.hint, details.solution)")
    assert folded.count() == sum(len(one.hints) + 1 for one in chapter.exercises)
    assert chapter_page.locator("section#exercises details.solution").count() == len(
        chapter.exercises)
    for box in folded.all():
        assert box.get_attribute("open") is None
        assert not box.locator(":scope > :not(summary)").first.is_visible()
    solution = folded.last
    solution.locator("summary").click()
    solution.locator("div.highlight").first.wait_for(state="visible")


def test_answers_open_by_keyboard(tab, address):
    tab.goto(f"{address}notebooks/{CHAPTERS[0].notebook}.html")
    answer = tab.locator("details.hint").first
    assert answer.get_attribute("open") is None
    answer.locator("summary").focus()
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    tab.keyboard.press("Enter")
    assert answer.get_attribute("open") is not None
    answer.locator("p").first.wait_for(state="visible")
