"""Follow the printed lines of a page: long, thin and straight, or nearly so, dashed or not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import numpy as np

STEEPEST = 0.3  # slope; pages are turned by hand, and by no more than about 15 degrees
PART = 4  # pixels of a block that are added up before anything is shifted
MOST_CONTRAST = 0.3  # where ink counts as much as this, and no more, a digit hides no line
LEAST_CONTRAST = 0.015
CLEAR = 5.0  # deviations of the noise that a piece of line stands out
LENGTH = 0.3  # of the page's shorter side: shorter ones are strokes
SAMPLE = 2000  # values tell the noise well enough
FEWEST, UNBROKEN = 4, 0.9  # lines; fewer than that must be nearly without gaps
TWIN = 4  # pixels; printed lines lie further apart
FILLED = 0.6  # of a line's blocks show it; the others may hold digits, or glare
WHOLE = 0.6  # of the page's width; so long a line crosses all of it
GAP = 4  # blocks that a line may be hidden


class Line(NamedTuple):
    """A line as y over x: `at` gives the place (n,) for each whole x from first to last - 1."""

    first: int
    last: int
    at: np.ndarray


def find_lines(ridges: np.ndarray, *, ruled: bool = False) -> list[Line]:
    """Follow the nearly horizontal lines in ridges (h, w), as `ridges_of` gives them.

    ruled: whether the paper is known to be printed on, so that a single line may have gaps, too.
    """
    import cv2

    height, width = ridges.shape
    block = int(np.clip(min(height, width) // 24 // PART, 4, 12)) * PART
    if width < 4 * block or height < 16:
        return []
    parts = sum(ridges[:, start:width // PART * PART:PART] for start in range(PART)) / PART
    count = width // block
    sums = parts[:, :count * (block // PART)].reshape(height, count, -1)  # (h, blocks, parts)
    every = np.linspace(0, count - 1, min(count, 8)).round().astype(int)
    slopes = np.arange(-STEEPEST, STEEPEST + 1e-6, 2 / block)
    coarse = [sheared(sums[:, every], slope) for slope in slopes]
    scores = [float((np.maximum(one - level(one), 0) ** 2).sum()) for one in coarse]
    if max(scores) == 0:
        return []
    best = slopes[int(np.argmax(scores))]
    slopes = best + np.arange(-4, 5) * 1.5 / block
    fields = np.stack([sheared(sums, slope) for slope in slopes])  # (slopes, h, blocks)
    strongest, which = fields.max(0), fields.argmax(0)
    peaks = ((strongest > level(strongest))
             & (strongest >= cv2.dilate(strongest, np.ones((5, 1), np.uint8))))
    lines: list[Line] = []
    whole = []
    for points in follow(peaks, strongest, slopes[which], block):
        line = as_line(points, block, width, height)
        if line is not None and not any(same(line, other) for other in lines):
            lines.append(line)
            whole.append(len(points) >= UNBROKEN * (points[-1][0] - points[0][0] + 1))
    # A row of marks with gaps may look like one broken line, or two, and not like ruled paper.
    return lines if ruled or len(lines) >= FEWEST else [line for line, unbroken in
                                               zip(lines, whole, strict=True) if unbroken]


def same(one: Line, other: Line) -> bool:
    """Tell whether two lines run side by side as the edges of a thick one do."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    if last - first < 0.5 * min(one.last - one.first, other.last - other.first):
        return False
    apart = one.at[first - one.first:last - one.first] - other.at[first - other.first:
                                                                  last - other.first]
    return bool(np.median(np.abs(apart)) < TWIN)


def ridges_of(grey: np.ndarray, reach: int) -> np.ndarray:
    """Return how much darker each pixel is than those `reach` above and below it, a share.

    grey: (h, w) float32. The edge of a shadow is darker than one side alone, and counts nothing.
    """
    share = np.zeros_like(grey)
    middle = grey[reach:-reach]
    paper = np.minimum(grey[:-2 * reach], grey[2 * reach:])
    inner = share[reach:-reach]
    np.subtract(paper, middle, out=inner)
    inner /= np.maximum(paper, 40, out=paper)
    return np.clip(share, -0.1, MOST_CONTRAST, out=share)


def sheared(sums: np.ndarray, slope: float) -> np.ndarray:
    """Average each block (h, blocks, parts) along a slope, to (h, blocks)."""
    height, _, parts = sums.shape
    total = np.zeros(sums.shape[:2], np.float32)
    for part in range(parts):
        shift = round(slope * PART * (part - (parts - 1) / 2))
        total[max(0, -shift):height - max(0, shift)] += sums[max(0, shift):height + min(0, shift),
                                                             :, part]
    return total / parts


def level(field: np.ndarray) -> float:
    """Return the height above which a field shows more than its own noise."""
    sample = field.ravel()[::max(1, field.size // SAMPLE)]
    middle = float(np.median(sample))
    noise = 1.4826 * float(np.median(np.abs(sample - middle)))
    return max(middle + CLEAR * noise, LEAST_CONTRAST)


def follow(peaks: np.ndarray, strength: np.ndarray, slopes: np.ndarray,
           block: int) -> list[list[tuple[int, int]]]:
    """Chain peaks (h, blocks) from block to block; each chain is a list of (block, row)."""
    rows_of = [np.flatnonzero(column).tolist() for column in peaks.T]
    count = len(rows_of)
    taken: set[tuple[int, int]] = set()
    order = sorted(((float(strength[row, one]), one, int(row)) for one in range(count)
                    for row in rows_of[one]), reverse=True)
    slopes = slopes.tolist()
    chains = []
    for _, start, row in order:
        if (start, row) in taken:
            continue
        chain = [(start, row)]
        for way in (1, -1):
            here, at, slope, missed = start, float(row), slopes[row][start], 0
            column = here + way
            while 0 <= column < count and missed <= GAP:
                guess = at + slope * block * (column - here)
                rows, reach = rows_of[column], 2.5 + 0.5 * missed
                near = [other for other in rows[bisect_left(rows, guess - reach):
                                                bisect_right(rows, guess + reach)]
                        if (column, other) not in taken]
                if near:
                    found = min(near, key=lambda other: abs(other - guess))
                    fresh = (found - at) / (block * (column - here))
                    slope = 0.7 * slope + 0.3 * fresh
                    here, at, missed = column, float(found), 0
                    chain.append((column, found))
                else:
                    missed += 1
                column += way
        taken.update(chain)
        chains.append(sorted(chain))
    return chains


def as_line(points: list[tuple[int, int]], block: int, width: int, height: int) -> Line | None:
    """Return the line through points (block, row) if they are enough for one, else None."""
    blocks, rows = np.array(points, float).T
    span = blocks[-1] - blocks[0] + 1
    if len(points) < 4 or span * block < LENGTH * min(width, height) \
            or len(points) < FILLED * span:
        return None
    middles = (blocks + 0.5) * block
    whole = span * block > WHOLE * width  # such a line goes on, wherever glare or ink hides it
    first = 0 if blocks[0] <= 1 or whole else int(middles[0] - block / 2)
    last = (width if blocks[-1] >= width // block - 2 or whole
            else int(middles[-1] + block / 2))
    degree = 1 if len(points) < 6 else 3 if len(points) >= 12 else 2
    scale = max(width, 1)
    curve = np.polynomial.Polynomial.fit(middles / scale, rows, degree)
    off = np.abs(curve(middles / scale) - rows)
    if (off > 2).any() and (off <= 2).sum() > degree + 2:
        curve = np.polynomial.Polynomial.fit(middles[off <= 2] / scale, rows[off <= 2], degree)
        off = np.abs(curve(middles / scale) - rows)
    if np.median(off) > 1.5:
        return None
    at = np.arange(first, last)
    inside = np.clip(at, middles[0], middles[-1])
    slope = curve.deriv()(inside / scale) / scale  # beyond its ends it runs straight on
    return Line(first, last, curve(inside / scale) + slope * (at - inside))
