"""The typefaces of the paper edition, all under open licences, out of packages that are installed.

So the same pages come out on every machine, whatever fonts it has.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

# The folder of each package, and which of its fonts: text, headings and code; formulas; Korean.
FONTS = {
    "matplotlib": ("mpl-data/fonts/ttf", (
        "STIXGeneral", "STIXGeneralItalic", "STIXGeneralBol", "STIXGeneralBolIta", "DejaVuSans",
        "DejaVuSans-Bold", "DejaVuSansMono", "DejaVuSansMono-Bold")),
    "ziamath": ("fonts", ("STIXTwoMath-Regular",)),
    "koreanize_matplotlib": ("fonts", ("NanumGothic",)),
}
# The source text of a font's hinting. Where it is empty, browsers refuse the whole font.
SOURCES = {f"TSI{kind}" for kind in "0123457BCDJPSV"}


def copy_fonts(folder: Path) -> None:
    """Copy the fonts into a folder; FileNotFoundError names the package that is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for package, (inside, names) in FONTS.items():
        spec = find_spec(package)  # not imported: one of them changes matplotlib's settings
        if spec is None or spec.origin is None:
            raise FileNotFoundError(f"expected fonts in the package {package}, which is not "
                                    "installed; `make setup` brings it")
        for name in names:
            with TTFont(Path(spec.origin).parent / inside / f"{name}.ttf", lazy=True) as font:
                for table in set(font.keys()) & SOURCES:
                    del font[table]
                font.save(folder / f"{name}.ttf")
