"""Print the document twice: the first print tells the numbers of pages that the second shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.downloads.pages import Entry
from course.downloads.paper.bookmarks import completed, places
from course.downloads.paper.browser import opened

WIDTHS = {"A4": 210, "Letter": 215.9}  # millimetres
MARGIN = 22  # millimetres at each side, as in paper.css
PIXELS = 96 / 25.4  # CSS pixels in a millimetre
PRINTS = 4  # at most: a number that needs more room could move what follows
# What is wider than its column becomes smaller, as far as it has to.
FIT = """() => {
  const column = document.querySelector("main").clientWidth;
  const all = (names) => [...document.querySelectorAll(names)];
  const shrink = (one, room) => {
    const width = one.getBoundingClientRect().width;
    if (width <= room + 0.5 || room <= 0) return;
    one.style.fontSize = `${parseFloat(getComputedStyle(one).fontSize) * room / width * 0.99}px`;
  };
  all(".formula > math").forEach((one) => shrink(one, one.parentElement.clientWidth));
  all("span.math > math, table").forEach((one) => shrink(one, column));
  for (const one of all("pre")) {
    one.classList.toggle("short", one.getBoundingClientRect().height < 260);
  }
}"""
# What still leaves its column, or lies on what stands beside it.
OVER = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const edge = document.querySelector("main").getBoundingClientRect().right + 1;
  return one.checkVisibility() && one.getBoundingClientRect().right > edge;
}).map((one) => one.outerHTML.slice(0, 160))"""
FORMULAS = "[...document.querySelectorAll('math')].map((one) => one.ariaLabel)"
NUMBER = """(pages) => document.querySelectorAll("[data-of]").forEach((one) => {
  one.textContent = pages[one.dataset.of] ?? one.textContent; })"""


def print_book(document: Path, entries: list[Entry], about: dict[str, str], paper: str) -> bytes:
    """Return the book as a tagged PDF with bookmarks and page numbers.

    paper: "A4" or "Letter". RuntimeError if the numbers of pages find no rest, or
    if something runs over the edge of its column.
    """
    width = round((WIDTHS[paper] - 2 * MARGIN) * PIXELS)
    with opened(document, width) as page:
        page.evaluate(FIT)
        if over := page.evaluate(OVER):
            raise RuntimeError(f"{len(over)} parts run over the edge of the page, first {over[0]}")
        formulas = set(page.evaluate(FORMULAS))
        numbers: dict[str, str] = {}
        for _ in range(PRINTS):
            printed = printed_once(page, paper)
            where = places(printed)
            found = {key: str(number + 1) for key, (number, _) in where.items()}
            if found == numbers:
                return completed(printed, where, entries, about, formulas)
            numbers = found
            page.evaluate(NUMBER, numbers)
    raise RuntimeError(f"after {PRINTS} prints the numbers of pages still change")


def printed_once(page: Any, paper: str) -> bytes:
    """Return what the browser prints of the document that it shows."""
    return page.pdf(format=paper, print_background=True, tagged=True, prefer_css_page_size=False)
