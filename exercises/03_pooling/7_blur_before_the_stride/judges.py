"""Exercise 3.7, blur before the stride: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers import reference
from helpers.exercises.checks import array, choice, choices, function, number

BINOMIAL = np.outer([1, 2, 1], [1, 2, 1]).reshape(3, 3, 1, 1) / 16


def steady(images: np.ndarray) -> np.ndarray:
    """Pool in three steps: maximum with stride 1, blur, every second cell."""
    return reference.conv2d(reference.max_pool2d(images, 2, stride=1), BINOMIAL, stride=2)


def draw_batch(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw a small batch of pictures with one channel, not square."""
    rows, columns = random.permutation([7, 9])
    return (random.random((2, rows, columns, 1)).round(2),)


ASKS = {
    "blurred_pool": function(
        steady, draw=draw_batch, misconceptions=[
            (lambda images: reference.max_pool2d(images, 2),
             "That is 2x2 max pooling as before. Where is the blur?"),
            (lambda images: reference.conv2d(reference.max_pool2d(images, 2, stride=1),
                                             BINOMIAL),
             "You blur, but you do not keep every second cell."),
            (lambda images: reference.conv2d(reference.max_pool2d(images, 2), BINOMIAL),
             "The maximum has a stride of 2. Then the blur comes too late."),
            (lambda images: reference.conv2d(reference.max_pool2d(images, 2), BINOMIAL,
                                             stride=2),
             "Two steps have a stride. The maximum goes on by one cell."),
            (lambda images: 16 * steady(images),
             "Divide the weights of the blur by their sum. Otherwise it makes the picture "
             "brighter."),
            (lambda images: reference.max_pool2d(
                reference.conv2d(images, BINOMIAL), 2, stride=1)[:, ::2, ::2],
             "You blur before the maximum. The order is maximum, blur, stride."),
            (lambda images: reference.conv2d(images, BINOMIAL, stride=2),
             "The maximum is missing."),
            (lambda images: reference.conv2d(reference.max_pool2d(images, 2, stride=1),
                                             np.full((3, 3, 1, 1), 1 / 9), stride=2),
             "All weights of your blur are equal. The middle counts most."),
            (lambda images: reference.conv2d(reference.max_pool2d(images, 2, stride=1),
                                             BINOMIAL, stride=2, padding="same"),
             "You padded the blur. It stands only where it fits."),
        ]),
    "exact_moves": choices(
        missing={
            2: "One move is missing. What did the line of stride 2 show at even moves?",
            4: "One move is missing. What did the line of stride 2 show at even moves?",
        },
        wrong={
            1: "That would be half a cell. Measure it: the blur helps, and is no cure.",
            3: "That would be one cell and a half.",
        }),
    "change_ratios": array([0.4621, 0.3668], within=0.01, misconceptions=[
        ([0.4647, 0.3385], "You did not divide by the distance to another digit."),
        ([0.3668, 0.4621], "You exchanged the two."),
        ([0.4064, 0.2960], "You divided by the distance without any pooling. Each pooling has "
                           "its own."),
        ([2.1642, 2.7266], "You divided the other way round."),
        ([0.4621, 0.3913], "That is with the blur 1, 1."),
        ([0.4621, 0.3987], "That is a blur without the maximum."),
        ([0.0, 0.0], "That is for a move by the stride. Move by one pixel."),
    ]),
    "best_blur": choice("1, 4, 6, 4, 1", {
        "1, 1": "It is the narrowest of the three, and averages least.",
        "1, 2, 1": "It does help. Measure the wider one, too.",
    }),
    "blur_work": number(1_521, misconceptions={
        1_764: "The maximum with stride 1 takes a row and a column, so fewer windows fit.",
        6_561: "That is one window for each cell after the maximum. They must fit, and have a "
               "stride of 2.",
        5_625: "That is without the stride. What is skipped need not be computed.",
        169: "That is the number of places. Each of them has a window.",
        6_084: "Four cells are compared for the maximum, but not multiplied. The blur's window "
               "is 3x3.",
        676: "The maximum compares and does not multiply.",
    }, otherwise="The size after the maximum, then the places of the blur, then the cells of "
                 "its window."),
}
