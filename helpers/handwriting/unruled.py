"""Take printed lines off a page, and leave whole the strokes that cross them."""

from __future__ import annotations

import cv2
import numpy as np

from helpers.handwriting.rulings import Line, find_lines, ridges_of

MANY = 3  # lines in one direction make ruled paper
MARGIN = 3  # pixels beside a line that tell what it crosses
TAIL = 0.12  # of a line's darkness; its blurred edge ends there
OVER = 0.45  # by so much of its own darkness must ink on a line be darker than the line
BESIDE = 0.4  # so dark, in the line's darkness, is ink beside it


def without_lines(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
    """Return a picture uint8 (h, w) or (h, w, 3) without its printed lines, the mask (h, w) of what
    was taken away, None if nothing was, and the lines' boxes (n, 4), the wider ones run across.

    Where a line alone was, the paper beside it takes its place; where a stroke crosses it, the
    stroke stays.
    """
    grey = picture.astype(np.float32) if picture.ndim == 2 else picture.mean(2, dtype=np.float32)
    light = grey if is_dark_on_light(grey) else 255 - grey
    reach = int(np.clip(min(grey.shape) / 200, 3, 6))
    across = find_lines(ridges_of(light, reach))
    turned = np.ascontiguousarray(light.T)
    down = find_lines(ridges_of(turned, reach))
    if not across and not down:
        return picture, None, np.zeros((0, 4))
    cleaned = picture.astype(np.float32).reshape(*grey.shape, -1)
    mask = np.zeros(grey.shape, bool)
    bands = np.zeros(grey.shape[::-1], bool)  # of the lines down, in their own axes
    profiles = [(line, *profile_of(turned, line, reach)) for line in down]
    for line, darkness, low, high in profiles:
        rows, columns = places(line, np.arange(low, high + 1), bands.shape)
        if darkness.size:
            bands[rows, columns] = True
    for line in across:
        take_off(cleaned, mask, light, line, *profile_of(light, line, reach), skip=bands.T)
    light = cleaned.mean(2) if is_dark_on_light(grey) else 255 - cleaned.mean(2)
    light = np.ascontiguousarray(light.T)
    cleaned, mask = cleaned.transpose(1, 0, 2), mask.T  # views, written through
    for line, darkness, low, high in profiles:
        take_off(cleaned, mask, light, line, darkness, low, high, skip=None)
    cleaned = np.clip(np.round(cleaned.transpose(1, 0, 2)), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(cleaned.reshape(picture.shape)), mask.T, boxes_of(across, down)


def boxes_of(across: list[Line], down: list[Line]) -> np.ndarray:
    """Return the boxes (n, 4) of lines: top, left, bottom, right."""
    boxes = [(line.at.min(), line.first, line.at.max() + 1, line.last) for line in across]
    boxes += [(line.first, line.at.min(), line.last, line.at.max() + 1) for line in down]
    return np.array(boxes, float).reshape(-1, 4)


def paper_named(lines: np.ndarray, size: tuple[int, int]) -> str | None:
    """Say what lines (n, 4) make of a page of a size (width, height), None where they are few."""
    heights, widths = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    across = int(np.sum((widths > heights) & (widths > 0.5 * size[0])))
    down = int(np.sum((widths <= heights) & (heights > 0.5 * size[1])))
    if min(across, down) >= MANY:
        return "a grid covers this page"
    return "lines cover this page" if max(across, down) >= MANY else None


def is_dark_on_light(grey: np.ndarray) -> bool:
    """Tell whether thin things are darker than their paper (h, w) float32, or lighter."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    beside = small - cv2.blur(small, (25, 25))
    return float((beside**3).sum()) <= 0


def places(line: Line, offsets: np.ndarray,
           shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns (offsets, n) beside a line, those off the page moved to its edge."""
    rows = np.round(line.at).astype(int)[None] + offsets[:, None]
    columns = np.broadcast_to(np.arange(line.first, line.last), rows.shape)
    return np.clip(rows, 0, shape[0] - 1), columns


def profile_of(light: np.ndarray, line: Line, reach: int) -> tuple[np.ndarray, int, int]:
    """Return how dark a line is across (2 * far + 1,), and from which to which offset it lies.

    It is the median along the line, so that strokes which cross it count nothing.
    """
    far = reach + MARGIN
    offsets = np.arange(-far, far + 1)
    seen = light[places(line, offsets, light.shape)]
    paper = np.maximum(np.minimum(seen[0], seen[-1]), 40)
    share = 1 - seen / paper
    darkness = np.median(share, axis=1)
    if darkness.max() < 0.02:  # dashed or dotted: half of it and more is paper
        darkness = np.quantile(share, 0.8, axis=1)
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


def take_off(cleaned: np.ndarray, mask: np.ndarray, light: np.ndarray, line: Line,
             darkness: np.ndarray, low: int, high: int, *, skip: np.ndarray | None) -> None:
    """Fill a line in `cleaned` (h, w, channels) with paper and mark it in `mask`, in place.

    light: (h, w), in which ink is darker. skip: (h, w), pixels to be left to another line.
    """
    far = len(darkness) // 2
    band = np.arange(low, high + 1)
    above, below = np.arange(low - 2, low), np.arange(high + 1, high + 3)
    rows, columns = places(line, band, light.shape)
    over, under = places(line, above, light.shape), places(line, below, light.shape)
    sides = np.stack([light[over].mean(0), light[under].mean(0)])  # (2, n)
    paper = cv2.blur(cv2.dilate(sides.max(0)[None], np.ones((1, 9))), (15, 1))[0]
    paper = np.maximum(paper, 40)
    peak = max(float(darkness.max()), 0.02)
    ink = sides < paper * (1 - max(BESIDE * peak, 0.06))
    # A stroke may cross at a slant: above the line it lies somewhat further than below.
    slant = np.ones((1, 2 * len(band) + 1), np.uint8)
    wide = cv2.dilate(ink.astype(np.uint8), slant).astype(bool)
    crossing = (ink[0] & wide[1]) | (ink[1] & wide[0])
    crossing = cv2.morphologyEx(crossing[None].astype(np.uint8), cv2.MORPH_CLOSE, slant)[0] > 0
    share = 1 - light[rows, columns] / paper
    known = darkness[band + far][:, None]
    stronger = share > known * (1 + OVER) + 0.08
    free = ~(crossing[None] | stronger)
    if skip is not None:
        free &= ~skip[rows, columns]
    # Paper comes from the side without ink, and from both where both have none.
    weights = np.where(ink.all(0), 1.0, (~ink).astype(float)) + 1e-6
    mix = (band - low + 1)[:, None] / (len(band) + 1)
    lower, upper = weights[1] * mix, weights[0] * (1 - mix)
    part = (lower / (lower + upper))[..., None]
    fill = (cleaned[over].mean(0)[None] * (1 - part) + cleaned[under].mean(0)[None] * part)
    cleaned[rows[free], columns[free]] = fill[free]
    mask[rows[free], columns[free]] = True
