"""The pages of the book say what the notebooks say: the build only adds links and numbers."""

import functools
import re

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from course.notebooks import chapters, read
from helpers.data.numbers import SPAN

PLAIN = MarkdownIt("commonmark", {"html": True}).enable("table")
notebooks = pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)


def texts(path):
    return [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]


@pytest.fixture
def article(site, path):
    return parse(site / path.parent.name / f"{path.stem}.html")


@functools.cache
def parse(path):
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    article = page.find("article")
    for formula in article.find_all("math"):  # as the notebook has it
        formula.replace_with(formula.find("annotation").get_text())
    return article


def letters(text):
    """What a text says, whatever a page makes of quotation marks, dashes and spaces."""
    text = re.sub(r" \(Fig\. \d+\.\d+\)", "", text)  # the book adds the numbers of figures
    return "".join(character for character in text if character.isalnum())


def outside_captions(article, selector):
    """What the text holds: a caption belongs to the book alone, and may use its roles."""
    return [one for one in article.select(selector) if not one.find_parent("figcaption")]


@notebooks
def test_every_sentence_with_a_number_stands_on_the_page(article, path):
    page = letters(article.get_text())
    found = 0
    for text in texts(path):
        for block in re.split(r"\n\s*\n", text):
            if SPAN.search(block):
                for part in BeautifulSoup(PLAIN.render(block), "html.parser").find_all(
                        ["p", "li", "td"]):
                    assert letters(part.get_text()) in page, part.get_text()
                    found += 1
    assert found >= any("data-number" in text for text in texts(path))
    assert not article.find_all(attrs={"data-number": True})


@notebooks
def test_citations_are_links_into_the_bibliography(site, article, path):
    cited = [label for text in texts(path)
             for label in re.findall(r"\[([^\[\]]*)\]\([./\w]*bibliography\.md#", text)]
    links = outside_captions(article, 'a.reference.internal[href*="bibliography.html#"]')
    anchors = {tag["id"] for tag in parse(site / "book" / "bibliography.html").find_all(id=True)}
    assert {link["href"].split("#")[1] for link in links} <= anchors
    assert len(links) == len(cited)
    page = letters(article.get_text())
    for link, label in zip(links, cited, strict=True):
        assert letters(label) in page, label
        assert letters(label).endswith(letters(link.get_text())), label  # the year, or all of it
    assert not article.select('a[href*="bibliography.md"]')


@notebooks
def test_equations_and_references_have_the_numbers_of_the_notebook(article, path):
    tags = [tag for text in texts(path) for tag in re.findall(r"\\tag\{(.*?)\}", text)]
    assert [number.contents[0].strip("() ") for number in article.select(".eqno")] == tags
    assert "\\tag" not in article.get_text()
    asked = [number for text in texts(path)
             for number in re.findall(r"\[\(([\d.]+)\)\]\([\w.]*#eq-", text)]
    links = article.select('a[href*="#equation-eq-"]:not(.headerlink)')
    assert [link.get_text().strip("()") for link in links] == asked


@notebooks
def test_figures_are_named_in_words_and_linked_with_their_number(article, path):
    words = [words for text in texts(path)
             for words in re.findall(r'<span data-figure="[^"]*">([^<]*)</span>', text)]
    links = outside_captions(article, "a:has(> span.std-numref)")
    assert [" ".join(re.sub(r" \(Fig\. [\d.]+\)$", "", link.get_text()).split())
            for link in links] == [" ".join(one.split()) for one in words]
    for link in links:
        assert re.search(r"\(Fig\. \d+\.\d+\)$", link.get_text())
        assert article.find(id=link["href"].lstrip("#")), link


@notebooks
def test_boxes_are_folded(article, path):
    boxes = article.select("details:not(.imports)")  # those the book folds by itself
    assert len(boxes) == sum(text.count("<details") for text in texts(path))
    assert not [box for box in boxes if "open" in box.attrs]
