"""What paper and camera add to a page: ruling, tilt, uneven light, blur, noise; all in float32."""

from __future__ import annotations

import numpy as np

STEEPEST = 8  # degrees


def rule(page: np.ndarray, random: np.random.Generator, cell: int) -> None:
    """Draw pale lines, or squares, on a page (h, w, 3) in place."""
    step = int(cell * random.uniform(0.25, 0.5))
    pale = page * random.uniform(0.78, 0.92)
    lines = np.zeros(page.shape[:2], bool)
    squares = random.random() < 0.5
    for start in range(step, step + max(1, cell // 100)):
        lines[start::step] = True
        if squares:
            lines[:, start::step] = True
    page[lines] = pale[lines]


def tilt(page: np.ndarray, centres: np.ndarray,
         random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Turn a page by up to 8 degrees and see it a little from the side; and move the centres."""
    import cv2

    height, width = page.shape[:2]
    angle = np.radians(random.uniform(-STEEPEST, STEEPEST))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    middle = np.array([width / 2, height / 2])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    seen = (corners - middle) * random.uniform(0.9, 1.0) @ turn.T + middle
    seen += random.uniform(-0.02, 0.02, (4, 2)) * min(height, width)
    matrix = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    page = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_LINEAR,
                               borderMode=cv2.BORDER_REPLICATE)
    points = centres[:, ::-1].reshape(-1, 1, 2).astype(np.float64)  # OpenCV: column, row
    return page, cv2.perspectiveTransform(points, matrix)[:, 0, ::-1]


def light_up(page: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Light a page from one side, and let a shadow with a soft edge fall on it."""
    height, width = page.shape[:2]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    direction = random.uniform(0, 2 * np.pi)
    along = rows / height * np.sin(direction) + columns / width * np.cos(direction)
    along = (along - along.min()) / np.ptp(along)
    light = 1 - random.uniform(0.1, 0.55) * along
    direction, place = random.uniform(0, 2 * np.pi), random.uniform(0.2, 0.8)
    across = rows / height * np.sin(direction) + columns / width * np.cos(direction)
    across = (across - across.min()) / np.ptp(across)
    edge = 1 / (1 + np.exp((across - place) / random.uniform(0.01, 0.08)))
    light *= 1 - random.uniform(0, 0.4) * edge
    colour = random.uniform(0.85, 1.0, 3)  # of the lamp
    return page * light[..., None] * colour.astype(np.float32)


def blur(page: np.ndarray, random: np.random.Generator, cell: int) -> np.ndarray:
    """Blur a page as a lens out of focus does, by up to a hundredth of a cell."""
    import cv2

    return cv2.GaussianBlur(page, (0, 0), random.uniform(0.003, 0.012) * cell)


def add_noise(page: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Add a sensor's noise, independent in each pixel and colour, of up to 8 of 255."""
    return page + random.normal(0, random.uniform(1, 8), page.shape).astype(np.float32)
