"""Compose digits on paper as a camera might see them, with the truth about each."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from helpers.handwriting.sheets.digits import draw_digit
from helpers.handwriting.sheets.scene import add_noise, blur, light_up, rule, tilt

EFFECTS = ("light", "noise", "blur", "tilt", "thickness", "colour", "size", "board", "ruling")
PAPER, INK = (242, 240, 233), (40, 40, 45)
BOARD, CHALK = (38, 60, 48), (225, 228, 220)
INKS = ((40, 40, 45), (30, 50, 150), (150, 35, 40), (20, 95, 60), (90, 90, 95))


class Sheet(NamedTuple):
    """A page and its truth: image (h, w, 3) uint8; labels (n,) int64 in reading order; centres
    (n, 2), row and column of each digit's middle in pixels; sizes (n,), its longer side."""

    image: np.ndarray
    labels: np.ndarray
    centres: np.ndarray
    sizes: np.ndarray

    def crops(self, *, margin: float = 0.25) -> list[np.ndarray]:
        """Cut each digit out as with scissors: a square, with a margin in sizes of the digit."""
        height, width = self.image.shape[:2]
        cut = []
        for (row, column), size in zip(self.centres, self.sizes, strict=True):
            half = (0.5 + margin) * size
            cut.append(self.image[int(max(0, row - half)):int(min(height, row + half)),
                                  int(max(0, column - half)):int(min(width, column + half))])
        return cut


def compose_sheet(images: np.ndarray, labels: np.ndarray, *, seed: int, columns: int = 5,
                  cell: int = 170, effects: Collection[str] = EFFECTS) -> Sheet:
    """Compose MNIST digits (n, 28, 28) uint8 on one page, row by row in cells of `cell` pixels.

    seed: decides everything; the same seed gives the same page.
    effects: from EFFECTS. Without any, the page is even and level, its ink dark and thick enough.
      light: a gradient, and the shadow of an edge; noise: of the sensor; blur: of the lens; tilt:
      up to 8 degrees, with a little perspective; thickness: of the pen; colour: of the ink;
      size: of the digits, and their places in the cells; board: one page in five is chalk on a
      board; ruling: one page in four has pale lines or squares.
    Raises ValueError for shapes that do not fit and for an unknown effect.
    """
    images, labels = np.asarray(images), np.asarray(labels)
    if images.ndim != 3 or images.shape[1:] != (28, 28) or labels.shape != images.shape[:1]:
        raise ValueError("expected images of shape (n, 28, 28) and labels (n,); "
                         f"got {images.shape} and {labels.shape}")
    if unknown := set(effects) - set(EFFECTS):
        raise ValueError(f"effects are {', '.join(EFFECTS)}; got {', '.join(sorted(unknown))}")
    random = np.random.default_rng(seed)
    board = random.random() < 0.2 and "board" in effects
    rows = -(-len(images) // columns)
    page = np.empty((cell * (rows + 1), cell * (columns + 1), 3), np.float32)
    page[:] = BOARD if board else PAPER
    ruled = random.random() < 0.25
    if ruled and "ruling" in effects:
        rule(page, random, cell)
    ink = np.array(CHALK if board else INK, np.float32)
    centres, sizes = [], []
    for number, image in enumerate(images):
        # Drawn in any case, so that leaving out one effect leaves the others as they are.
        height, shift = random.uniform(0.3, 0.62), random.uniform(-0.12, 0.12, 2)
        thickness, colour = random.uniform(0.03, 0.16), INKS[random.integers(len(INKS))]
        height, shift = (height, shift) if "size" in effects else (0.5, np.zeros(2))
        here = np.array(colour, np.float32) if "colour" in effects and not board else ink
        centre = cell * (np.array(divmod(number, columns)) + 1 + shift)
        sizes.append(write(page, image, centre, here, size=round(height * cell),
                           thickness=thickness if "thickness" in effects else None))
        centres.append(centre)
    page, centres = photograph(page, np.array(centres), random, effects, cell)
    return Sheet(page, labels.astype(np.int64), centres, np.array(sizes))


def write(page: np.ndarray, image: np.ndarray, centre: np.ndarray, ink: np.ndarray, *, size: int,
          thickness: float | None) -> int:
    """Write a digit on a page (h, w, 3) float32, in place; its size. See `draw_digit`."""
    opacity = draw_digit(image, size=size, thickness=thickness)
    top, left = np.round(centre - np.array(opacity.shape) / 2).astype(int)
    part = page[top:top + opacity.shape[0], left:left + opacity.shape[1]]
    part += opacity[..., None] * (ink - part)
    return max(opacity.shape)


def photograph(page: np.ndarray, centres: np.ndarray, random: np.random.Generator,
               effects: Collection[str], cell: int) -> tuple[np.ndarray, np.ndarray]:
    """Tilt, light, blur and expose a page (h, w, 3) float32; the picture and the new centres."""
    states = random.spawn(4)
    if "tilt" in effects:
        page, centres = tilt(page, centres, states[0])
    if "light" in effects:
        page = light_up(page, states[1])
    if "blur" in effects:
        page = blur(page, states[2], cell)
    if "noise" in effects:
        page = add_noise(page, states[3])
    return np.clip(np.round(page), 0, 255).astype(np.uint8), centres


def compose_sheets(images: np.ndarray, labels: np.ndarray, *, sheets: int, seed: int,
                   digits: int = 20, **options) -> list[Sheet]:
    """Compose several sheets of digits that are drawn by the seed, none of them twice."""
    if sheets * digits > len(labels):
        raise ValueError(f"{sheets} sheets of {digits} digits need {sheets * digits}; "
                         f"got {len(labels)}")
    chosen = np.random.default_rng(seed).permutation(len(labels))[:sheets * digits]
    seeds = np.random.SeedSequence(seed).generate_state(sheets)
    return [compose_sheet(images[part], labels[part], seed=int(own), **options)
            for part, own in zip(chosen.reshape(sheets, digits), seeds, strict=True)]
