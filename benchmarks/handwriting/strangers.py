"""What the recogniser learns beside MNIST's digits: letters to refuse, and digits of other hands.

Some letters are a digit to any reader: nothing but its neighbours tells an o from a 0. They are
learned from as well, but each at a smaller weight, so that where a shape is as common among digits
the digit wins. The weights follow Bayes: what the network answers comes near the share of digits
among all that has this shape.
"""

from __future__ import annotations

import string
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from benchmarks.handwriting.snapshots import prepared
from benchmarks.letters.fonts import Face, faces
from benchmarks.letters.glyphs import written
from benchmarks.letters.shapes import draw_shapes
from helpers.handwriting.non_digits import KINDS, draw_non_digits

LETTERS = string.ascii_letters
SIGNS = "!?&@#$%=+*<>[{~^"
GREEK = "αβγδεζηθλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ"
CYRILLIC = "абвгджиклмнпруфхцшщыэюяБГДЖИЛПУФЦШЩЫЭЮЯ"  # without those that are Latin, З and ч
STRANGE = 0.7  # the weight of what is no digit, beside a digit's 1
TWINS = {"l": 0.1, "I": 0.1, "o": 0.4, "O": 0.4}  # shares of it for letters that are digits, too
PLAIN = ("400-normal",)
NO_LABEL, SHAPE = -1, "shape"


class Lessons(NamedTuple):
    """images: (n, 28, 28) float32. labels: (n,), the digit or -1. weights: (n,) float32.

    names: (n,), the character or the kind of shape that each of them is.
    """

    images: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    names: np.ndarray

    def summary(self) -> dict[str, int]:
        """How many there are of each sort."""
        sorts = {"letters": LETTERS, "signs": SIGNS, "digits": string.digits, "greek": GREEK,
                 "cyrillic": CYRILLIC}
        counts = {sort: int(np.isin(self.names, list(members)).sum())
                  for sort, members in sorts.items()}
        return {**counts, "shapes": int(np.sum(self.names == SHAPE)),
                "other": int(np.isin(self.names, list(KINDS)).sum())}


def draw_characters(chosen: list[Face], characters: str, *,
                    seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw every character of every face, as printed or with a pen: images and characters."""
    random, images, names = np.random.default_rng(seed), [], []
    for face in tqdm(chosen, desc="letters", unit="face", leave=False):
        for character in characters:
            if character not in face.characters:
                continue
            plane = written(face.path, character, random, pen=random.random() < 0.5)
            image = None if plane is None else prepared(plane, random)
            if image is not None:
                images.append(image)
                names.append(character)
    return np.array(images, np.float32).reshape(-1, 28, 28), np.array(names)


def draw_lessons(part: str, *, seed: int, others: int, typefaces: bool = True) -> Lessons:
    """Draw letters, signs and digits from the typefaces of a part, and shapes.

    part: "train", "validation" or "test", see benchmarks.letters.fonts. others: how many shapes of
    benchmarks.letters.shapes; and as many of helpers.handwriting.non_digits, but for its letters,
    which are from
    another source and stay unseen. typefaces: whether they are installed; else only shapes come.
    """
    drawn = [(draw_shapes(others, seed=seed), np.full(others, SHAPE))]
    if typefaces:
        drawn += [
            draw_characters(faces(part), LETTERS + SIGNS + string.digits, seed=seed),
            draw_characters(faces(part, "greek", kinds=PLAIN), GREEK, seed=seed + 1),
            draw_characters(faces(part, "cyrillic", kinds=PLAIN), CYRILLIC, seed=seed + 2)]
    kinds = [kind for kind in KINDS if kind != "letter"]
    drawn += [(draw_non_digits(others // len(kinds), seed=seed, kind=kind),
               np.full(others // len(kinds), kind)) for kind in kinds]
    images, names = (np.concatenate(column) for column in zip(*drawn, strict=True))
    labels = np.array([int(name) if name in string.digits else NO_LABEL
                       for name in names.tolist()])
    weights = np.array([TWINS.get(name, 1.0) for name in names.tolist()], np.float32)
    weights[labels == NO_LABEL] *= STRANGE
    return Lessons(images, labels, weights, names)
