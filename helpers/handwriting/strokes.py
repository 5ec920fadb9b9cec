"""How long and how thick the strokes in a mask of ink are."""

from __future__ import annotations

import numpy as np

LONG = 0.6  # of a side of the picture


def stroke_sizes(mask: np.ndarray, *, edges: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Return the length and the thickness of the strokes of each piece of a mask, in pixels.

    In a long bar the mean distance of its points from the edge is a quarter of its thickness; and
    its area is length times thickness. A patch of shadow is short and thick. Without `edges`, what
    runs along the border is left out, and so are the long thin lines of the paper.
    """
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    framed = cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    distances = cv2.distanceTransform(framed, cv2.DIST_L2, 5)[1:-1, 1:-1]
    areas = np.bincount(labels[mask], minlength=count)[1:]
    sums = np.bincount(labels[mask], distances[mask], minlength=count)[1:]
    thicknesses = 4 * (sums / areas - 0.25)
    kept = np.array([edges or not (is_edge(piece, mask.shape) or is_ruled(piece, width, mask.shape))
                     for piece, width in zip(stats[1:], thicknesses, strict=True)], bool)
    return (areas / thicknesses)[kept], thicknesses[kept]


def is_edge(stats: np.ndarray, shape: tuple[int, int]) -> bool:
    """Tell whether a piece lies along the border or runs along most of it: a table, a sheet's edge.

    stats: left, top, width, height and area of the piece, as OpenCV counts them.
    """
    left, top, width, height, _ = stats
    side, end = left == 0 or left + width == shape[1], top == 0 or top + height == shape[0]
    along = (side and 4 * width < height) or (end and 4 * height < width)
    most = (side or end) and (height > LONG * shape[0] or width > LONG * shape[1])
    return bool(along or most)


def is_ruled(stats: np.ndarray, thickness: float, shape: tuple[int, int]) -> bool:
    """Tell whether a piece is half as long as the page's shorter side, and a thirtieth as thick."""
    import cv2

    longer = max(stats[cv2.CC_STAT_WIDTH], stats[cv2.CC_STAT_HEIGHT])
    return bool(longer > 0.5 * min(shape) and thickness < longer / 30)


def weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    """Return the value that half of the weight lies below."""
    order = np.argsort(values)
    return float(values[order][np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)])


def thickness_of(mask: np.ndarray) -> float:
    """Return the usual thickness of the strokes in a mask, in pixels; 0 without ink."""
    lengths, thicknesses = stroke_sizes(mask)
    return weighted_median(thicknesses, lengths) if lengths.size else 0.0
