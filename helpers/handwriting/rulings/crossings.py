"""Fill one printed line with the paper beside it, except where a stroke crosses it."""

from __future__ import annotations

import numpy as np

from helpers.handwriting.rulings.rulings import Line

MARGIN = 3  # pixels beside a line that tell what it crosses
TAIL = 0.12  # of a line's darkness; its blurred edge ends there
OVER = 0.45  # by so much of its own darkness must ink on a line be darker than the line
BESIDE = 0.4  # so dark, in the line's darkness, is ink beside it
LEAST_INK = 0.06  # of the paper's brightness
SLANTS = (-1.0, -0.6, -0.3, 0.0, 0.3, 0.6, 1.0)  # of strokes that cross, columns to a row
USUAL = 0.7  # quantile along a line: dashes leave out less, and strokes cover less


def places(line: Line, offsets: np.ndarray,
           shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns (offsets, n) beside a line, those off the page moved to its edge."""
    rows = np.round(line.at).astype(int)[None] + offsets[:, None]
    columns = np.broadcast_to(np.arange(line.first, line.last), rows.shape)
    return np.clip(rows, 0, shape[0] - 1), columns


def profile_of(light: np.ndarray, line: Line, reach: int,
               bands: np.ndarray | None) -> tuple[np.ndarray, int, int]:
    """Return how dark a line is across (2 * far + 1,), and from which to which offset it lies.

    light: (h, w), ink darker. bands: (h, w), other lines, where nothing is to be learned.
    It is a quantile along the line, so that strokes which cross it count nothing.
    """
    far = reach + MARGIN
    offsets = np.arange(-far, far + 1)
    here = places(line, offsets, light.shape)
    if bands is not None:
        alone = ~bands[here[0][[0, far, -1]], here[1][[0, far, -1]]].any(0)
        if alone.sum() > 20:
            here = here[0][:, alone], here[1][:, alone]
    seen = light[here]
    share = 1 - seen / np.maximum(np.minimum(seen[0], seen[-1]), 40)
    cut = min(int(USUAL * share.shape[1]), share.shape[1] - 1)
    darkness = np.partition(share, cut, axis=1)[:, cut]
    darkness = darkness - np.minimum(darkness[0], darkness[-1])  # the noise's own quantile
    inner = darkness[MARGIN:-MARGIN]
    peak = int(np.argmax(inner)) + MARGIN
    above = darkness > max(TAIL * darkness[peak], 0.008)
    low = high = peak
    while low > 1 and above[low - 1]:
        low -= 1
    while high < 2 * far - 1 and above[high + 1]:
        high += 1
    # Places are whole pixels, and a slanting line lies between them.
    return darkness, max(low - far - 1, 2 - far), min(high - far + 1, far - 2)


def fill_line(cleaned: np.ndarray, taken: np.ndarray, light: np.ndarray, line: Line,
              profile: tuple[np.ndarray, int, int], bands: np.ndarray | None) -> None:
    """Fill a line in `cleaned` (h, w, channels) with paper and mark it in `taken`, in place.

    light: (h, w), in which ink is darker. bands: (h, w), pixels that are left to other lines.
    """
    import cv2

    darkness, low, high = profile
    far, band = len(darkness) // 2, np.arange(low, high + 1)
    rows, columns = places(line, band, light.shape)
    over = places(line, np.arange(low - 2, low), light.shape)
    under = places(line, np.arange(high + 1, high + 3), light.shape)
    sides = np.stack([light[over].mean(0), light[under].mean(0)])  # (2, n)
    paper = cv2.blur(cv2.dilate(sides.max(0)[None], np.ones((1, 9))), (15, 1))[0]
    paper = np.maximum(paper, 40)
    peak = max(float(darkness.max()), 0.02)
    ink = sides < paper * (1 - max(BESIDE * peak, LEAST_INK))
    free = np.ones(rows.shape, bool)
    if bands is not None:
        other = bands[rows, columns]
        free &= ~other
        # Beside another line its own blurred edge is no stroke.
        ink &= ~cv2.dilate(np.stack([bands[over].any(0), bands[under].any(0)]).astype(np.uint8),
                           np.ones((1, 5), np.uint8)).astype(bool)
    free &= ~crossed(ink, len(band))
    share = 1 - light[rows, columns] / paper
    free &= share <= darkness[band + far][:, None] * (1 + OVER) + 0.08
    # Paper comes from the side without ink, and from both where both have none.
    weights = np.where(ink.all(0), 1.0, (~ink).astype(float)) + 1e-6
    mix = (band - low + 1)[:, None] / (len(band) + 1)
    lower, upper = weights[1] * mix, weights[0] * (1 - mix)
    part = (lower / (lower + upper))[..., None]
    fresh = cleaned[over].mean(0)[None] * (1 - part) + cleaned[under].mean(0)[None] * part
    cleaned[rows[free], columns[free]] = fresh[free]
    taken[rows[free], columns[free]] = True


def crossed(ink: np.ndarray, thickness: int) -> np.ndarray:
    """Return the mask (thickness, n) of a line's pixels that lie on a stroke which crosses it.

    ink: (2, n), where there is ink above and below the line. A pixel belongs to a stroke if at one
    slant both its ends do.
    """
    mask = np.zeros((thickness, ink.shape[1]), bool)
    if not (ink[0].any() and ink[1].any()):
        return mask
    for slant in SLANTS:
        for row in range(thickness):
            up, down = round(slant * (row + 1.5)), round(slant * (thickness - row + 0.5))
            mask[row] |= shifted(ink[0], up) & shifted(ink[1], -down)
    return mask


def shifted(row: np.ndarray, by: int) -> np.ndarray:
    """Return a row (n,) bool moved to the right by some places, empty ones filled with False."""
    moved = np.zeros_like(row)
    if by >= 0:
        moved[by:] = row[:len(row) - by]
    else:
        moved[:by] = row[-by:]
    return moved
