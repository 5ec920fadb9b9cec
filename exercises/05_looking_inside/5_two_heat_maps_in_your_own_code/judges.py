"""Exercise 5.5, two heat maps in your own code: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from helpers.exercises.checks import function
from helpers.exercises.checks.messages import Message


class Score:
    """A network of one linear layer, as a function from an image to a number."""

    def __init__(self, weights: np.ndarray) -> None:
        self.weights = weights

    def __call__(self, image: np.ndarray) -> float:
        """Return the score of an image."""
        return float(np.sum(self.weights * image) + 0.7)

    def __repr__(self) -> str:
        """Say what it is, in the message of a check."""
        return str(Message("a function from an image to a number"))


Scoring = Callable[[np.ndarray], float]


def windows(image: np.ndarray, size: int) -> Iterator[tuple[slice, slice]]:
    """Yield all places of a square window."""
    for row in range(image.shape[0] - size + 1):
        for column in range(image.shape[1] - size + 1):
            yield slice(row, row + size), slice(column, column + size)


def falls(score: Scoring, image: np.ndarray, size: int, *, fill: float = 0.0,
          restore: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Return for each pixel the sum of the falls, and the number of windows over it."""
    fall, times, before, covered = np.zeros(image.shape), np.zeros(image.shape), score(image), image
    for window in windows(image, size):
        covered = (image if restore else covered).copy()
        covered[window] = fill
        fall[window] += before - score(covered)
        times[window] += 1
    return fall, times


def covered_map(score: Scoring, image: np.ndarray, size: int) -> np.ndarray:
    """Return the mean fall of the score over the windows that cover each pixel."""
    fall, times = falls(score, image, size)
    return fall / times


def without_restoring(score: Scoring, image: np.ndarray, size: int) -> np.ndarray:
    """Cover one place after another, and never uncover."""
    fall, times = falls(score, image, size, restore=False)
    return fall / times


def filled_with_ink(score: Scoring, image: np.ndarray, size: int) -> np.ndarray:
    """Cover with ink."""
    fall, times = falls(score, image, size, fill=1.0)
    return fall / times


def by_window(score: Scoring, image: np.ndarray, size: int) -> np.ndarray:
    """Return one number for each window, not for each pixel."""
    found = []
    for window in windows(image, size):
        covered = image.copy()
        covered[window] = 0
        found.append(score(image) - score(covered))
    return np.reshape(found, np.subtract(image.shape, size - 1))


def draw_image(random: np.random.Generator) -> tuple[Score, np.ndarray, int]:
    """Draw a linear network, an image that is not square, and a window of 2 or 3."""
    size = (int(random.integers(4, 6)), int(random.integers(6, 8)))
    return (Score(random.normal(size=size)), random.uniform(0.2, 0.9, size=size),
            int(random.integers(2, 4)))


def weighed(maps: np.ndarray, derivatives: np.ndarray) -> np.ndarray:
    """Return Grad-CAM at the size of the maps."""
    return np.maximum((derivatives.mean(axis=(0, 1)) * maps).sum(axis=-1), 0)


def draw_maps(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw maps as a ReLU leaves them, and derivatives."""
    size = (*random.integers(2, 5, size=2), int(random.integers(3, 6)))
    return np.maximum(random.normal(size=size), 0), random.normal(size=size)


ASKS = {
    "cover_and_score": function(covered_map, draw=draw_image, misconceptions=[
        (lambda score, image, size: -covered_map(score, image, size),
         "Your sign is turned round. Heat is positive where the score falls."),
        (lambda score, image, size: falls(score, image, size)[0],
         "You added the falls. Divide by the number of windows that cover the pixel."),
        (lambda score, image, size: falls(score, image, size)[0] / size ** 2,
         "You divided all pixels by the same number. At the border fewer windows cover a "
         "pixel."),
        (without_restoring, "Your windows stay covered. Begin each one with a fresh copy of "
                            "the image."),
        (filled_with_ink, "You covered with 1. That is ink; paper is asked for."),
        (lambda score, image, size: score(image) - covered_map(score, image, size),
         "That is the mean score under the windows. How much it fell is asked for."),
        (by_window, "You give one number for each window. Each pixel wants one: the mean over "
                    "the windows that cover it."),
    ]),
    "weigh_the_maps": function(weighed, draw=draw_maps, misconceptions=[
        (lambda maps, derivatives: (derivatives.mean(axis=(0, 1)) * maps).sum(axis=-1),
         "You left the negatives in. What speaks against the class is set to zero."),
        (lambda maps, derivatives: weighed(maps, derivatives) * maps[..., 0].size,
         "You added the derivatives of a map. Its weight is their mean."),
        (lambda maps, derivatives: np.maximum((derivatives * maps).sum(axis=-1), 0),
         "You multiplied cell by cell. Each map has one weight for all its cells."),
        (lambda maps, derivatives: (np.maximum(derivatives.mean(axis=(0, 1)), 0)
                                    * maps).sum(axis=-1),
         "You set negative weights to zero. Only the sum is cut: a map that speaks against "
         "the class lowers it."),
        (lambda maps, derivatives: (np.abs(derivatives.mean(axis=(0, 1))) * maps).sum(axis=-1),
         "You took the size of the weights without their sign."),
        (lambda maps, derivatives: weighed(maps, derivatives) / maps.shape[-1],
         "You took the mean over the channels. They are added."),
    ]),
}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("def cover_and_score(score, image, size):\n    image[0] = 0\n    return image\n\n"
     "def weigh_the_maps(maps, derivatives):\n    return maps", "changes the array"),
)
