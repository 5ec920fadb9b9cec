"""The site as a whole: what is in it, how it is entered, and that a fault ends the build."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup

from course.address.places import with_repository
from course.translation.catalogue import languages
from helpers import reference
from tests.book.small_books import CELLS, write_book, write_chapter

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def test_book_builds_without_a_warning(built):
    done, folder = built
    if done.returncode:
        pytest.fail(f"`make book` would say:\n{done.stderr[-3000:]}", pytrace=False)
    assert (folder / "index.html").is_file()


def test_holds_the_pages_of_the_book_and_no_other(site, page_order):
    pages = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")
             if "_static" not in path.parts}
    own = {*page_order, "index", "404", "search"}
    assert pages == own | {f"{language}/{page}" for language in languages() for page in own}


def test_root_leads_to_the_first_page(site, page_order):
    index = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert index.find("a")["href"] == f"{page_order[0]}.html"
    assert index.find("meta", attrs={"http-equiv": "refresh"})["content"] == (
        f"0; url={page_order[0]}.html")


def test_styles_ask_no_other_host(site):
    for sheet in (site / "_static").rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"(?:url\(\s*['\"]?|@import\s+['\"])(?:https?:)?//", text), sheet.name


def test_every_term_has_its_korean_name(site):
    page = BeautifulSoup((site / "book/glossary.html").read_text(encoding="utf-8"), "html.parser")
    definitions = page.select("dl.glossary > dd")
    assert len(definitions) >= 60
    for definition in definitions:
        korean = definition.find("span", lang="ko")
        assert korean, definition.get_text()[:60]
        assert re.search("[가-힣]", korean.text), korean.text


def test_bibliography_labels_are_author_and_year(site):
    text = (site / "book/bibliography.html").read_text(encoding="utf-8")
    page = BeautifulSoup(text, "html.parser")
    labels = [label.get_text().strip("[]") for label in page.select(".citation .label")]
    assert "LeCun et al., 1998" in labels
    assert len(labels) == len(set(labels)), "two works of one year are told apart by a letter"
    assert all(re.fullmatch(r"[^\d,]+, \d{4}[a-z]?", label) for label in labels), labels


def test_first_picture_adds_up():
    """The output drawn on the first page is the convolution of the image drawn beside it."""
    tree = ElementTree.parse(ROOT / "book" / "_static/pictures/sliding_kernel.svg")
    grids = {}
    for group in tree.iter(f"{SVG}g"):
        if group.get("id"):
            numbers = [int(text.text.replace("−", "-")) for text in group.iter(f"{SVG}text")]
            side = int(len(numbers) ** 0.5)
            grids[group.get("id")] = np.array(numbers, dtype=float).reshape(side, side)
    expected = reference.conv2d(grids["image"][..., None], grids["kernel"][..., None, None])
    np.testing.assert_array_equal(grids["output"], expected[..., 0])


@pytest.fixture
def small_book(tmp_path):
    return write_book(tmp_path)


def test_launch_buttons_and_links_to_the_repository_appear_with_an_address(small_book, build):
    config = small_book / "_config.yml"
    config.write_text(with_repository(config.read_text(encoding="utf-8"),
                                      "https://github.com/someone/course", "main"), "utf-8")
    with (small_book / "book/intro.md").open("a", encoding="utf-8") as file:
        file.write("\nThe file {{ licence_file }}.\n")
    done = build(small_book, small_book)
    assert done.returncode == 0, done.stderr
    page = (small_book / "_build/html/notebooks/chapter.html").read_text(encoding="utf-8")
    links = [a["href"] for a in BeautifulSoup(page, "html.parser").select(
        ".dropdown-launch-buttons a")]
    assert links == [
        "https://mybinder.org/v2/gh/someone/course/main?urlpath=lab/tree/notebooks/chapter.ipynb",
        "https://colab.research.google.com/github/someone/course/blob/main/notebooks/chapter.ipynb",
    ]
    report = BeautifulSoup(page, "html.parser").select_one("a.report-a-mistake")
    assert report["href"] == ("https://github.com/someone/course/issues/new"
                              "?title=Mistake%20on%20the%20page%20notebooks/chapter")
    intro = (small_book / "_build/html/book/intro.html").read_text(encoding="utf-8")
    assert 'href="https://github.com/someone/course/blob/main/LICENSE"' in intro


def test_a_fault_ends_the_build_with_its_reason(small_book, build):
    """One build with every fault a writer is likely to make: each is named."""
    write_chapter(small_book, [
        ("markdown", '# A chapter\n\n<span data-number="unstored:.1f">1.0</span>, '
         '<span data-figure="fig-nowhere">the figure</span>, [(1.1)](#eq-nowhere), '
         "[Nobody (1901)](../book/bibliography.md#nobody1901), "
         "[nothing](../book/glossary.md#term-nothing-here)\n\n**Predict.** What follows?"),
        ("markdown", "## A section\n\n<!-- the answer ends here -->"), CELLS[1]])
    (small_book / "book/intro.md").write_text(
        "# A small book\n\n{numref}`fig-none`, {term}`nothing`, {cite:t}`nobody1900`, "
        "{eq}`eq-none`, {doc}`no_page`, ![](none.png)\n")
    done = build(small_book, small_book)
    assert done.returncode != 0
    for fault in ("fig-none", "nothing", "nobody1900", "eq-none", "no_page", "none.png", "unstored",
                  "fig-nowhere", "eq-nowhere", "nobody1901", "nothing follows the prediction",
                  "no answer ends here"):
        assert fault in done.stderr


def test_a_notebook_that_is_cut_off_ends_the_build(small_book, build):
    chapter = small_book / "notebooks/chapter.ipynb"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text[:len(text) // 2])
    done = build(small_book, small_book)
    assert done.returncode != 0
    assert "JSON" in done.stderr
