"""Exercise 6.1, a mask by hand: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, number

UNITS = np.array([4.0, 8, 2, 6])


ASKS = {
    "in_this_step": array([0, 32, 0, 0], misconceptions=[
        ([0, 8, 0, 0], "You zeroed the others, but did not scale the survivor up."),
        ([0, 2, 0, 0], "You multiplied by 1 - r. In training the survivors are divided by it."),
        (np.array([0, 8, 0, 0]) / 0.75, "You divided by the rate. Divide by the share that is "
                                        "kept."),
        (UNITS * [4, 0, 4, 4], "You dropped the one that survives, and kept the others."),
        (UNITS * 4, "Only one number survives. The others are zero."),
    ]),
    "in_predict": array(UNITS, misconceptions=[
        (UNITS / 4, "You scaled down. The scaling was already done in training, the other "
                    "way."),
        (UNITS * 4, "You scaled up. That is done in training alone."),
        ([0, 32, 0, 0], "That is training. In predict nothing is dropped."),
        ([0, 8, 0, 0], "In predict nothing is dropped."),
    ]),
    "mean_of_first": number(4, misconceptions={
        0: "It was dropped this time. In a quarter of the steps it survives.",
        16: "That is its value when it survives, and it does not always.",
        1: "You forgot that it is scaled up when it survives.",
        3: "You took 0.75 as the share that survives. It is the share that is dropped.",
    }),
}
