"""The faces of text and code: what they hold, their weight, how lines and headings are set."""

import itertools

import pytest
from fontTools.ttLib import TTFont

FACES = {"text.woff2": 26_000, "text-italic.woff2": 16_000, "code.woff2": 9_000}
# Letters a line, in the paragraphs that fill at least three: by the places where lines begin.
LETTERS = """() => [...document.querySelectorAll("article section > p")].flatMap(text => {
  const range = document.createRange();
  range.selectNodeContents(text);
  const lines = new Set([...range.getClientRects()].filter(box => box.height > 12)
    .map(box => Math.round(box.bottom / 12))).size;
  return lines >= 4 && !text.querySelector("math, code") ?
    [text.textContent.length / (lines - 0.5)] : [];
})"""


@pytest.mark.parametrize("name", FACES)
def test_a_face_is_small_named_as_its_licence_asks_and_holds_what_is_read(site, name):
    path = site / "_static" / name
    assert path.stat().st_size < FACES[name]
    font = TTFont(path)
    names = {one.nameID: one.toUnicode() for one in font["name"].names}
    assert "Source" not in names[1] + names[4] + names[6]  # a reserved name
    assert "Open Font License" in names[13]
    assert set(range(0x20, 0x7F)) <= set(font.getBestCmap())


def test_text_and_code_are_drawn_in_them(tab, address, ready):
    for _ in range(2):  # the first time they may come too late, which moves no line
        tab.goto(f"{address}notebooks/05_looking_inside.html")
        tab.evaluate(ready)
    assert tab.evaluate("""[...document.fonts].filter(face => face.status === "loaded"
        && /Course (Text|Code)/.test(face.family)).length""") >= 2
    families = tab.evaluate("""["article p", "article pre"].map(place =>
        getComputedStyle(document.querySelector(place)).fontFamily.split(",")[0])""")
    assert families == ['"Course Text"', '"Course Code"']


def test_lines_have_sixty_to_seventy_five_letters(tab, address, ready):
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{address}notebooks/05_looking_inside.html")
    tab.evaluate(ready)
    letters = sorted(tab.evaluate(LETTERS))
    assert len(letters) > 10
    assert 60 <= letters[len(letters) // 2] <= 75, letters


def test_each_heading_is_louder_than_those_below_it(tab, address):
    tab.goto(f"{address}notebooks/02_padding_and_stride.html")
    sizes = tab.evaluate("""["h1", "h2", "h3"].map(name => {
      const {fontSize, fontWeight} = getComputedStyle(document.querySelector(`article ${name}`));
      return [parseFloat(fontSize), Number(fontWeight)]; })""")
    for above, below in itertools.pairwise(sizes):
        assert above[0] > 1.2 * below[0]
        assert above[1] >= below[1]
