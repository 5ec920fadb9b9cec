"""The Korean edition, read as HTML: the same pages, the same places, and no English left."""

import functools
import re
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from course.translation.guards.leftovers import leftovers

# What the edition writes as it is: words of programs and of their errors, names of axes, names.
KNOWN = {
    "Behind the text", "In your run", "To be regraded", "Not graded", "read again",
    "harder practice", "expected input", "to have", "channels, but got", "channels instead",
    "height, width, channels", "pictures, height, width", "pictures, classes", "pixels, units",
    "size, outputs", "in, out", "out, in", "backward, step", "dying ReLU", "leaky ReLU",
    "Labeled Faces in the Wild", "linolafett, CC",
}
OTHER_PAGES = ("404", "search", "index")


@functools.cache
def parse(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def names_of(page_order):
    return [*page_order, *OTHER_PAGES]


def ids(page):
    return [tag["id"] for tag in page.find_all(id=True)]


def test_it_has_the_same_pages_each_in_korean(site, page_order):
    for name in names_of(page_order):
        page = parse(site / "ko" / f"{name}.html")
        assert page.html["lang"] == "ko", name
        assert re.search("[가-힣]", page.title.text), name


def test_a_place_has_one_name_in_both_editions(site, page_order):
    for name in names_of(page_order):
        english, korean = parse(site / f"{name}.html"), parse(site / "ko" / f"{name}.html")
        assert sorted(ids(korean)) == sorted(ids(english)), name
        if name != "book/glossary":  # which each edition has in the order of its letters
            assert ids(korean) == ids(english), name


def test_each_page_leads_to_itself_in_the_other_language(site, page_order):
    for name in names_of(page_order)[:-1]:
        for folder, other in (("", "ko"), ("ko/", "en")):
            path = site / folder / f"{name}.html"
            link = parse(path).select_one(".bd-header-article .other-edition")
            assert link["lang"] == link["hreflang"] == other, path
            assert link.text in link["aria-label"], path
            there = (path.parent / link["href"]).resolve()
            assert there == (site / ("ko/" if other == "ko" else "") / f"{name}.html").resolve()
            found = {one["hreflang"]: one["href"] for one in
                     parse(path).find_all("link", rel="alternate", hreflang=True)}
            if name != "404":
                assert set(found) == {"en", "ko"}, path
                assert (path.parent / found[other]).resolve() == there


def test_links_lead_somewhere(site, page_order):
    dead = []
    for name in page_order:
        here = site / "ko" / f"{name}.html"
        targets = [tag[key] for key in ("href", "src")
                   for tag in parse(here).find_all(attrs={key: True})]
        for target in targets:
            parts = urlsplit(target)
            if parts.scheme in {"http", "https", "mailto", "data"}:
                continue
            path = (here.parent / unquote(parts.path)).resolve() if parts.path else here
            if not path.is_file() or (parts.fragment and path.suffix == ".html"
                                      and unquote(parts.fragment) not in ids(parse(path))):
                dead.append((name, target))
    assert dead == []


def test_nothing_is_left_in_english(site, page_order):
    found = {}
    for name in names_of(page_order):
        left = leftovers((site / "ko" / f"{name}.html").read_text(encoding="utf-8"), KNOWN)
        if left:
            found[name] = left
    assert found == {}


@pytest.mark.parametrize("text", ["<p>그것은 a sum of products 입니다.</p>",
                                  '<img alt="two grids of numbers" src="x">',
                                  '<button title="Toggle the sidebar">x</button>'])
def test_a_leftover_is_found_and_code_is_none(text):
    assert leftovers(f"<main>{text}</main>", KNOWN)
    assert leftovers(f"<main><pre>{text}</pre></main>", KNOWN) == []


def test_no_sign_of_emphasis_is_left_in_the_text(site, page_order):
    for name in page_order:
        article = BeautifulSoup(str(parse(site / "ko" / f"{name}.html").article), "html.parser")
        for one in article.select("code, pre, math, script, .cell_output, table.claims"):
            one.decompose()
        assert "**" not in article.get_text(), name


def test_figures_predictions_and_times_are_those_of_the_english_page(site, page_order):
    for name in page_order:
        english, korean = parse(site / f"{name}.html"), parse(site / "ko" / f"{name}.html")
        for place in (".prediction", ".choices", "details.imports", "button.done", "figure img",
                      "figure.opener", "p.facts", "article table", "article .highlight", "math",
                      "article a.reference"):
            assert len(korean.select(place)) == len(english.select(place)), (name, place)
        text = korean.article.get_text()
        assert "Fig." not in text, name
        assert all(one.text.startswith("그림") for one in korean.select(".caption-number")), name


def test_a_student_gets_a_whole_korean_notebook_from_the_page(site):
    text = (site / "ko/_sources/notebooks/03_pooling.ipynb").read_text(encoding="utf-8")
    assert "# 풀링" in text
    assert "the title in this edition" not in text
