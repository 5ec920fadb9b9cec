"""A chapter in a real JupyterLab: numbers in the text, plumbing folded, nothing raw in view."""

import re

import pytest

from course.notebooks import ROOT, read
from course.plumbing import SET_UP_TAG, TITLES, tags
from helpers.data.numbers import SPAN
from tests.book.laboratory.opened import open_laboratory

CHAPTER = ROOT / "notebooks" / "06_better_and_faster.ipynb"
SEEN = """() => [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map(cell => ({
  code: cell.classList.contains("jp-CodeCell"),
  text: cell.classList.contains("jp-MarkdownCell") ? cell.innerText : "",
  source: !!cell.querySelector(".jp-InputArea-editor")?.checkVisibility({visibilityProperty: true}),
  folded: cell.querySelector(".jp-InputArea .jp-Placeholder, .jp-InputPlaceholder")?.innerText,
  open: cell.querySelectorAll("details[open]").length,
  boxes: cell.querySelectorAll("details").length,
  outputs: [...cell.querySelectorAll(".jp-OutputArea-output")]
    .map(one => one.innerText).join("")}))"""
END = "<!-- the answer ends here -->"
DRAWN = """count => [...document.querySelectorAll(".jp-MarkdownCell.jp-mod-rendered")]
  .filter(cell => cell.innerText.trim()).length >= count"""


def chapter():
    """The chapter; its first prediction's answer ends by a comment, as one of the book may."""
    notebook = read(CHAPTER)
    asked = next(number for number, cell in enumerate(notebook.cells)
                 if cell.cell_type == "markdown" and "**Predict.**" in cell.source)
    told = next(cell for cell in notebook.cells[asked + 1:] if cell.cell_type == "markdown")
    told.source = f"What happened.\n\n{END}\n\n{told.source}"
    return notebook


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    """The address of a JupyterLab on a folder with one chapter, for as long as a test takes."""
    with open_laboratory(tmp_path_factory.mktemp("laboratory"), CHAPTER.name, chapter()) as address:
        yield address


@pytest.fixture(scope="module")
def seen(laboratory, browser):
    """What a reader sees of each cell, as soon as all texts are drawn."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(laboratory)
    texts = sum(cell.cell_type == "markdown" for cell in chapter().cells)
    page.wait_for_function(DRAWN, arg=texts, timeout=180_000)
    cells = page.evaluate(SEEN)
    context.close()
    return list(zip(chapter().cells, cells, strict=True))


def test_numbers_are_read_and_no_name_and_nothing_raw(seen):
    whole = "\n".join(shown["text"] for _, shown in seen)
    for raw in ("data-number", "data-figure", "{cite", "{glue", "{eq}", "{numref}", ":class:",
                "(eq-", "\\tag", "<span", "<details", "</", "<!--", "the answer ends"):
        assert raw not in whole
    assert any(END in cell.source and "What happened." in shown["text"] for cell, shown in seen)
    numbers = 0
    for cell, shown in seen:
        spans = list(SPAN.finditer(cell.source)) if cell.cell_type == "markdown" else []
        for span in spans:
            before = re.split(r"[^\w ]", cell.source[:span.start()])[-1].split()[-3:]
            after = " ".join([*before, span["text"]])
            assert after in re.sub(r"\s+", " ", shown["text"]), after
            assert span["name"] not in shown["text"]
            numbers += 1
    assert numbers > 50


def test_plumbing_is_folded_and_shows_nothing(seen):
    hidden = 0
    for cell, shown in seen:
        if cell.cell_type == "code":
            folded = set(TITLES) & set(tags(cell))
            assert shown["source"] != bool(folded), cell.source[:80]
            if "remove-cell" in tags(cell):
                hidden += 1
                assert shown["outputs"].strip() == ""
                title = "Set-up" if SET_UP_TAG in tags(cell) else "Behind the text"
                assert title in shown["folded"]
    assert hidden > 10


def test_hints_solutions_and_choices_are_closed(seen):
    boxes = sum(shown["boxes"] for _, shown in seen)
    assert boxes == sum(cell.source.count("<details") for cell, _ in seen
                        if cell.cell_type == "markdown") > 20
    assert not any(shown["open"] for _, shown in seen)
