"""Take printed lines off a page, and leave whole the strokes that cross them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.handwriting.rulings.crossings import fill_line, places, profile_of
from helpers.handwriting.rulings.rulings import Line, find_lines, ridges_of

REACH = 120  # of the shorter side to each pixel beside a line that tells its paper
LOOKS = 2  # the second finds what a crowd of lines hid from the first
ALONG, CRUMB = 0.7, 8  # share within a line, and pixels: smaller ones are remains of lines
MANY = 3  # lines in one direction make ruled paper


class Unruled(NamedTuple):
    """A picture without its lines; taken: the mask (h, w) of what was taken away, and covered: of
    all that the lines cover, both None if there are none; boxes (n, 4) of the lines."""

    picture: np.ndarray
    taken: np.ndarray | None = None
    covered: np.ndarray | None = None
    boxes: np.ndarray = np.zeros((0, 4))

    def without_remains(self, mask: np.ndarray) -> np.ndarray:
        """Return a mask of ink (h, w) without what is left of lines: crumbs along them."""
        import cv2

        if self.covered is None:
            return mask
        near = cv2.dilate(self.covered.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
        inside = np.bincount(labels[near & mask], minlength=count)
        sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
        crumbs = (inside > ALONG * stats[:, cv2.CC_STAT_AREA]) & (sides.min(1) <= CRUMB)
        crumbs[0] = False
        return mask & ~crumbs[labels]


def without_lines(picture: np.ndarray) -> Unruled:
    """Take the printed lines off a picture uint8 (h, w) or (h, w, 3).

    Where a line alone was, the paper beside it takes its place; where a stroke crosses it, the
    stroke stays.
    """
    import cv2

    grey = picture.astype(np.float32)
    if picture.ndim == 3:
        grey = cv2.transform(grey, np.full((1, 3), 1 / 3, np.float32))
    dark = is_dark_on_light(grey)
    reach = int(np.clip(min(grey.shape) / REACH, 4, 9))
    cleaned, taken, boxes = None, np.zeros(grey.shape, bool), []
    covered = np.zeros(grey.shape, bool)
    for _ in range(LOOKS):
        light = grey if dark else 255 - grey
        turned = np.ascontiguousarray(light.T)
        across = find_lines(ridges_of(light, reach))
        down = find_lines(ridges_of(turned, reach))
        if cleaned is None:  # the margin of a ruled page: thicker than a line, and digits cross it
            if len(across) >= MANY > len(down):
                down = find_lines(ridges_of(turned, reach + 1), ruled=True)
            elif len(down) >= MANY > len(across):
                across = find_lines(ridges_of(light, reach + 1), ruled=True)
        if not across and not down:
            break
        if cleaned is None:
            cleaned = picture.astype(np.float32).reshape(*grey.shape, -1)
        # A line that the second look follows along an edge left over is no new one.
        boxes.append(boxes_of([line for line in across if not known(line, covered)],
                              [line for line in down if not known(line, covered.T)]))
        bands = band_of(light.shape, with_profiles(light, across, reach, None))
        profiled_down = with_profiles(turned, down, reach, bands.T)
        bands_down = band_of(turned.shape, profiled_down).T
        profiled = with_profiles(light, across, reach, bands_down)
        # The lines down are left alone where they cross those across, and go afterwards.
        for line, profile in profiled:
            fill_line(cleaned, taken, light, line, profile, bands_down)
        turned = cleaned.mean(2).T
        turned = np.ascontiguousarray(turned if dark else 255 - turned)
        for line, profile in profiled_down:
            fill_line(cleaned.transpose(1, 0, 2), taken.T, turned, line, profile, None)
        covered |= band_of(light.shape, profiled) | bands_down
        grey = cleaned.mean(2)
    if cleaned is None:
        return Unruled(picture)
    cleaned = np.clip(np.round(cleaned), 0, 255).astype(np.uint8).reshape(picture.shape)
    return Unruled(cleaned, taken, covered, np.concatenate(boxes))


def known(line: Line, covered: np.ndarray) -> bool:
    """Tell whether most of a line lies where a line was taken off before, or beside it."""
    return bool(covered[places(line, np.arange(-2, 3), covered.shape)].any(0).mean() > 0.5)


def with_profiles(light: np.ndarray, lines: list[Line], reach: int,
                  bands: np.ndarray | None) -> list[tuple[Line, tuple[np.ndarray, int, int]]]:
    """Return each line with its profile, learned where there are no other lines' `bands`."""
    return [(line, profile_of(light, line, reach, bands)) for line in lines]


def band_of(shape: tuple[int, int],
            profiled: list[tuple[Line, tuple[np.ndarray, int, int]]]) -> np.ndarray:
    """Return the mask (h, w) of what lines cover."""
    band = np.zeros(shape, bool)
    for line, (_, low, high) in profiled:
        band[places(line, np.arange(low, high + 1), shape)] = True
    return band


def boxes_of(across: list[Line], down: list[Line]) -> np.ndarray:
    """Return the boxes (n, 4) of lines: top, left, bottom, right."""
    boxes = [(line.at.min(), line.first, line.at.max() + 1, line.last) for line in across]
    boxes += [(line.first, line.at.min(), line.last, line.at.max() + 1) for line in down]
    return np.array(boxes, float).reshape(-1, 4)


def paper_named(lines: np.ndarray, size: tuple[int, int]) -> str | None:
    """Say what lines (n, 4) make of a page of a size (width, height), None where they are few."""
    heights, widths = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    middles = (lines[:, :2] + lines[:, 2:]) / 2
    across = apart(middles[(widths > heights) & (widths > 0.5 * size[0]), 0], size[1])
    down = apart(middles[(widths <= heights) & (heights > 0.5 * size[1]), 1], size[0])
    if min(across, down) >= MANY:
        return "a grid covers this page"
    return "lines cover this page" if max(across, down) >= MANY else None


def apart(places: np.ndarray, side: int) -> int:
    """Count lines by their places, in pixels of a side; the two edges of a thick one are one."""
    return int(np.sum(np.diff(np.sort(places), prepend=-np.inf) > 0.015 * side))


def is_dark_on_light(grey: np.ndarray) -> bool:
    """Tell whether thin things are darker than their paper (h, w) float32, or lighter."""
    import cv2

    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    beside = small - cv2.blur(small, (13, 13))
    return float((beside * beside * beside).sum()) <= 0
