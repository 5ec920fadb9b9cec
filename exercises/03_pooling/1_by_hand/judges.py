"""Exercise 3.1, by hand: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers import reference
from helpers.exercises.checks import array

from ..shared import MAP


def largest(image: np.ndarray, size: int = 2, stride: int = 2, padding: str = "valid"
            ) -> np.ndarray:
    """Max-pool a map of one channel, (rows, columns)."""
    return reference.max_pool2d(image[:, :, None], size, stride=stride, padding=padding)[:, :, 0]


def mean(image: np.ndarray, size: int = 2, stride: int = 2, padding: str = "valid") -> np.ndarray:
    """Average-pool a map of one channel, (rows, columns)."""
    return reference.avg_pool2d(image[:, :, None], size, stride=stride, padding=padding)[:, :, 0]


WITH_ZEROS = np.pad(MAP, ((0, 1), (0, 1)))


ASKS = {
    "overlapping_max": array(largest(MAP, 3), misconceptions=[
        (largest(MAP, 3, 1), "You moved the window by one. The stride is 2."),
        (largest(MAP, 2), "That is with windows of 2x2. They are 3x3, and overlap."),
        (mean(MAP, 3), "Those are the means. The largest number is asked for."),
        (largest(MAP, 3).T, "You exchanged rows and columns."),
        (largest(MAP, 3, 3, "same"), "You laid the windows side by side. They move by 2."),
    ]),
    "same_max": array(largest(MAP, padding="same"), misconceptions=[
        (largest(WITH_ZEROS), "You let padded zeros win against negative numbers. A padded "
                              "cell never wins."),
        (largest(MAP), "You left out the last row and the last column. With same padding they "
                       "get windows, too."),
        (mean(MAP, padding="same"), "Those are the means. The largest number is asked for."),
        (largest(np.pad(MAP, ((1, 0), (1, 0)), constant_values=-9)),
         "You put the padding above and on the left."),
        (np.abs(largest(MAP, padding="same")), "The largest of some negative numbers is "
                                               "negative."),
        (largest(np.abs(MAP), padding="same"), "You took the largest without its sign. -6 is "
                                               "smaller than -3."),
    ]),
    "same_mean": array(mean(MAP, padding="same"), misconceptions=[
        (mean(WITH_ZEROS), "You counted padded cells as zeros. A mean is over real cells "
                           "only."),
        (mean(MAP), "You left out the last row and the last column. With same padding they get "
                    "windows, too."),
        (largest(MAP, padding="same"), "Those are the largest numbers. The mean is asked for."),
        (4 * mean(WITH_ZEROS), "Those are the sums. Divide them."),
        (mean(MAP[::-1, ::-1], padding="same")[::-1, ::-1],
         "You put the padding above and on the left."),
    ]),
}
