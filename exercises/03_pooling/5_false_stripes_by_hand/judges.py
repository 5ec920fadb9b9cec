"""Exercise 3.5, false stripes by hand: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, choices

ASKS = {
    "skipped_row": array([0, 0, 1, 0, 0, 1], misconceptions=[
        ([0, 1, 0, 0, 1, 0], "That is from the first pixel."),
        ([1, 0, 0, 1, 0, 0], "Start with the second pixel, not with the third or the last."),
        ([0, 1, 0, 1, 0, 1], "Go on in steps of two: the pixels 1, 3, 5, 7, 9, 11, counted "
                             "from 0."),
        ([0, 0, 0, 0, 0, 0], "The stripes do not vanish. Write out the row and cross out "
                             "every second pixel."),
    ]),
    "max_row": array([0, 1, 1, 0, 1, 1], misconceptions=[
        ([0, 0.5, 0.5, 0, 0.5, 0.5], "Those are the means."),
        ([1, 1, 1, 1, 1, 1], "There is a pair without a 1."),
        ([0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0], "You moved the window by one."),
        ([1, 1, 1, 1], "Those are windows of three."),
    ]),
    "mean_row": array([0, 0.5, 0.5, 0, 0.5, 0.5], misconceptions=[
        ([0, 1, 1, 0, 1, 1], "Those are the maxima, or the sums."),
        (np.full(6, 1 / 3), "That is the mean of the whole row. The pairs differ."),
        (np.full(6, 0.5), "There is a pair without a 1."),
        (np.full(4, 1 / 3), "Those are windows of three."),
    ]),
    "contrasts": array([1, 1, 0.5, 0.25], misconceptions=[
        ([1, 1, 0.5, 0.5], "The smallest number after the blur is not 0."),
        ([1, 1, 0.5, 0], "The blur weakens the stripes, and does not remove them."),
        ([1, 1, 0.5, 1], "Divide the sum of the blur by 4: its weights sum to that."),
        ([1, 0, 0, 0], "None of the four removes the stripes."),
        ([1 / 3, 2 / 3, 1 / 3, 1 / 3], "Those are mean brightnesses. The largest minus the "
                                       "smallest number is asked for."),
    ]),
    "sure_periods": choices(
        missing={9: "One period is missing. It must be longer than twice the stride.",
                 12: "One period is missing, a long one."},
        wrong={
            3: "It is shorter than the stride.",
            6: "It is longer than the stride, but not than twice the stride.",
            8: "At exactly twice the stride it depends on where the stride starts.",
        }),
}
