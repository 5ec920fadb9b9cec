"""What several exercises of chapter 1 ask about."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

SHARPEN = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])


VERTICAL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image as it stands, in all places where it fits."""
    return np.sum(sliding_window_view(image, kernel.shape) * kernel, axis=(2, 3))


def turn(kernel: np.ndarray) -> np.ndarray:
    """Turn a kernel by half a turn."""
    return kernel[::-1, ::-1]


def full(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image with zeros around it, wherever the two meet."""
    rows, columns = kernel.shape
    return slide(np.pad(image, ((rows - 1,) * 2, (columns - 1,) * 2)), kernel)
