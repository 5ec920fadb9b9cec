"""Exercise 1.2, choose the weights: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import Wrong, array, rule

from ..shared import SHARPEN, VERTICAL, slide


def placed(row: int, column: int) -> np.ndarray:
    """Return a 3x3 kernel with a single 1."""
    kernel = np.zeros((3, 3))
    kernel[row, column] = 1
    return kernel


def judge_even_rise(answer: object) -> None:
    """Refuse a kernel that answers to an even rise, or to nothing at all."""
    try:
        kernel = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("A 3x3 array of numbers is wanted.") from None
    if kernel.shape != (3, 3) or not np.isfinite(kernel).all():
        raise Wrong("A 3x3 kernel is wanted, and the shape of yours is {shape}.",
                    shape=kernel.shape)
    scale = np.abs(kernel).max()
    if scale == 0:
        raise Wrong("This kernel answers 0 to everything, so it finds no beginning of a rise.")

    def answers(*row: float) -> bool:
        return bool(np.abs(slide(np.tile(row, (3, 1)), kernel)).max() > 1e-6 * scale)

    if answers(5.0, 5.0, 5.0):
        raise Wrong("It answers where all pixels are equal. What is the sum of its weights?")
    if answers(1.0, 2.0, 3.0) or answers(9.0, 5.0, 1.0):
        raise Wrong("It answers to an even rise such as 1, 2, 3. It should not.")
    if not answers(1.0, 1.0, 2.0) or not answers(2.0, 3.0, 3.0):
        raise Wrong("It answers 0 where the rise begins or ends, too. Does it look from left to "
                    "right at all?")


ASKS = {
    "leave_it": array(placed(1, 1), misconceptions=[
        (np.ones((3, 3)), "Nine ones add up nine pixels. You want one of them."),
        (np.ones((3, 3)) / 9, "That is the mean of nine pixels. It blurs."),
        (placed(0, 0), "This takes the pixel at the top left of the window, so it moves the "
                       "picture."),
        (np.zeros((3, 3)), "All weights are 0, so all answers are."),
        (SHARPEN, "This sharpens. On equal pixels it changes nothing, but on others it does."),
    ]),
    "move_left": array(placed(1, 2), misconceptions=[
        (placed(1, 0), "That moves the photograph to the right. Each answer takes the pixel "
                       "over which the 1 lies: where must that pixel stand?"),
        (placed(0, 1), "That moves the photograph down."),
        (placed(2, 1), "That moves the photograph up."),
        (placed(0, 2), "It moves the photograph to the left, but down as well: the 1 takes the "
                       "pixel from the row above."),
        (placed(2, 2), "It moves the photograph to the left, but up as well: the 1 takes the "
                       "pixel from the row below."),
        (placed(1, 1), "That leaves the photograph where it is."),
    ]),
    "even_rise": rule(judge_even_rise, wrong=[
        ([[0, 0, 0], [-1, 0, 1], [0, 0, 0]], "even rise"),
        (VERTICAL, "even rise"),
        (placed(1, 1), "sum of its weights"),
        (np.zeros((3, 3)), "answers 0 to everything"),
        ([[0, 1, 0], [0, -2, 0], [0, 1, 0]], "from left to right"),
        ([1, -2, 1], "3x3"),
    ], draw=lambda random: random.normal(size=(3, 3))),
}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("leave_it = np.eye(3)\nmove_left = [[0, 0], [0, 1]]\neven_rise = 'none'", "numbers"),
)
