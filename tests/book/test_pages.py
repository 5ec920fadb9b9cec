"""Every page of the built book, read as HTML: complete, described, and with no loose end."""

import functools
import itertools
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

ROLES = re.compile(r"\{(?:numref|eq|ref|doc|term|ko|cite|glue|math|number)\b[^}]*\}")
PATHS = re.compile(r"(?<![\w.:/-])/(?:home|root|tmp|work|Users|var|opt|content)/\w|file://")


@functools.cache
def parse(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@functools.cache
def anchors(path):
    return {tag["id"] for tag in parse(path).find_all(id=True)}


@pytest.fixture
def page(site, page_name):
    return parse(site / f"{page_name}.html")


def test_head_says_what_the_page_is(page):
    assert page.html["lang"] == "en"
    assert len(page.title.text.strip()) > 10
    description = page.find("meta", attrs={"name": "description"})
    assert len(description["content"]) >= 30
    assert page.find("link", rel="icon")["href"].endswith("favicon.svg")


def test_first_page_does_not_repeat_its_title(site, page_order):
    assert parse(site / f"{page_order[0]}.html").title.text.count("experiment") == 1


def test_one_first_heading_and_no_level_skipped(page):
    article = page.find("article")
    levels = [int(tag.name[1]) for tag in article.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_picture_says_what_it_shows(page):
    for image in page.find("article").find_all("img"):
        alt = image.get("alt", "").strip()
        assert alt, f"no alt text: {image['src']}"
        assert Path(image["src"]).stem not in alt, f"alt text is a path: {alt}"
        assert not re.search(r"[\w-]+/[\w./-]*\.(png|svg|jpe?g)", alt), f"alt text is a path: {alt}"


def test_no_path_of_the_machine_that_built_it(page):
    found = PATHS.search(page.find("article").decode())
    assert not found, found and found[0]


def test_all_roles_are_rendered(page):
    article = BeautifulSoup(page.find("article").decode(), "html.parser")
    assert not article.select(".problematic, .system-message")
    for code in article.find_all(["code", "pre"]):
        code.decompose()
    text = article.get_text(" ")
    assert not ROLES.search(text)
    assert "Fig. ??" not in text


def test_identifiers_are_unique(page):
    found = [tag["id"] for tag in page.find_all(id=True)]
    assert sorted(found) == sorted(set(found))


def test_links_lead_somewhere(site, page_name, page):
    here = site / f"{page_name}.html"
    targets = [tag[name] for name in ("href", "src") for tag in page.find_all(attrs={name: True})]
    dead = []
    for target in targets:
        parts = urlsplit(target)
        if parts.scheme in {"http", "https", "mailto", "data"} or target.startswith("//"):
            continue
        path = (here.parent / unquote(parts.path)).resolve() if parts.path else here
        found = path.is_file() and not parts.path.startswith("/")
        if found and parts.fragment and path.suffix == ".html":
            found = parts.fragment in anchors(path)
        if not found:
            dead.append(target)
    assert dead == []


def test_names_no_other_host_but_in_links(page):
    for tag in page.find_all(["script", "link", "img", "iframe", "source", "video", "audio"]):
        for name in ("src", "href", "srcset"):
            assert not re.match(r"(https?:)?//", tag.get(name, "")), tag
    for script in page.find_all("script", src=False):
        assert not re.search(r"https?://", script.string or ""), script


def test_no_launch_button_without_an_address(page):
    assert not page.select(".dropdown-launch-buttons, .report-a-mistake")
    text = page.decode()
    assert "mybinder.org" not in text
    assert "colab.research" not in text


def test_hidden_cells_stay_hidden(page):
    text = page.find("article").get_text()
    assert "google.colab" not in text
    assert not page.select(".tag_remove-cell")


def test_no_warning_of_a_library_is_shown(page):
    assert not page.select(".output.stderr")
