"""Shapes that lie about on a page and are no digit, in MNIST's form: rings, buttons, doodles.

A ring is nearly round: a narrow one is a 0 to any reader, and stays out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.handwriting.snapshots import prepared
from benchmarks.letters.glyphs import bent

SHEET, CENTRE = 140, 70  # pixels
LEAST_ROUND = 0.86  # the shorter axis of a ring, in longer ones


def empty() -> np.ndarray:
    """A sheet without ink, on which OpenCV draws."""
    return np.zeros((SHEET, SHEET), np.uint8)


def axes_of(random: np.random.Generator, least: float = LEAST_ROUND) -> list[int]:
    """The two half axes of an ellipse of about 100 pixels."""
    return [48, round(48 * random.uniform(least, 1))]


def width_of(random: np.random.Generator, most: int = 24) -> int:
    """How thick a line is, in pixels of the sheet; the half of them as a pen draws."""
    return int(random.integers(8, most))


def ring(random: np.random.Generator) -> np.ndarray:
    """A closed ring."""
    import cv2

    sheet = empty()
    cv2.ellipse(sheet, (CENTRE, CENTRE), axes_of(random), random.uniform(0, 180), 0, 360, 255,
                width_of(random))
    return sheet


def coffee_ring(random: np.random.Generator) -> np.ndarray:
    """A ring as a wet cup leaves it: of uneven thickness, often open, with a drop beside it."""
    import cv2

    sheet, half = empty(), axes_of(random, 0.92)
    thin, thick, turn = 4, width_of(random, 20), random.uniform(0, 2 * np.pi)
    gap = random.choice([0, 0, random.uniform(0.1, 0.6)])
    for angle in np.arange(0, 2 * np.pi * (1 - gap), 0.05) + turn:
        share = 0.5 + 0.5 * np.sin(angle * random.choice([1, 1, 2]) + turn)
        point = CENTRE + np.array(half) * (np.cos(angle), np.sin(angle))
        cv2.circle(sheet, point.astype(int).tolist(),
                   max(2, round((thin + (thick - thin) * share) / 2)), 255, -1)
    if random.random() < 0.3:
        cv2.circle(sheet, random.integers(30, 110, 2).tolist(), int(random.integers(4, 12)), 255,
                   -1)
    return sheet


def target(random: np.random.Generator) -> np.ndarray:
    """Rings in a ring, or a dot in one."""
    import cv2

    sheet, half, width = empty(), axes_of(random), int(random.integers(6, 13))
    cv2.ellipse(sheet, (CENTRE, CENTRE), half, 0, 0, 360, 255, width)
    inner = random.uniform(0.15, 0.6)
    cv2.ellipse(sheet, (CENTRE, CENTRE), [max(4, round(inner * side)) for side in half], 0, 0, 360,
                255, int(random.choice([-1, width])))
    return sheet


def button(random: np.random.Generator) -> np.ndarray:
    """A round button: a disc, or a ring, with two or four holes."""
    import cv2

    sheet, half = empty(), axes_of(random, 0.9)
    solid = random.random() < 0.6
    cv2.ellipse(sheet, (CENTRE, CENTRE), half, 0, 0, 360, 255,
                -1 if solid else width_of(random, 16))
    count, turn, far = random.choice([2, 4]), random.uniform(0, np.pi), random.uniform(12, 24)
    for angle in turn + 2 * np.pi * np.arange(count) / count:
        place = CENTRE + far * np.array([np.cos(angle), np.sin(angle)])
        cv2.circle(sheet, place.astype(int).tolist(), int(random.integers(5, 10)),
                   0 if solid else 255, -1)
    return sheet


def lines(random: np.random.Generator, *strokes: list[tuple[float, float]],
          closed: bool = False) -> np.ndarray:
    """Strokes through points from 0 to 1, columns and rows, each point a little off."""
    import cv2

    sheet, width = empty(), width_of(random, 18)
    for points in strokes:
        moved = 20 + 100 * (np.array(points) + random.normal(0, 0.03, (len(points), 2)))
        cv2.polylines(sheet, [moved.astype(np.int32)], closed, 255, width)
    return sheet


def mark(random: np.random.Generator) -> np.ndarray:
    """A cross, a tick, an arrow, a plus, an equals sign, a hash or a star."""
    kind = random.integers(8)
    if kind == 0:
        return lines(random, [(0, 0), (1, 1)], [(1, 0), (0, 1)])
    if kind == 1:
        return lines(random, [(0, 0.6), (0.35, 1), (1, 0)])
    if kind == 2:
        tip = lines(random, [(0, 0.5), (1, 0.5)], [(0.65, 0.2), (1, 0.5), (0.65, 0.8)])
        return np.ascontiguousarray(np.rot90(tip, random.integers(4)))
    if kind == 3:
        return lines(random, [(0.5, 0), (0.5, 1)], [(0, 0.5), (1, 0.5)])
    if kind == 4:
        return lines(random, [(0, 0.3), (1, 0.3)], [(0, 0.7), (1, 0.7)])
    if kind == 5:
        return lines(random, [(0.3, 0), (0.2, 1)], [(0.8, 0), (0.7, 1)],
                     [(0, 0.3), (1, 0.3)], [(0, 0.7), (1, 0.7)])
    turns = np.radians(random.uniform(0, 72) + 144 * np.arange(5))
    star = [(0.5 + 0.5 * np.cos(turn), 0.5 + 0.5 * np.sin(turn)) for turn in turns]
    if kind == 6:
        return lines(random, star, closed=True)
    return lines(random, *([(1 - x, 1 - y), (x, y)] for x, y in star[:3]))


def polygon(random: np.random.Generator) -> np.ndarray:
    """The outline of a triangle, a square, a diamond or a house."""
    corners = [[(0.5, 0), (1, 0.9), (0, 0.9)], [(0, 0), (1, 0), (1, 1), (0, 1)],
               [(0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)],
               [(0, 0.4), (0.5, 0), (1, 0.4), (1, 1), (0, 1)]][random.integers(4)]
    return lines(random, corners, closed=True)


def wave(random: np.random.Generator) -> np.ndarray:
    """A spiral of more than a turn and a half, a zigzag or a wave."""
    import cv2

    kind, steps = random.integers(3), np.linspace(0, 1, 80)
    if kind == 0:
        angles = steps * random.uniform(3.2, 6) * np.pi * random.choice([-1, 1])
        turn = random.uniform(0, 2 * np.pi)
        points = np.stack([0.5 + steps * np.cos(angles + turn) / 2,
                           0.5 + steps * np.sin(angles + turn) / 2], 1)
        sheet = empty()
        cv2.polylines(sheet, [(20 + 100 * points).astype(np.int32)], False, 255,
                      int(random.integers(6, 11)))
        return sheet
    count = int(random.integers(5, 9))
    if kind == 1:
        across = np.linspace(0, 1, count)
        points = np.stack([across, 0.5 + 0.3 * (-1.0) ** np.arange(count)], 1)
    else:
        points = np.stack([steps, 0.5 + 0.25 * np.sin(np.pi * count * steps)], 1)
    if random.random() < 0.5:
        points = points[:, ::-1]
    return lines(random, points) if kind == 1 else lines(random, points[::4])


SHAPES: dict[str, Callable[[np.random.Generator], np.ndarray]] = {
    "ring": ring, "coffee ring": coffee_ring, "target": target, "button": button, "mark": mark,
    "polygon": polygon, "wave": wave}


def draw_shapes(count: int, *, seed: int, kind: str | None = None) -> np.ndarray:
    """Draw shapes in MNIST's form: (count, 28, 28) float32, ink 1 on 0, the same for a seed.

    kind: one of SHAPES, or None for all of them in turn. Raises ValueError for an unknown kind.
    """
    if kind is not None and kind not in SHAPES:
        raise ValueError(f"kind must be one of {', '.join(SHAPES)} or None, got {kind!r}")
    random, kinds = np.random.default_rng(seed), [kind] if kind else list(SHAPES)
    pictures = np.zeros((count, 28, 28), np.float32)
    for number in range(count):
        image = None
        while image is None:  # few are lost in a photograph
            sheet = SHAPES[kinds[number % len(kinds)]](random)
            image = prepared(bent((sheet > 127).astype(np.float32), random), random)
        pictures[number] = image
    return pictures
