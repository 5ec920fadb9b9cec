"""The typefaces whose letters the recogniser learns to refuse, and those that it never sees.

    python -m benchmarks.letters.fonts     # install them into _build/fonts, about 190 MB

They are npm packages of Fontsource, all under the SIL Open Font Licence or the Apache licence,
hands first, then type, as `typefaces.json` lists them. A family stands in one list only, with all
its weights, so a network that learned from one list has seen no letter of the others.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont

from course.notebooks import ROOT

FOLDER = ROOT / "_build" / "fonts"
# Learned from; chosen by, the temperature and the threshold; and measured on, once.
FAMILIES: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("typefaces.json").read_text(encoding="utf-8"))
KINDS = ("300-normal", "400-normal", "700-normal", "900-normal", "400-italic")


class Face(NamedTuple):
    """One typeface: its family, its file and which characters it draws."""

    family: str
    path: Path
    characters: frozenset[str]


def faces(part: str, script: str = "latin", *, kinds: tuple[str, ...] = KINDS,
          folder: Path = FOLDER) -> list[Face]:
    """The faces of a part, "train", "validation" or "test", that have a script.

    Raises FileNotFoundError where a family is not installed, and says how to install it.
    """
    found = []
    for family in FAMILIES[part]:
        files = folder / "node_modules" / "@fontsource" / family / "files"
        if not files.is_dir():
            raise FileNotFoundError(f"expected the typeface {family} in {files}; install them all "
                                    "with: python -m benchmarks.letters.fonts")
        paths = [files / f"{family}-{script}-{kind}.woff" for kind in kinds]
        found += [Face(family, path, characters_of(path)) for path in paths if path.exists()]
    return found


@cache
def characters_of(path: Path) -> frozenset[str]:
    """The characters for which a font file has a glyph."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def install(folder: Path = FOLDER) -> None:
    """Install the families that are missing, with npm.

    Raises FileNotFoundError where npm is missing, and CalledProcessError where it fails.
    """
    installed = folder / "node_modules" / "@fontsource"
    names = [name for families in FAMILIES.values() for name in families
             if not (installed / name).is_dir()]
    if not names:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("expected the program npm, which installs the typefaces; it comes "
                                "with Node.js")
    folder.mkdir(parents=True, exist_ok=True)
    # --no-save would remove what an earlier call installed: all are named each time.
    every = [f"@fontsource/{name}@5" for families in FAMILIES.values() for name in families]
    subprocess.run([npm, "install", "--prefix", str(folder), "--no-save", "--ignore-scripts",
                    "--no-audit", "--no-fund", *every], check=True)


if __name__ == "__main__":
    install()
    for name in FAMILIES:
        print(f"{name}: {len(FAMILIES[name])} families, {len(faces(name))} faces")
