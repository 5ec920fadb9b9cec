"""Exercise 1.5, two kernels in one: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array

from ..shared import full, slide, turn

# Neither is its own half turn, nor its own negative: no wrong order passes by luck.
FIRST = np.array([[0, 1, 0], [1, 2, 0], [0, 0, -1]])
SECOND = np.arange(1, 10).reshape(3, 3)

ASKS = {"merged": array(lambda: full(FIRST, turn(SECOND)), misconceptions=[
    (lambda right: full(FIRST, SECOND),
     "You combined the two by cross-correlation. It is not associative."),
    (lambda right: full(SECOND, FIRST),
     "You combined the two by cross-correlation, with their places exchanged. It is neither "
     "associative nor commutative."),
    (turn, "Your kernel is turned by half a turn. Combine the two as they stand."),
    (lambda right: slide(FIRST, turn(SECOND)),
     "You kept the one place where the kernels lie on each other. They meet in more."),
    (lambda right: FIRST + SECOND,
     "The sum of two kernels gives the sum of their answers, not one after the other."),
    (lambda right: FIRST * SECOND, "Two kernels are not merged weight by weight."),
    (lambda right: FIRST @ SECOND, "That is the product of two matrices."),
    (lambda right: right.T, "You exchanged rows and columns."),
])}
