"""Exercise 1.1, by hand: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, choice

from ..shared import slide, turn

IMAGE = np.array([[2, 0, 1, 3], [1, 1, 0, 2], [0, 3, 1, 0]])


KERNEL = np.array([[1, -1], [0, 2]])


def same(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image with zeros below and on the right, so that the size stays."""
    return slide(np.pad(image, ((0, kernel.shape[0] - 1), (0, kernel.shape[1] - 1))), kernel)


ASKS = {
    "as_it_stands": array(slide(IMAGE, KERNEL), misconceptions=[
        (slide(IMAGE, turn(KERNEL)), "You turned the kernel before you slid it."),
        (slide(IMAGE, KERNEL.T), "You exchanged the kernel's rows and columns."),
        (same(IMAGE, KERNEL), "The kernel hung over the border. It must lie wholly inside."),
        (slide(IMAGE, np.abs(KERNEL)), "One weight is negative. You added its product."),
    ]),
    "half_turned": array(slide(IMAGE, turn(KERNEL)), misconceptions=[
        (slide(IMAGE, KERNEL), "That is with the kernel as it stands."),
        (slide(IMAGE, KERNEL[:, ::-1]), "You mirrored the kernel from left to right. Half a "
                                        "turn exchanges top and bottom, too."),
        (slide(IMAGE, KERNEL[::-1]), "You mirrored the kernel from top to bottom. Half a turn "
                                     "exchanges left and right, too."),
        (slide(IMAGE, np.rot90(KERNEL)), "That is a quarter of a turn."),
        (turn(slide(IMAGE, KERNEL)), "You turned the result. Turn the kernel, then slide it."),
    ]),
    "keras_gives": choice("as it stands", {
        "turned": "A layer called convolution does not turn its kernel. Look again at the "
                  "section in which Keras agrees."}),
}
