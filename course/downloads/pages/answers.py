"""Put what answers at the end of the book: hints in one part, answers and solutions in another.

Where they stood a line leads there, and from there a line leads back.
"""

from __future__ import annotations

import re
from html import escape

from bs4 import Tag

from course.downloads.pages.cleaned import fragment
from course.downloads.pages.read import Page, title_of

HINTS, SOLUTIONS = "Hints", "Answers and solutions"
LETTER = re.compile(r"^\s*[A-Z]\.\s+")
EXERCISE = re.compile(r"--exercise-")


def with_answers_at_the_end(pages: list[Page]) -> list[Page]:
    """Take the answers out of the pages; the pages, and behind them those with the answers."""
    hints, solutions = [], []
    for page in pages:
        hinted, solved = [], quick_answers(page)
        for exercise in page.body.find_all("section", id=EXERCISE):
            take(exercise, hinted, solved)
        if hinted:
            hints.append(appendix(page, HINTS, hinted))
        if solved:
            solutions.append(appendix(page, SOLUTIONS, solved))
    return [*pages, *hints, *solutions]


def without_answers(pages: list[Page]) -> list[Page]:
    """Take the answers out of the pages and leave them out."""
    with_answers_at_the_end(pages)
    for page in pages:
        for line in page.body.select("p.at-the-end"):
            line.decompose()
    return pages


def appendix(page: Page, part: str, sections: list[Tag]) -> Page:
    """Return the page that holds what a chapter asks its reader to look up."""
    name = f"{page.name}-{'hints' if part == HINTS else 'solutions'}"
    title = f"{page.number}. {page.title}" if page.number else page.title
    body = fragment(f"<section><h1>{escape(title)}</h1></section>")
    body.extend(sections)
    made = Page(name, part, body, title=title)
    body["id"] = made.key
    return made


def section(key: str, title: str, back: str, content: list[Tag]) -> Tag:
    """Return a section of an appendix, which leads back to what it answers."""
    made = fragment(f'<section id="{key}"><h2><a href="#{back}">{escape(title)}</a></h2></section>')
    made.extend(content)
    return made


def line(*places: tuple[str, str]) -> Tag:
    """Return the line that leads to the end; on paper each place has the number of its page."""
    links = " · ".join(f'<a href="#{key}" class="to-page">{words}</a>' for words, key in places)
    return fragment(f'<p class="at-the-end">{links}</p>')


def quick_answers(page: Page) -> list[Tag]:
    """Make each quick question a list of choices; what is said to each of them, in sections."""
    found = []
    for number, choices in enumerate(page.body.select("div.choices"), start=1):
        key = f"{page.key}--question-{number}"
        title = f"Quick question {page.number}.{number}" if page.number else "Quick question"
        question = choices.find_previous_sibling("p")
        if question is not None:
            question["id"] = question.get("id") or key
            if question.strong is not None:
                question.strong.string = f"{title}."
        offered, said = fragment('<ol class="choices" type="A"></ol>'), []
        told = fragment('<ol class="choices" type="A"></ol>')
        for choice in choices.find_all("details"):
            summary = choice.find("summary").extract()
            words = LETTER.sub("", summary.get_text())
            offered.append(fragment(f"<li>{escape(words)}</li>"))
            one = fragment(f"<li><p><strong>{escape(words)}</strong></p></li>")
            one.extend([node.extract() for node in choice.find_all(True, recursive=False)])
            told.append(one)
        said.append(told)
        found.append(section(f"{key}-answer", title, (question or page.body)["id"], said))
        choices.insert_after(line(("Answer", f"{key}-answer")))
        choices.replace_with(offered)
    return found


def take(exercise: Tag, hinted: list[Tag], solved: list[Tag]) -> None:
    """Move the hints and the solution of an exercise into sections of their own."""
    title, places = title_of(exercise.find(["h2", "h3", "h4"])), []
    for kind, into, words in (("hint", hinted, "Hints"), ("solution", solved, "Solution")):
        boxes = exercise.select(f"details.{kind}")
        key = f"{exercise['id']}-{kind}"
        if not boxes:
            continue
        places.append((words, key))
        for box in boxes:
            summary = box.find("summary")
            heading = fragment(f'<p class="aside-title">{escape(summary.get_text())}</p>')
            summary.replace_with(heading) if len(boxes) > 1 else summary.decompose()
            box.name = "div"
            box.attrs = {"class": [kind]}
        into.append(section(key, title, exercise["id"], [box.extract() for box in boxes]))
    if places:
        exercise.append(line(*places))
