"""Formulas: translated when the book is built, drawn by the browser, read, reached and copied."""

import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "book/_ext"))

from course_formulas import FormulaError, mathml  # noqa: E402

NARROW = {"width": 390, "height": 844}
# Formulas that leave their line and are no tab stop, or have no name, or the other way round.
STUCK = """() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  .then(() => [...document.querySelectorAll("article :is(span.math, .formula)")]
    .filter(one => one.checkVisibility())
    .filter(one => ([...one.children].some(
                      part => part.getBoundingClientRect().width > one.clientWidth + 1))
                   !== (one.tabIndex === 0 && !!one.ariaLabel
                        && getComputedStyle(one).overflowX === "auto"))
    .map(one => one.textContent.slice(0, 60)))"""
# Formulas that are not drawn: of no size, with a part that is still TeX or an error, without their
# TeX for those who copy them, or in a font without signs that grow.
NOT_DRAWN = """() => [...document.querySelectorAll("article math")].filter(one => {
  const {width, height} = one.getBoundingClientRect(), note = one.querySelector("annotation");
  const parts = [...one.querySelectorAll("mi, mn, mo, mtext")];
  return (one.checkVisibility() && !(width > 3 && height > 3)) || !note?.textContent.trim()
    || !parts.length || one.querySelector("merror")
    || parts.some(part => /[\\\\$&]/.test(part.textContent));
}).map(one => one.outerHTML)"""


def tree(tex, display=False):
    return BeautifulSoup(mathml(tex, display), "html.parser")


def row(tex):
    """The parts of a formula as a list of texts."""
    formula = tree(tex)
    formula.annotation.decompose()
    return [part.get_text() for part in formula.find_all(["mi", "mn", "mo", "mtext"])]


def test_a_minus_is_a_sign_or_a_difference():
    formula = tree(r"(-1) - 2 = -3 \pm x")
    signs = [one.get("form") for one in formula.find_all("mo") if one.get_text() in "−±"]
    assert signs == ["prefix", None, "prefix", None]


def test_rows_of_an_alignment_have_their_columns():
    for environment in ("aligned", "align*", "split"):
        tex = rf"\begin{{{environment}}} a &= b \\ &= c - d \end{{{environment}}}"
        table = tree(tex, True).mtable
        assert [len(one.find_all("mtd")) for one in table.find_all("mtr")] == [2, 2]
    assert len(tree(r"a &= b \\ c &= d", True).find_all("mtr")) == 2


def test_gathered_formulas_stand_below_each_other_as_large_as_alone():
    inner = r"x = \begin{cases} a & b \\ c & d \end{cases}"
    table = tree(rf"\begin{{gathered}} {inner} \\ \frac{{1}}{{2}} \end{{gathered}}", True).mtable
    assert table["displaystyle"] == "true"
    assert [len(one.find_all("mtd", recursive=False))
            for one in table.find_all("mtr", recursive=False)] == [1, 1]
    assert table.find("mtable").get("displaystyle") is None


def test_a_line_of_an_array_lies_above_its_row():
    rows = tree(r"\begin{array}{rc} 1 & 2 \\ \hline 3 & 4 \end{array}", True).find_all("mtr")
    assert [one.get("class") for one in rows] == [None, ["line"]]


def test_a_number_with_a_comma_is_one_number():
    assert row(r"18{,}496 + 2") == ["18,496", "+", "2"]


def test_limits_stand_below_a_maximum():
    assert tree(r"\max_{u \le k} x", True).munder.mo["movablelimits"] == "true"


def test_its_tex_goes_along_for_those_who_copy_it():
    assert tree(r"\frac{a}{b}").find("annotation").get_text() == r"\frac{a}{b}"


@pytest.mark.parametrize("tex", [r"\nosuchcommand x", r"\frac{a",
                                 r"\begin{nothing} x \end{nothing}"])
def test_what_is_not_understood_is_refused(tex):
    with pytest.raises(FormulaError, match="not understood"):
        mathml(tex)


def test_the_font_holds_all_that_is_drawn(site):
    font = TTFont(site / "_static/formulas.woff2")
    assert "MATH" in font  # by which brackets and roots grow
    known = set(font.getBestCmap())
    for page in site.rglob("*.html"):
        for formula in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")("math"):
            formula.annotation.decompose()
            needed = {ord(letter) for letter in formula.get_text() if not letter.isspace()}
            assert needed <= known, [chr(one) for one in needed - known]


def test_every_formula_is_drawn(shown):
    formulas = shown.locator("article .math").count()
    assert shown.locator("article .math:has(math)").count() == formulas
    assert shown.evaluate(NOT_DRAWN) == []
    if formulas:
        assert shown.evaluate("""() => [...document.fonts].find(
            face => face.family.includes("Course Math")).status""") == "loaded"


def test_formulas_that_leave_their_line_are_reached_by_keyboard(shown):
    wide = shown.viewport_size
    try:
        for width in (wide["width"], 200):
            shown.set_viewport_size({**NARROW, "width": width})
            assert shown.evaluate(STUCK) == []
        if shown.locator("article div.math").count():
            assert shown.locator(".wide-formula").count() > 0
    finally:
        shown.set_viewport_size(wide)


def test_the_ink_is_light_in_dark_mode(tab, address):
    tab.goto(f"{address}notebooks/01_convolution.html")
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    inks = tab.evaluate("""[...document.querySelectorAll("article math :is(mi, mn, mo)")]
        .map(part => getComputedStyle(part).color.match(/[0-9]+/g).slice(0, 3).map(Number))""")
    assert inks
    assert all(min(ink) > 150 for ink in inks)


def test_a_selection_is_copied_with_its_formulas_as_tex(tab, address):
    tab.goto(f"{address}notebooks/02_padding_and_stride.html")
    copied = tab.evaluate("""() => {
      const text = document.querySelector("article p:has(math)");
      getSelection().selectAllChildren(text);
      const data = new DataTransfer();
      document.dispatchEvent(new ClipboardEvent("copy", {clipboardData: data, cancelable: true}));
      return [data.getData("text/plain"), text.querySelector("annotation").textContent];
    }""")
    assert f"${copied[1]}$" in copied[0]
    assert not re.search("[\U0001d400-\U0001d7ff]", copied[0])
