"""Fonts with the glyphs that the pages draw, and no others: text, code, icons and mathematics."""

import logging
import re
from html import unescape
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from course_light.styles import FORMULAS, ICONS, Sheet

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells each table that it cuts
ICON_SOURCE = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
NOTE = re.compile(r"<annotation\b.*?</annotation>|<[^>]*>", re.DOTALL)
CONTENT = re.compile(r'content:\s*"((?:\\.|[^"\\])*)"|--pst-icon-[\w-]+:\s*"([^"]*)"')
ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
SLANTED = [("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("α", "ω", 0x1D6FC)]
SLANTED_ALONE = {"h": 0x210E, "∂": 0x1D715, "ε": 0x1D716}
RADICAL = 0x221A  # which no formula holds as a letter
# Faces of reading: the file that reading.css names, and the package's family, file, and axes. Text
# is set in the design for its size, from regular to bold (SIL Open Font License, as all of these).
FACES = {
    "text.woff2": ("Source Serif 4", "SourceSerif4[opsz,wght].ttf",
                   {"opsz": 14, "wght": (400, 700)}),
    "text-italic.woff2": ("Source Serif 4", "SourceSerif4-Italic[opsz,wght].ttf",
                          {"opsz": 14, "wght": 400}),
    "code.woff2": ("Source Code Pro", "SourceCodePro[wght].ttf", {"wght": 400}),
}
OWN_NAME = "Course"  # "Source" is reserved for the fonts as their makers publish them
PRINTABLE = set(range(0x20, 0x7F)) | {0xD7, 0x2212, 0x2026}  # what scripts write
LATIN = set(range(0x250)) | set(range(0x2010, 0x2027)) | PRINTABLE  # Greek and arrows are rare


def source_of_formulas() -> Path:
    """Return STIX Two Math, which comes with the package ziamath (SIL Open Font License)."""
    import ziamath

    return Path(ziamath.__file__).parent / "fonts/STIXTwoMath-Regular.ttf"


def slanted(letter: str) -> set[int]:
    """Return the letter as a browser draws it where it stands alone in a formula."""
    found = {base + ord(letter) - ord(first) for first, last, base in SLANTED
             if first <= letter <= last}
    return found | ({SLANTED_ALONE[letter]} if letter in SLANTED_ALONE else set())


def letters_of_formulas(pages: dict[Path, str]) -> set[int]:
    """Return the code points that the formulas of all pages need."""
    drawn = {letter for text in pages.values() for formula in MATH.findall(text)
             for letter in unescape(NOTE.sub("", formula))}
    if not drawn:
        return set()
    return {ord(letter) for letter in drawn} | {RADICAL} | set().union(*map(slanted, drawn))


def icons_of(text: str) -> set[int]:
    """Return the code points that a style sheet draws before or behind something."""
    found = set()
    for one in CONTENT.finditer(text):
        content = ESCAPED.sub(lambda code: chr(int(code[1], 16)), one[1] or one[2] or "")
        found |= set(map(ord, content))
    return found


def cut(source: Path, target: Path, letters: set[int]) -> None:
    """Write a font with these code points, and what its formulas grow out of them."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=[],
                             name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    font = subset.load_font(source, options) if source.suffix == ".ttf" else TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def write_face(family: str, name: str, axes: dict, target: Path, letters: set[int]) -> None:
    """Write a face of reading, at these places of its axes, with these code points.

    Letters that it lacks, such as Hangul, are drawn by the system's fonts.
    """
    import fontpkg

    source = TTFont(Path(fontpkg.path(family)).parent / name)
    # Without kerning, which weighs a quarter of the text face.
    options = subset.Options(hinting=False, name_IDs=[0, 13, 14], notdef_outline=True,
                             layout_features=[])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(source)
    font = instancer.instantiateVariableFont(source, axes)
    for identity in (1, 4, 6):
        font["name"].setName(OWN_NAME, identity, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(target)


def write(sheet: Sheet, pages: dict[Path, str], site: Path) -> None:
    """Write all fonts where the sheet looks for them."""
    static = site / "_static"
    cut(static / ICON_SOURCE, static / ICONS, icons_of(sheet.text))
    cut(source_of_formulas(), static / FORMULAS, letters_of_formulas(pages) or {ord("x")})
    drawn = {ord(letter) for text in pages.values() for letter in unescape(text)}
    for target, (family, name, axes) in FACES.items():
        write_face(family, name, axes, static / target, PRINTABLE | drawn & LATIN)
