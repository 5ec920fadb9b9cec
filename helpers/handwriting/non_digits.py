"""Pictures in MNIST's form that are no digit, for a network to learn and to be measured on.

A camera sees more than digits: letters, scribbles, blots, specks of noise. A network with ten
outputs answers with a digit all the same, unless it has met such things while it was trained. The
recogniser has met all of them but these letters: it learned letters from typefaces, and rings,
buttons and other shapes from benchmarks.letters.shapes.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

SIZE, BOX, LARGE = 28, 20, 112  # pixels of the picture, of the ink in it, of the sheet drawn on
# No letter that is a digit in some hand: B D G I J L O Q S Z and T, V, Y, C, U, P stay out.
LETTERS = "AEFHKMNRWX&#%@?=*kmwxheR"
FONTS = ("SIMPLEX", "COMPLEX", "SCRIPT_SIMPLEX")  # of OpenCV, each a cv2.FONT_HERSHEY_...


def letter(random: np.random.Generator) -> np.ndarray:
    """A letter or a sign."""
    import cv2

    sheet = np.zeros((LARGE, LARGE), np.uint8)
    sign = LETTERS[random.integers(len(LETTERS))]
    font = getattr(cv2, f"FONT_HERSHEY_{FONTS[random.integers(len(FONTS))]}")
    cv2.putText(sheet, sign, (15, 90), font, 3, 255, int(random.integers(6, 16)), cv2.LINE_AA)
    return sheet


def scribble(random: np.random.Generator) -> np.ndarray:
    """A line that turns back on itself many times."""
    import cv2

    sheet = np.zeros((LARGE, LARGE), np.uint8)
    points = random.integers(12, LARGE - 12, (random.integers(7, 13), 1, 2)).astype(np.int32)
    cv2.polylines(sheet, [points], bool(random.integers(2)), 255, int(random.integers(3, 10)),
                  cv2.LINE_AA)
    return sheet


def blot(random: np.random.Generator) -> np.ndarray:
    """A filled shape: box, ellipse or polygon, not so slim that it could be a 1."""
    import cv2

    sheet = np.zeros((LARGE, LARGE), np.uint8)
    kind, half = random.integers(3), random.uniform(25, 45, 2)
    if kind == 0:
        cv2.rectangle(sheet, *((LARGE / 2 + sign * half).astype(int).tolist()
                               for sign in (-1, 1)), 255, -1)
    elif kind == 1:
        cv2.ellipse(sheet, (LARGE // 2,) * 2, half.astype(int).tolist(),
                    random.uniform(0, 180), 0, 360, 255, -1, cv2.LINE_AA)
    else:
        angles = np.sort(random.uniform(0, 2 * np.pi, random.integers(5, 10)))
        ring = half * random.uniform(0.6, 1, (len(angles), 1))
        points = LARGE / 2 + ring * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        cv2.fillPoly(sheet, [points.astype(np.int32)], 255, cv2.LINE_AA)
    return sheet


def frame(random: np.random.Generator) -> np.ndarray:
    """An empty box or a grid: the edge of a sheet, of a window, of a table's cell."""
    import cv2

    sheet = np.zeros((LARGE, LARGE), np.uint8)
    first, last = random.integers(5, 25, 2), random.integers(85, 107, 2)
    width = int(random.integers(2, 9))
    cv2.rectangle(sheet, first.tolist(), last.tolist(), 255, width)
    for _ in range(random.integers(3)):
        ends = random.integers(first, last, (2, 2))
        axis = random.integers(2)
        ends[:, axis] = ends[0, axis]
        ends[:, 1 - axis] = first[1 - axis], last[1 - axis]
        cv2.line(sheet, *ends.tolist(), 255, width)
    return sheet


def blob(random: np.random.Generator) -> np.ndarray:
    """The piece in the middle of blurred and thresholded noise."""
    import cv2

    noise = cv2.GaussianBlur(random.normal(size=(LARGE, LARGE)).astype(np.float32), (0, 0),
                             random.uniform(2, 9))
    ink = (noise > np.quantile(noise, random.uniform(0.5, 0.85))).astype(np.uint8)
    _, pieces, numbers, _ = cv2.connectedComponentsWithStats(ink)
    largest = 1 + int(np.argmax(numbers[1:, cv2.CC_STAT_AREA]))
    return np.where(pieces == largest, 255, 0).astype(np.uint8)


def specks(random: np.random.Generator) -> np.ndarray:
    """Many small pieces of noise."""
    import cv2

    grain = int(random.integers(7, 40))
    noise = random.uniform(size=(grain, grain)) > random.uniform(0.4, 0.95)
    return cv2.resize(255 * noise.astype(np.uint8), (LARGE, LARGE),
                      interpolation=int(random.choice([cv2.INTER_NEAREST, cv2.INTER_LINEAR])))


KINDS: dict[str, Callable[[np.random.Generator], np.ndarray]] = {
    "letter": letter, "scribble": scribble, "blot": blot, "frame": frame, "blob": blob,
    "specks": specks}


def draw_non_digits(count: int, *, seed: int, kind: str | None = None) -> np.ndarray:
    """Draw pictures that are no digit: (count, 28, 28) float32, ink 1 on 0, the same for a seed.

    kind: one of KINDS, or None for all of them in turn.
    Raises ValueError for an unknown kind or a negative count.
    """
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)} or None, got {kind!r}")
    if count < 0:
        raise ValueError(f"count must be at least 0, got {count}")
    random, kinds = np.random.default_rng(seed), [kind] if kind else list(KINDS)
    pictures = np.zeros((count, SIZE, SIZE), np.float32)
    for number in range(count):
        pictures[number] = fit(KINDS[kinds[number % len(kinds)]](random))
    return pictures


def fit(sheet: np.ndarray) -> np.ndarray:
    """Scale the ink of a drawing into 20x20 and centre its mass in 28x28, as MNIST's digits are."""
    import cv2

    rows, columns = np.flatnonzero(sheet.any(axis=1)), np.flatnonzero(sheet.any(axis=0))
    if not len(rows):
        return np.zeros((SIZE, SIZE), np.float32)
    ink = sheet[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1].astype(np.float32) / 255
    factor = BOX / max(ink.shape)
    height, width = (max(1, round(factor * length)) for length in ink.shape)
    small = cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA)
    row, column = (np.average(np.arange(length), weights=small.sum(axis=1 - axis))
                   for axis, length in enumerate(small.shape))
    top = int(np.clip(round((SIZE - 1) / 2 - row), 0, SIZE - height))
    left = int(np.clip(round((SIZE - 1) / 2 - column), 0, SIZE - width))
    picture = np.zeros((SIZE, SIZE), np.float32)
    picture[top:top + height, left:left + width] = np.clip(small, 0, 1)  # rounding
    return picture
