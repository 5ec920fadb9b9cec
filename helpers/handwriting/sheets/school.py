"""Compose pages of digits as schools and forms have them: on ruled and squared paper, in frames."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from helpers.handwriting.sheets.compose import PAPER, Sheet, write
from helpers.handwriting.sheets.paper import FRAMES, RULINGS, print_frames, print_ruling
from helpers.handwriting.sheets.scene import add_noise, blur, light_up, tilt

FAMILIES = ("plain", *RULINGS, *FRAMES)
TROUBLES = ("pencil", "glare", "sizes", "jpeg", "camera")
PENS = ((40, 40, 45), (30, 50, 150), (35, 40, 90), (20, 20, 22))
PENCIL = (118, 118, 122)


def compose_page(images: np.ndarray, labels: np.ndarray, *, family: str, seed: int,
                 troubles: Collection[str] = ("camera",), columns: int = 7,
                 strength: float | None = None) -> Sheet:
    """Compose MNIST digits (n, 28, 28) uint8 on printed paper; the seed decides everything.

    family: from FAMILIES: a ruling, or frames around the places for digits.
    troubles: from TROUBLES.
      pencil: pale and thin; glare: bright spots; sizes: from a sixth of the largest up, mixed;
      jpeg: compressed strongly; camera: tilt, uneven light, blur and noise as a photo has them.
    strength: of what is printed, as a share of the ink's contrast; None draws it from the seed.
    Raises ValueError for an unknown family or trouble.
    """
    if family not in FAMILIES:
        raise ValueError(f"family must be one of {', '.join(FAMILIES)}; got {family!r}")
    if unknown := set(troubles) - set(TROUBLES):
        raise ValueError(f"troubles are {', '.join(TROUBLES)}; got {', '.join(sorted(unknown))}")
    random = np.random.default_rng(seed)
    largest = random.uniform(34, 90)
    cell = 1.9 * largest
    rows = -(-len(images) // columns)
    page = np.empty((round(cell * (rows + 1)), round(cell * (columns + 1)), 3), np.float32)
    page[:] = PAPER
    framed = family in FRAMES
    shift = random.uniform(-0.12, 0.12, (len(images), 2)) * (0.3 if framed else 1)
    places = np.array([divmod(number, columns) for number in range(len(images))]) + 1.0
    sizes = (random.uniform(0.16, 1, len(images)) if "sizes" in troubles
             else random.uniform(0.8, 1, len(images))) * largest
    ink = np.array(PENCIL if "pencil" in troubles else PENS[random.integers(len(PENS))], np.float32)
    contrast = 1 - float(ink.min()) / 240
    centres = cell * (places + shift)
    if framed:
        print_frames(page, random, family, centres=cell * places, cell=cell, size=largest,
                     ink=contrast, strength=strength)
    elif family != "plain":
        print_ruling(page, random, family, size=largest, ink=contrast, strength=strength)
    thickness = random.uniform(0.04, 0.07) if "pencil" in troubles else random.uniform(0.06, 0.14)
    sizes = [write(page, image, centre, ink, size=round(size), thickness=thickness)
             for image, centre, size in zip(images, centres, sizes, strict=True)]
    page, centres = expose(page, centres, random, troubles, cell)
    return Sheet(page, np.asarray(labels).astype(np.int64), centres, np.array(sizes))


def expose(page: np.ndarray, centres: np.ndarray, random: np.random.Generator,
           troubles: Collection[str], cell: float) -> tuple[np.ndarray, np.ndarray]:
    """Look at a page (h, w, 3) float32 as a camera or a scanner does; uint8 and the new centres."""
    import cv2

    if "camera" in troubles:
        page, centres = tilt(page, centres, random)
        page = light_up(page, random)
    if "glare" in troubles:
        add_glare(page, random)
    if "camera" in troubles:
        page = add_noise(blur(page, random, 0.6 * cell), random)
    page = np.clip(np.round(page), 0, 255).astype(np.uint8)
    if "jpeg" in troubles:
        quality = int(random.integers(30, 75))
        page = cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)
    return page, centres


def add_glare(page: np.ndarray, random: np.random.Generator) -> None:
    """Let one to three lamps shine in glossy paper, in place: ink there keeps a third or more."""
    height, width = page.shape[:2]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    for _ in range(random.integers(1, 4)):
        row, column = random.uniform(0.1, 0.9, 2) * (height, width)
        reach = random.uniform(0.05, 0.2) * min(height, width)
        spot = np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / (2 * reach**2))
        page += (random.uniform(0.2, 0.6) * spot)[..., None] * (255 - page)


def turn_sheet(sheet: Sheet, quarters: int) -> Sheet:
    """Turn a page anticlockwise by quarters; its digits stay in their own reading order."""
    image, centres = sheet.image, sheet.centres
    for _ in range(quarters % 4):
        centres = np.stack([image.shape[1] - 1 - centres[:, 1], centres[:, 0]], axis=1)
        image = np.rot90(image)
    return Sheet(np.ascontiguousarray(image), sheet.labels, centres, sheet.sizes)
