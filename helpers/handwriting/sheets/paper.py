"""Paper that somebody printed on before anybody wrote: lines, squares, dots, a margin, frames."""

from __future__ import annotations

import numpy as np

RULINGS = ("lines", "squares", "dots", "dashes", "margin")
FRAMES = ("boxes", "table", "comb", "circles", "underlines")
# Which channels (red, green, blue) printing takes away: grey, blue, red, green, violet.
TINTS = ((1, 1, 1), (1, 0.6, 0.15), (0.1, 1, 0.9), (1, 0.25, 0.8), (0.6, 1, 0.3))
FINE = 4  # sub-pixels, in sixteenths as OpenCV counts them: lines lie between pixels, too


def print_ruling(page: np.ndarray, random: np.random.Generator, kind: str, *, size: float,
                 ink: float, strength: float | None = None) -> None:
    """Print a ruling of RULINGS on a page (h, w, 3) float32, in place.

    size: of the digits, in pixels; squares are 0.35 to 1.3 of it, lines 0.9 to 2.2 apart.
    ink: the contrast of the ink, a share of the paper's brightness. strength: of the lines, as a
    share of the ink's contrast; None draws one from 0.05 to 0.9.
    """
    import cv2

    height, width = page.shape[:2]
    step = size * (random.uniform(0.35, 1.3) if kind in ("squares", "dots", "dashes")
                   else random.uniform(0.9, 2.2))
    thickness = int(np.clip(random.integers(1, 5), 1, max(1, step / 10)))
    strength = random.uniform(0.05, 0.9) if strength is None else strength
    tint = np.array(TINTS[random.integers(len(TINTS))])
    start = random.uniform(0.2, 1, 2) * step
    rows, columns = (np.arange(first, side, step)
                     for first, side in zip(start, (height, width), strict=True))
    cover = np.zeros((height, width), np.uint8)
    if kind == "dots":
        for row in rows:
            for column in columns:
                cv2.circle(cover, fixed(column, row), max(1, thickness) * 2**FINE * 2 // 3, 255,
                           -1, cv2.LINE_AA, FINE)
    else:
        for row in rows:
            draw_line(cover, (0, row), (width, row), thickness)
        if kind in ("squares", "dashes"):
            for column in columns:
                draw_line(cover, (column, 0), (column, height), thickness)
    if kind == "dashes":
        period, shift = max(6, step / random.uniform(2, 5)), random.uniform(0, 9)
        places = (np.add.outer(np.arange(height), np.arange(width)) + shift) % period
        cover[places > 0.6 * period] = 0
    lay(page, cover, tint, strength * ink)
    if kind == "margin":
        cover[:] = 0
        column = random.uniform(0.05, 0.2) * width
        draw_line(cover, (column, 0), (column, height), thickness + 1)
        lay(page, cover, np.array((0.1, 1, 0.9)), min(0.9, strength + 0.2) * ink)


def print_frames(page: np.ndarray, random: np.random.Generator, kind: str, *,
                 centres: np.ndarray, cell: float, size: float, ink: float,
                 strength: float | None = None) -> None:
    """Print frames of FRAMES for digits at centres (n, 2) on a page (h, w, 3), in place.

    cell: from one place for a digit to the next, in pixels; the others as for `print_ruling`.
    """
    import cv2

    thickness = int(np.clip(random.integers(1, 4), 1, max(1, size / 14)))
    strength = random.uniform(0.2, 1.0) if strength is None else strength
    tint = np.array(TINTS[random.integers(len(TINTS))])
    cover = np.zeros(page.shape[:2], np.uint8)
    half = random.uniform(0.62, 0.85) * size
    half = min(half, 0.44 * cell) if kind != "table" else 0.5 * cell
    for row, column in centres:
        if kind in ("boxes", "table"):
            for corner in range(4):
                signs = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)])[[corner, (corner + 1) % 4]]
                (top, left), (bottom, right) = (row, column) + half * signs
                draw_line(cover, (left, top), (right, bottom), thickness)
        elif kind == "circles":
            cv2.ellipse(cover, (int(column), int(row)),
                        (int(random.uniform(0.95, 1.1) * half), int(1.05 * half)),
                        random.uniform(-20, 20), 0, 360, 255, thickness, cv2.LINE_AA)
        else:
            reach = 0.5 * cell if kind == "comb" else half
            base = row + (0.62 if kind == "comb" else random.uniform(0.52, 0.65)) * size
            draw_line(cover, (column - reach, base), (column + reach, base), thickness)
            if kind == "comb":
                for side in (column - reach, column + reach):
                    draw_line(cover, (side, base - 0.45 * size), (side, base), thickness)
    lay(page, cover, tint, strength * ink)


def draw_line(cover: np.ndarray, start: tuple[float, float], end: tuple[float, float],
              thickness: int) -> None:
    """Draw a line between points (column, row)."""
    import cv2

    cv2.line(cover, fixed(*start), fixed(*end), 255, thickness, cv2.LINE_AA, FINE)


def fixed(column: float, row: float) -> tuple[int, int]:
    """Return a point in the fixed-point numbers that OpenCV draws with."""
    return round(column * 2**FINE), round(row * 2**FINE)


def lay(page: np.ndarray, cover: np.ndarray, tint: np.ndarray, contrast: float) -> None:
    """Take light away where something is printed, a share `contrast` in its strongest channel."""
    page *= 1 - (cover[..., None] / np.float32(255)) * (contrast * tint).astype(np.float32)
