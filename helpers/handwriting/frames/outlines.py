"""Recognise what frames look like in a piece of ink: four straight sides, a ring, an underline."""

from __future__ import annotations

import numpy as np

SLOPES = np.linspace(-0.24, 0.24, 25)
SIDE, END = 0.8, 0.6  # share of a side, and of its last sixths, that is ink
ROUND = 0.07  # of the radius: so far from an ellipse is a ring
AROUND = 0.72  # share of the outline that lies on the ellipse
REACH = 12  # pixels; a frame's stroke is no thicker
OVERHANG = 0.12  # of an underline's length, on both sides of what stands on it


def sides_of(part: np.ndarray) -> np.ndarray | None:
    """Return the pixels of four straight sides with corners in a piece (h, w), or None.

    Ink that crosses a side is left to what it comes from.
    """
    import cv2

    height, width = part.shape
    if min(height, width) < 12 or max(height, width) > 2.5 * min(height, width):
        return None
    top, bottom = (straight(part, low, high) for low, high in ((0, 0.35), (0.65, 1)))
    left, right = (straight(part.T, low, high) for low, high in ((0, 0.35), (0.65, 1)))
    if None in (top, bottom, left, right):
        return None
    corners = [meet(across, down) for across, down in
               ((top, left), (top, right), (bottom, right), (bottom, left))]  # (row, column)
    near = cv2.dilate(part.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
        points = np.linspace(one, other, 60).round().astype(int)
        points = np.clip(points, 0, (height - 1, width - 1))
        inked = near[points[:, 0], points[:, 1]]
        if inked.mean() < SIDE or min(inked[:10].mean(), inked[-10:].mean()) < END:
            return None
    sides = np.zeros(part.shape, bool)
    for line, plane, target in ((top, part, sides), (bottom, part, sides),
                                (left, part.T, sides.T), (right, part.T, sides.T)):
        target |= along(plane, line)
    return sides


def straight(part: np.ndarray, low: float, high: float) -> tuple[float, float] | None:
    """Return (row at column 0, slope) of the longest nearly horizontal line in some rows."""
    rows, columns = np.nonzero(part)
    height, width = part.shape
    first, last = int(low * height), max(int(np.ceil(high * height)), 1)
    starts = np.round(rows - SLOPES[:, None] * (columns - width / 2)).astype(int)
    counts = np.stack([np.bincount(some[(some >= 0) & (some < height)], minlength=height)
                       for some in starts])[:, first:last]
    best = counts.max()
    if best <= 0.5 * width:
        return None
    # In a thick line many lie, at several slopes: the middle one of those around one of them.
    slopes, places = np.nonzero(counts >= 0.97 * best)
    near = np.abs(places - places[0]) <= REACH
    row, slope = first + places[near].mean(), float(SLOPES[slopes[near]].mean())
    return float(row - slope * width / 2), slope


def meet(across: tuple[float, float], down: tuple[float, float]) -> tuple[float, float]:
    """Return the row and column where a line across and a line down meet."""
    (row, rise), (column, lean) = across, down
    at = (column + lean * row) / (1 - lean * rise)
    return row + rise * at, at


def along(part: np.ndarray, line: tuple[float, float]) -> np.ndarray:
    """Return the pixels of a piece (h, w) that belong to a line, not to strokes which cross it."""
    row, slope = line
    height, width = part.shape
    columns = np.arange(width)
    middle = np.clip(np.round(row + slope * columns).astype(int), 0, height - 1)
    reach = np.arange(-REACH, REACH + 1)
    rows = np.clip(middle[None] + reach[:, None], 0, height - 1)
    seen = part[rows, columns]  # (2 * REACH + 1, w)
    seen &= (middle[None] + reach[:, None] >= 0) & (middle[None] + reach[:, None] < height)
    up = np.cumprod(seen[REACH::-1], 0).sum(0)  # how far ink goes on from the line
    down = np.cumprod(seen[REACH:], 0).sum(0)
    inked = up > 0
    if not inked.any():
        return np.zeros(part.shape, bool)
    usual = [int(np.median(some[inked])) + 1 for some in (up, down)]
    belongs = np.zeros(part.shape, bool)
    for offset, seen_row in zip(reach, seen, strict=True):
        within = -usual[0] < offset < usual[1]
        if within:
            crossed = (up > usual[0] + 1) & (down > usual[1] + 1)
            ok = seen_row & ~crossed
            belongs[rows[offset + REACH, ok], columns[ok]] = True
    return belongs


def ring_of(part: np.ndarray, outline: np.ndarray) -> np.ndarray | None:
    """Return the pixels of a ring in a piece (h, w), or None. outline: OpenCV's, (n, 1, 2)."""
    import cv2

    height, width = part.shape
    if len(outline) < 40 or max(height, width) > 1.8 * min(height, width):
        return None
    hull = cv2.convexHull(outline)
    if len(hull) < 5:
        return None
    (column, row), (wide, high), angle = cv2.fitEllipse(hull)
    if min(wide, high) < 12 or max(wide, high) > 1.8 * min(wide, high):
        return None
    turn = np.radians(angle)

    def radius(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        right, down = columns - column, rows - row
        return np.hypot((right * np.cos(turn) + down * np.sin(turn)) / (wide / 2),
                        (down * np.cos(turn) - right * np.sin(turn)) / (high / 2))

    edge = radius(outline[:, 0, 1].astype(float), outline[:, 0, 0].astype(float))
    if np.mean(np.abs(edge - 1) < ROUND) < AROUND:
        return None
    rows, columns = np.nonzero(part)
    places = radius(rows.astype(float), columns.astype(float))
    thickness = ring_thickness(places)
    if thickness is None:
        return None
    near = places > 1 - thickness
    ring = np.zeros(part.shape, bool)
    ring[rows[near], columns[near]] = True
    return ring


def ring_thickness(places: np.ndarray) -> float | None:
    """Return how thick a ring is, in radii, from its pixels' distance to the middle, or None."""
    counts, _ = np.histogram(places, np.linspace(0, 1.1, 56))
    density = counts / np.maximum(np.linspace(0.01, 1.09, 55), 0.05)
    peak = int(np.argmax(density[35:])) + 35
    inner = peak
    while inner > 20 and density[inner - 1] > 0.35 * density[peak]:
        inner -= 1
    thickness = 1 - inner * 0.02 + 0.02
    return thickness if thickness < 0.3 else None


def underline_of(part: np.ndarray) -> np.ndarray | None:
    """Return the pixels of a straight line below what stands on it in a piece (h, w), or None."""
    import cv2

    height, width = part.shape
    if width < 12 or height < 0.4 * width or part[int(0.7 * height):].any(0).mean() < 0.9:
        return None
    line = straight(part, 0.7, 1)
    if line is None:
        return None
    pixels = along(part, line)
    columns = np.flatnonzero(pixels.any(0))
    above = np.flatnonzero((part & ~pixels).any(0))
    rest = part & ~pixels
    if len(columns) < 0.9 * width or not len(above):
        return None
    rows = np.flatnonzero(rest.any(1))
    _, _, stats, _ = cv2.connectedComponentsWithStats(rest.astype(np.uint8))
    if np.ptp(rows) < 0.6 * height or len(stats) > 3:
        return None
    overhang = min(above[0] - columns[0], columns[-1] - above[-1])
    return pixels if overhang > OVERHANG * width else None
