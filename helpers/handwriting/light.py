"""Tell ink from paper by how much it differs from the paper beside it, in any light and colour."""

from __future__ import annotations

import numpy as np

# A median is looked up on a small copy: light changes slowly.
COPY = 240
DARKEST = 64  # below this, paper counts as this dark: a share of nearly nothing means nothing
LEAST_NOISE = 0.01
MANY = 100_000  # pixels: a quarter of them tell the noise as well


def paper_of(picture: np.ndarray, window: float) -> np.ndarray:
    """Estimate the paper under a picture, float32 of shape (h, w, channels), without its ink.

    The paper at a point is the median of a square around it, `window` pixels wide. Where ink
    covers less than half of every such square, and the paper in it is lighter than the ink (or, for
    light ink, darker), no median is ink. A shadow's straight edge stays an edge.
    """
    import cv2

    height, width = picture.shape[:2]
    factor = min(1.0, COPY / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    reach = min(int(max(5, round(window * factor))) | 1, 255)  # an odd number of pixels
    paper = cv2.blur(cv2.medianBlur(small, reach), (reach // 4 | 1,) * 2)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return paper.reshape(height, width, -1).astype(np.float32)


def flat_paper(picture: np.ndarray) -> np.ndarray:
    """Return one paper for the whole picture, its median colour, in the shape of `paper_of`."""
    planes = picture.reshape(*picture.shape[:2], -1)
    median = np.median(planes, axis=(0, 1)).astype(np.float32)
    return np.broadcast_to(median, planes.shape)


def difference(picture: np.ndarray, paper: np.ndarray) -> np.ndarray:
    """Return how much each pixel differs from its paper, float32 (h, w, channels).

    It is a share of the paper's brightness, because a shadow dims ink and paper alike: black ink
    comes near -1 on any paper, and chalk is a few times as bright as its board.
    """
    import cv2

    # OpenCV does it in a third of NumPy's time.
    change = cv2.subtract(picture.reshape(paper.shape), paper, dtype=cv2.CV_32F)
    floor = np.full_like(paper, DARKEST)
    return cv2.divide(change, cv2.max(paper, floor)).reshape(paper.shape)


def ink_axis(differences: np.ndarray) -> np.ndarray:
    """Return the direction (channels,), of length 1, in which pixels differ most from the paper.

    Black ink lies along (1, 1, 1), blue ink mostly along red and green. Which of its two ends is
    ink and which is glare does not follow from this.
    """
    few = differences[::2, ::2].reshape(-1, differences.shape[2])  # a quarter tell as much
    size = np.sqrt(np.einsum("ij,ij->i", few, few))
    most = few[size >= 0.5 * np.quantile(size, 0.9995)]
    _, axes = np.linalg.eigh(most.T @ most)
    return axes[:, -1]


def noise_of(plane: np.ndarray) -> float:
    """Estimate the standard deviation of a contrast's noise from its negative half, free of ink."""
    few = plane[::2, ::2] if plane.size > MANY else plane
    paper = few[few <= 0]
    return max(1.4826 * float(np.median(-paper)) if paper.size else 0.0, LEAST_NOISE)


def grain_of(plane: np.ndarray) -> float:
    """Estimate the noise from how pixels differ from those beside them, where the light is wrong.

    A shadow that the paper does not follow yet shifts whole areas, and would count as noise.
    """
    import cv2

    beside = cv2.subtract(plane, cv2.GaussianBlur(plane, (0, 0), 3))
    if beside.size > MANY:
        beside = beside[::2, ::2]
    return max(1.4826 * float(np.median(np.abs(beside))), LEAST_NOISE)
