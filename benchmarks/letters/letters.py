"""Count the letters that the recogniser takes for digits, on typefaces that it has never seen.

    python -m benchmarks.letters.letters                          # the committed network
    python -m benchmarks.letters.letters old.npz new.npz --threshold 0.85
    python -m benchmarks.letters.letters --each                   # letter by letter
    python -m benchmarks.letters.letters --install          # all typefaces, with npm, about 190 MB

The typefaces that come with Matplotlib and OpenCV are always there; those of
benchmarks.letters.fonts for the test are counted too if they are installed. Each letter is set in
type, black on white, and goes through helpers.handwriting like any crop of a page. Four letters are
a digit to any reader, o, O, l and I, and so the share is given without them as well.
"""

from __future__ import annotations

import argparse
import string
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.handwriting.strangers import TWINS
from benchmarks.letters.fonts import FOLDER, characters_of, faces, install
from benchmarks.letters.glyphs import glyph
from helpers.handwriting import to_mnist
from helpers.networks.recogniser import NO_DIGIT, WEIGHTS, decide, load_recogniser, read_record

SIDE, RIM = 140, 25  # pixels of the letter's longer side, and of the paper around it
MATPLOTLIB = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono",
              "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "STIXGeneral",
              "STIXGeneralBol", "STIXGeneralItalic", "cmr10", "cmss10", "cmtt10", "cmb10", "cmmi10")
HERSHEY = ("SIMPLEX", "PLAIN", "DUPLEX", "COMPLEX", "TRIPLEX", "COMPLEX_SMALL", "SCRIPT_SIMPLEX",
           "SCRIPT_COMPLEX")  # of OpenCV, each a cv2.FONT_HERSHEY_...


class Letters(NamedTuple):
    """Letters in MNIST's form, (n, 28, 28, 1), and which letter each is, (n,)."""

    images: np.ndarray
    names: np.ndarray


class Accepted(NamedTuple):
    """How many letters there were, the share of them read as digits, and that without the twins.

    each: the share for each letter.
    """

    count: int
    share: float
    without_twins: float
    each: dict[str, float]

    def summary(self) -> dict[str, float]:
        """The first three, rounded for a record."""
        return {"count": self.count, "share": round(self.share, 4),
                "without_twins": round(self.without_twins, 4)}


def set_letters(draw, names: str = string.ascii_letters) -> Letters:
    """Set each of the names with each of the functions in `draw`, and prepare it.

    A function takes a character and gives its ink, uint8 (h, w), cut to it; (0, 0) for none.
    """
    import cv2

    images, kept = [], []
    for function in draw:
        for name in names:
            ink = function(name)
            if not ink.size:
                continue
            factor = SIDE / max(ink.shape)
            size = [max(3, round(side * factor)) for side in ink.shape[::-1]]
            way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
            paper = 250 - 0.85 * np.pad(cv2.resize(ink, size, interpolation=way), RIM)
            images.append(to_mnist(paper.astype(np.uint8)))
            kept.append(name)
    return Letters(np.array(images)[..., np.newaxis], np.array(kept))


def of_file(path: Path):
    """A function for `set_letters` that draws from a font file, and nothing that it lacks."""
    there = characters_of(path)
    return lambda name: glyph(path, name) if name in there else np.zeros((0, 0), np.uint8)


def of_hershey(font: int, thickness: int):
    """A function for `set_letters` that draws with one of OpenCV's pens."""
    import cv2

    def draw(name: str) -> np.ndarray:
        sheet = np.zeros((260, 260), np.uint8)
        cv2.putText(sheet, name, (60, 170), font, 4, 255, thickness, cv2.LINE_AA)
        left, top, width, height = cv2.boundingRect(sheet)
        return sheet[top:top + height, left:left + width]

    return draw


def unseen_letters(*, typefaces: bool) -> dict[str, Letters]:
    """The letters to count on, by where they come from.

    typefaces: take those of benchmarks.letters.fonts for the test as well, which must be installed.
    """
    import cv2
    import matplotlib as mpl

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    letters = {"matplotlib": set_letters([of_file(folder / f"{name}.ttf") for name in MATPLOTLIB]),
               "hershey": set_letters([
                   of_hershey(getattr(cv2, f"FONT_HERSHEY_{font}"), thickness)
                   for font in HERSHEY for thickness in (4, 12)])}
    if typefaces:
        letters["fontsource"] = set_letters([of_file(face.path) for face in faces("test")])
    return letters


def accepted(model, letters: Letters, threshold: float | None = None) -> Accepted:
    """Count the letters that a network takes for digits; None takes the record's threshold."""
    answers = decide(model.predict(letters.images, batch_size=500, verbose=0),
                     threshold=threshold) != NO_DIGIT
    twins = np.isin(letters.names, list(TWINS))
    each = {name: float(answers[letters.names == name].mean())
            for name in np.unique(letters.names).tolist()}
    return Accepted(len(answers), float(answers.mean()), float(answers[~twins].mean()), each)


def main(arguments: list[str] | None = None) -> None:
    """Print the shares for each network and each source."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.letters.letters", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", nargs="*", type=Path, default=[WEIGHTS],
                        help="files of weights; default: the committed one")
    parser.add_argument("--threshold", type=float,
                        help="the same for all; default: that of the record beside the weights")
    parser.add_argument("--each", action="store_true", help="letter by letter, too")
    parser.add_argument("--install", action="store_true",
                        help="install the typefaces of benchmarks.letters.fonts first, with npm")
    options = parser.parse_args(arguments)
    if options.install:
        install()
    letters = unseen_letters(typefaces=(FOLDER / "node_modules").is_dir())
    if "fontsource" not in letters:
        print("without the typefaces of benchmarks.letters.fonts, which --install installs")
    for path in options.weights:
        model, record = load_recogniser(path), path.with_suffix(".json")
        threshold = options.threshold if options.threshold is not None else \
            read_record(record if record.exists() else WEIGHTS.with_suffix(".json"))["threshold"]
        for source, those in letters.items():
            found = accepted(model, those, threshold)
            print(f"{path} at {threshold}: {source}: {found.count} letters, {found.share:.1%} read "
                  f"as digits, {found.without_twins:.1%} without {' '.join(TWINS)}")
            if options.each:
                print("  " + ", ".join(f"{name} {share:.2f}" for name, share in
                                       found.each.items() if share))


if __name__ == "__main__":
    main()
