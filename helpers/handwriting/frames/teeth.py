"""Tell the teeth of a comb, and the walls between cells, from digits that stand on a line."""

from __future__ import annotations

import numpy as np

FEWEST = 4  # teeth: three ones side by side may be digits
SLENDER = 3.5  # thicknesses long
ALIKE = 0.15  # of their height and, twice that, of their thickness
STEADY = 0.15  # of a step: so far from their places stand printed teeth


def teeth_on(mask: np.ndarray, covered: np.ndarray | None) -> list[tuple[tuple[int, ...],
                                                                         np.ndarray]]:
    """Return the box and the pixels of each short upright stroke that stands on a printed line,
    where several are alike and evenly spaced. covered: the mask (h, w) of the lines, or None."""
    import cv2

    if covered is None:
        return []
    near = cv2.dilate(covered.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    on_line = np.unique(labels[near & mask])
    sticks, shapes = [], []
    for number in on_line[on_line > 0]:
        left, top, width, height, area = (int(value) for value in stats[number])
        if height < 6 or height < 1.5 * width:
            continue
        part = labels[top:top + height, left:left + width] == number
        rows, columns = np.nonzero(part)
        _, sides, _ = cv2.minAreaRect(np.stack([columns, rows], 1).astype(np.float32))
        thickness = area / height
        if max(sides) > SLENDER * thickness and min(sides) < 1.6 * thickness + 1:
            sticks.append(((top, left, top + height, left + width), part))
            shapes.append((height, thickness, left + width / 2, top + height / 2))
    if len(sticks) < FEWEST:
        return []
    heights, thicknesses, columns, rows = np.array(shapes, float).T
    alike = ((np.abs(heights / np.median(heights) - 1) < ALIKE)
             & (np.abs(thicknesses / np.median(thicknesses) - 1) < 2 * ALIKE))
    if alike.sum() < FEWEST or not steady(rows[alike], columns[alike], float(np.median(heights))):
        return []
    return [stick for stick, one in zip(sticks, alike, strict=True) if one]


def steady(rows: np.ndarray, columns: np.ndarray, height: float) -> bool:
    """Tell whether strokes stand in rows at multiples of one step."""
    order = np.lexsort((columns, np.round(rows / (3 * height))))
    gaps = np.diff(columns[order])
    gaps = gaps[gaps > 0.5 * height]
    if len(gaps) < FEWEST - 1:
        return False
    step = float(np.median(gaps[gaps < 1.5 * gaps.min()]))
    off = np.abs(gaps / step - np.round(gaps / step)) / np.maximum(np.round(gaps / step), 1)
    return bool(np.mean(off < STEADY) > 0.8)
