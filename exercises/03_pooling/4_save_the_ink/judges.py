"""Exercise 3.4, save the ink: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers import reference
from helpers.exercises.checks import array, function

from ..shared import MAP


def smallest(image: np.ndarray, size: int) -> np.ndarray:
    """Return the smallest number of each window."""
    return -reference.max_pool2d(-image, size)


def draw_page(random: np.random.Generator) -> tuple[np.ndarray, int]:
    """Draw a picture that is not square, with numbers of both signs, and a window."""
    size = int(random.integers(2, 4))
    rows, columns = size * random.permutation([2, 3])
    return random.normal(size=(rows, columns, int(random.integers(1, 4)))).round(2), size


WINNERS = np.array([[0, 0, 0, 0], [0, 1, 1, 0], [1, 0, 1, 0], [0, 0, 0, 0]])


LOSERS = np.array([[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [1, 0, 0, 1]])


ASKS = {
    "keep_dark": function(
        smallest, cases=[(MAP[:4, :4, None], 2)], draw=draw_page, misconceptions=[
            (lambda image, size: reference.max_pool2d(image, size),
             "It keeps the largest number of each window."),
            (lambda image, size: reference.max_pool2d(-image, size),
             "You pooled the negatives, and did not turn the result back."),
            (lambda image, size: -reference.max_pool2d(image, size),
             "You turned the result, but not the picture before it."),
            (lambda image, size: 1 - reference.max_pool2d(image, size),
             "You made a negative of the result. Make it of the picture, pool, and turn back."),
            (lambda image, size: reference.max_pool2d(1 - image, size),
             "You pooled the negative, and did not turn the result back."),
            (lambda image, size: reference.avg_pool2d(image, size),
             "It gives the mean of each window."),
            (lambda image, size: 255 - reference.max_pool2d(255 - image.round(), size),
             "It rounds. Leave the numbers as they are."),
            (lambda image, size: -reference.max_pool2d(-image, size, stride=1),
             "Your windows overlap. Lay them side by side."),
        ]),
    "arriving": array(LOSERS, misconceptions=[
        (WINNERS, "That is for the largest numbers. Now the smallest of a window decides."),
        (-LOSERS, "Two changes of sign make none: if the smallest number grows, so does the "
                  "result."),
        (np.full((4, 4), 0.25), "That is average pooling. Here one cell of each window "
                                "decides alone."),
        (1 - WINNERS, "Of the three cells that are not the largest, two are not the smallest."),
        ([[1, 0], [0, 3]], "Those are the results. Asked is how much each cell of the map "
                           "changes their sum."),
    ]),
}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("def keep_dark(image, size):\n    image *= -1\n"
     "    return -reference.max_pool2d(image, size)\narriving = [[0] * 4] * 4",
     "changes the array"),
)
