"""The printed book: every page, numbered contents, bookmarks, tags, and nothing that runs over."""

import re
from collections import Counter

import pytest

from course.downloads.paper.browser import NoBrowser, find_browser
from helpers.exercises import chapters

SPACE = re.compile(r"\s+")


def bare(text):
    """A text without the spaces that a PDF does not keep, and with its hyphens at a line's end."""
    return SPACE.sub("", text).replace("\ufffe", "-")


@pytest.fixture(scope="module")
def texts(pdf_file):
    """The text of each page, by a reader of PDF files that is quick."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf_file) as document:
        return [bare(page.get_textpage().get_text_range()) for page in document]


@pytest.fixture(scope="module")
def marks(pdf):
    """The bookmarks: depth, title, and the page, counted from 0."""
    found = []

    def gather(items, depth):
        for item in items:
            if isinstance(item, list):
                gather(item, depth + 1)
            else:
                found.append((depth, item.title, pdf.get_destination_page_number(item)))

    gather(pdf.outline, 0)
    return found


@pytest.fixture(scope="module")
def structure(pdf):
    """The parts of the structure: each kind, with the text in its place."""
    found, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            found.append((part.get("/S"), part.get("/Alt")))
            if "/K" in part:
                waiting.append(part["/K"])
    return found


def test_bookmarks_lead_to_each_part_chapter_section_and_exercise(book, marks, texts):
    listed = [entry.text for top in book.entries for entry in top.all()]
    assert [title for _, title, _ in marks] == listed
    assert {depth for depth, _, _ in marks} >= {0, 1, 2, 3}
    entries = [entry for top in book.entries for entry in top.all()]
    for entry, (_, title, page) in zip(entries, marks, strict=True):
        assert bare(entry.title) in texts[page], (title, page + 1)
    pages = [page for _, _, page in marks]
    assert pages == sorted(pages)


def test_the_contents_give_the_page_of_each_chapter_and_section(book, marks, texts):
    first = marks[0][2]
    table = "".join(texts[1:first])
    where = {entry.key: page for entry, (_, _, page) in zip(
        [entry for top in book.entries for entry in top.all()], marks, strict=True)}
    for top in book.entries:
        for chapter in (top.below if top.kind == "part" else [top]):
            for entry in [chapter, *(one for one in chapter.below if one.kind == "section")]:
                line = bare(entry.text) + str(where[entry.key] + 1)
                assert line in table, (entry.text, where[entry.key] + 1)


def test_each_sheet_has_its_number(texts):
    assert all(str(number) in text for number, text in enumerate(texts[1:], start=2))


def test_it_is_tagged_and_every_figure_and_formula_has_its_text(pdf, book, structure):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert pdf.metadata.title == book.about["title"]
    kinds = Counter(kind for kind, _ in structure)
    assert kinds["/H1"] >= len(book.pages)
    assert kinds["/Figure"] >= sum(len(page.body.find_all("img")) for page in book.pages)
    assert kinds["/Formula"] == sum(len(page.body.find_all("math")) for page in book.pages)
    assert not [alt for kind, alt in structure if kind in ("/Figure", "/Formula") and not alt]


def test_its_letters_are_in_it(pdf, texts):
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            told = font.get_object()
            inner = told["/DescendantFonts"][0].get_object() if "/DescendantFonts" in told else told
            if told["/Subtype"] != "/Type3":  # whose letters are drawings of the file
                assert set(inner["/FontDescriptor"]) & {"/FontFile2", "/FontFile3"}, told
    whole = "".join(texts)
    assert "합성곱" in whole
    assert not set(whole) & {"\x00", "\ufffd"}, "a letter that no font has"


def test_solutions_stand_at_the_end(marks, texts):
    end = next(page for depth, title, page in marks if title == "Answers and solutions")
    before, behind = "".join(texts[:end]), "".join(texts[end:])
    for chapter in chapters():
        for exercise in chapter.exercises:
            lines = [bare(line) for line in exercise.code.splitlines() if len(bare(line)) > 25]
            assert all(line in behind for line in lines if "#" not in line), exercise.id
            own = [line for line in lines if line not in bare(exercise.start)]
            assert not own or not all(line in before for line in own), exercise.id
    assert "Hintsandsolutionarefolded" not in before
    assert before.count("Answer,page") == sum(len(chapter.questions) for chapter in chapters())


def test_the_address_of_a_link_is_printed(book, texts):
    whole = "".join(texts)
    links = {link["href"] for page in book.pages for link in page.body.select("a.external")}
    assert len(links) > 20
    assert all(bare(address) in whole for address in links)


def test_a_browser_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_BROWSER", "no-such-browser")
    with pytest.raises(NoBrowser, match="COURSE_BROWSER names 'no-such-browser'"):
        find_browser()
    monkeypatch.delenv("COURSE_BROWSER")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("course.downloads.paper.browser.FOLDERS", (str(tmp_path),))
    with pytest.raises(NoBrowser) as told:
        find_browser()
    for word in ("chromium", "google-chrome", "COURSE_BROWSER", str(tmp_path)):
        assert word in str(told.value)
    inside = tmp_path / "Google Chrome.app/Contents/MacOS/Google Chrome"
    inside.parent.mkdir(parents=True)
    inside.write_text("#!/bin/sh\n")
    inside.chmod(0o755)
    assert find_browser() == str(inside)
