"""How chapters open, where they rest, and what a shared link shows."""

import ast
import re

import pytest
from bs4 import BeautifulSoup


def parsed(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def chapters(site, page_order):
    return {name: parsed(site / f"{name}.html") for name in page_order
            if name.startswith("notebooks/")}


def test_a_chapter_says_first_why_and_how_long(chapters):
    for name, page in chapters.items():
        why = page.article.h1.find_next_sibling()
        assert why.name == "p", name
        assert len(why.get_text()) > 60, name
        facts = page.select_one(".facts").get_text()
        assert re.search("minute|hour", facts), name
        assert facts[0].isupper(), name


def test_its_picture_is_its_own_and_gives_no_answer_away(chapters, site):
    shown = 0
    for name, page in chapters.items():
        picture = page.select_one("figure.opener img")
        if picture is None:
            assert page.select_one(".what-happens figure"), name  # it has none that it may show
            continue
        shown += 1
        assert (site / "notebooks" / picture["src"]).is_file()
        own = [one for one in page.select("figure img")
               if one["alt"] == picture["alt"] and one is not picture]
        assert own, name
        assert not any(one.find_parent(class_="what-happens") for one in own), name
    assert shown >= len(chapters) - 2


def test_cells_that_only_import_are_folded_and_no_others(chapters):
    for name, page in chapters.items():
        for cell in page.select("div.cell_input"):
            text = cell.pre.get_text() if cell.pre else ""
            try:
                found = [ast.unparse(one) for one in ast.parse(text).body]
            except SyntaxError:  # a magic command
                found = []
            imports = any(one.startswith(("import ", "from ")) for one in found) and all(
                one.startswith(("import ", "from ", "warnings.filterwarnings(")) for one in found)
            assert bool(cell.find("details", class_="imports")) == imports, (name, text[:80])


def test_a_chapter_has_a_place_to_rest_near_its_half(chapters):
    for name, page in chapters.items():
        text = str(page.article)
        resting = [one.start() for one in re.finditer('class="resting-place"', text)]
        assert len(resting) == 1, name
        exercises = text.index('id="exercises"')
        assert 0.25 < resting[0] / exercises < 0.75, name


def test_a_shared_link_has_a_title_and_a_picture(site, page_order):
    for name in page_order:
        head = parsed(site / f"{name}.html").head
        said = {one["property"]: one["content"] for one in head.select("meta[property^='og:']")}
        assert said["og:title"] == head.title.get_text().strip(), name
        assert (site / name).parent.joinpath(said["og:image"]).is_file(), name
        assert said["og:description"], name
