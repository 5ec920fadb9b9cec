"""What figures say in another language: each text that Matplotlib draws is looked up before.

COURSE_LANGUAGE names the language, locale/LANGUAGE/LC_MESSAGES/figures.po translates. A message is
a whole text of a figure, or one of its lines; its fields in braces, as in "{n} digits", stand for
anything that is drawn in their place. What the catalogue lacks is drawn as it is.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from helpers import ROOT
from helpers.start.catalogue import translations

# The package that brings a font with Hangul, and families that systems bring.
PACKAGE = "koreanize_matplotlib"
FONTS = {"ko": ("NanumGothic", "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic",
                "Apple SD Gothic Neo", "AppleGothic", "UnDotum")}
FIELD = re.compile(r"\{(\w*)\}")
WORD = re.compile(r"[^\W\d_]{2,}")
FORMULA = re.compile(r"\$[^$]*\$")


class Figures:
    """The catalogue of a language: whole texts, and patterns for those with fields.

    A message that is its own translation is a name, and stays with all that it holds.
    """

    def __init__(self, entries: dict[str, str]) -> None:
        self.texts = {one: said for one, said in entries.items() if not FIELD.search(one)}
        self.patterns = [(pattern_of(one), None if said == one else said)
                         for one, said in entries.items() if FIELD.search(one)]

    def __call__(self, text: str, lacking: list[str] | None = None) -> str:
        """Return a text in the language; line by line where it is not known as a whole.

        To `lacking` are added the words that the catalogue does not know.
        """
        if text in self.texts:
            return self.texts[text]
        for pattern, said in self.patterns:
            if found := pattern.fullmatch(text):
                if said is None:
                    return text
                values = {name: self(value, lacking) for name, value in found.groupdict().items()}
                return FIELD.sub(lambda one, values=values: values[f"f_{one[1]}"], said)
        lines = text.split("\n")
        if len(lines) > 1:
            return "\n".join(self(line, lacking) for line in lines)
        if lacking is not None and WORD.search(FORMULA.sub("", text)):
            lacking.append(text)
        return text

    def lacks(self, text: str) -> list[str]:
        """Return what of a text the catalogue does not know; a formula has no words."""
        lacking: list[str] = []
        self(text, lacking)
        return lacking


def pattern_of(message: str) -> re.Pattern[str]:
    """Return what a message with fields matches: anything on one line in the place of each."""
    parts = FIELD.split(message)  # text, name, text, name, ..., text
    made = [re.escape(part) if place % 2 == 0 else f"(?P<f_{part}>.+?)"
            for place, part in enumerate(parts)]
    return re.compile("".join(made))


@functools.cache
def figures(language: str) -> Figures | None:
    """Return the catalogue of a language, or None where there is none."""
    file = ROOT / "locale" / language / "LC_MESSAGES" / "figures.po"
    return Figures(translations(file)) if file.is_file() else None


def font(language: str) -> str:
    """Return a family that has the language's letters, and make it known to Matplotlib.

    Raises LookupError, which says what to install, where there is none.
    """
    from matplotlib import font_manager

    package = importlib.util.find_spec(PACKAGE)
    for folder in (package.submodule_search_locations if package else None) or ():
        for file in sorted(Path(folder, "fonts").glob("*.ttf")):
            font_manager.fontManager.addfont(file)
    known = set(font_manager.get_font_names())
    for family in FONTS.get(language, ()):
        if family in known:
            return family
    raise LookupError(f"figures stay English: no font for the language {language!r} was found. "
                      f"Install one of {', '.join(FONTS.get(language, ())) or 'its fonts'}, or: "
                      "pip install koreanize-matplotlib")


def speak(language: str) -> bool:
    """Let every figure from now on speak a language; returns whether it does.

    Where no font has its letters, a warning says so, and figures stay as they are.
    """
    from matplotlib import rcParams
    from matplotlib.text import Text

    said = figures(language)
    if said is None or getattr(Text.set_text, "language", None) == language:
        return said is not None
    try:
        family = font(language)
    except LookupError as missing:
        warnings.warn(str(missing), stacklevel=2)
        return False
    rcParams["font.family"] = [*rcParams["font.family"], family]
    drawn = getattr(Text.set_text, "english", Text.set_text)

    @functools.wraps(drawn)
    def set_text(self: Text, s: object) -> None:
        drawn(self, said(s) if isinstance(s, str) else s)

    set_text.language, set_text.english = language, drawn
    Text.set_text = set_text
    return True


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """Let figures say what they say in English, for a while."""
    from matplotlib.text import Text

    speaking = Text.set_text
    Text.set_text = getattr(speaking, "english", speaking)
    try:
        yield
    finally:
        Text.set_text = speaking


def speak_as_asked() -> None:
    """Let figures speak what COURSE_LANGUAGE names, where it names anything."""
    if language := os.environ.get("COURSE_LANGUAGE", ""):
        speak(language)
