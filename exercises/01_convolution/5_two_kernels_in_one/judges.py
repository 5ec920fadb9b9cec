"""Exercise 1.5, two kernels in one: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array

from ..shared import SHARPEN, VERTICAL, full, slide, turn

ASKS = {"merged": array(lambda: full(SHARPEN, turn(VERTICAL)), misconceptions=[
    (lambda right: full(SHARPEN, VERTICAL),
     "You combined the two by cross-correlation. It is not associative."),
    (lambda right: slide(SHARPEN, turn(VERTICAL)),
     "You kept the one place where the kernels lie on each other. They meet in more."),
    (lambda right: SHARPEN + VERTICAL,
     "The sum of two kernels gives the sum of their answers, not one after the other."),
    (lambda right: SHARPEN * VERTICAL, "Two kernels are not merged weight by weight."),
    (lambda right: SHARPEN @ VERTICAL, "That is the product of two matrices."),
    (lambda right: right.T, "You exchanged rows and columns: `horizontal_edges` in place of "
                            "`vertical_edges`?"),
])}
