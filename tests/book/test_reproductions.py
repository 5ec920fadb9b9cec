"""The page that holds the claims against the measurements: one table, three kinds of readers."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from helpers.data import ledger
from helpers.data.ledger.claim_table import COLUMNS
from helpers.data.ledger.claims import CLAIMS
from helpers.data.numbers import SPAN

PAGE = "book/reproductions"
STACKED = """() => [...document.querySelectorAll("table.claims tbody tr")].every(row => {
  const boxes = [...row.children].map(cell => cell.getBoundingClientRect());
  return boxes.every((box, i) => box.width > 300 && box.right <= innerWidth
                     && (i === 0 || box.top >= boxes[i - 1].bottom - 1)); })"""


@pytest.fixture
def page(site):
    return BeautifulSoup((site / f"{PAGE}.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def opened(tab, address, ready):
    tab.goto(f"{address}{PAGE}.html")
    tab.evaluate(ready)
    return tab


def test_every_claim_has_a_row_and_every_measured_row_its_number(page):
    rows = page.select("table.claims tbody tr")
    assert len(rows) == len(CLAIMS)
    for row, claim in zip(rows, CLAIMS.values(), strict=True):
        for name, cell in zip((claim.published, claim.mended), row.find_all("td"), strict=False):
            if name and ledger.is_measured(name):
                mean = ledger.final(ledger.load_row(name), "test_accuracy").mean()
                assert f"test accuracy {mean:.4f}" in cell.get_text()
            elif name:
                assert cell.get_text().startswith("not yet run")


def test_page_names_every_row_of_the_ledger(page):
    named = {code.get_text() for code in page.select("article li > p > code, article li > code")}
    assert {name for claim in CLAIMS.values() for name in claim.rows} <= named


def test_no_number_of_the_page_is_typed(site):
    """Prose binds what was measured; only claims of the lessons stand in it as numbers."""
    stored = json.loads((site / f"_sources/{PAGE}.ipynb").read_text(encoding="utf-8"))
    prose = "".join("".join(cell["source"]) for cell in stored["cells"]
                    if cell["cell_type"] == "markdown")
    assert SPAN.search(prose)
    prose = SPAN.sub("", prose)
    claimed = {"0.99", "60 %", "0.13", "0.26", "0.9844", "0.98"}
    found = set(re.findall(r"\d\.\d+|\d+(?:\.\d+)? %", prose))
    assert found <= claimed, found - claimed


def test_a_phone_shows_a_card_for_each_claim(opened):
    opened.set_viewport_size({"width": 390, "height": 844})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.evaluate(STACKED)
    label = opened.evaluate("""getComputedStyle(document.querySelector("table.claims td"),
                                                "::before").content""")
    assert COLUMNS[1] in label


@pytest.mark.parametrize("width", [1280, 390])
def test_a_screen_reader_hears_a_table(opened, width):
    opened.set_viewport_size({"width": width, "height": 844})
    shown = opened.get_by_role("table", name="Claims of the five lessons")
    assert shown.get_by_role("row").count() == len(CLAIMS) + 1
    assert shown.get_by_role("rowheader").count() == len(CLAIMS)
    assert shown.get_by_role("columnheader").all_inner_texts() == list(COLUMNS)
    assert shown.get_by_role("cell").count() == (len(COLUMNS) - 1) * len(CLAIMS)


def test_the_claims_are_a_table_for_screen_readers_where_they_are_cards(tab, address):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{address}book/reproductions.html")
    table = tab.get_by_role("table", name="Claims of the five lessons and what was measured")
    rows = table.get_by_role("row")
    assert rows.count() > 5
    assert table.get_by_role("columnheader").count() == len(COLUMNS)
    assert table.get_by_role("rowheader").count() == rows.count() - 1
