"""Exercise 6.6, the best of ten: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choices, number

ASKS = {
    "uncertain_by": number(1.96 * np.sqrt(0.99 * 0.01 / 5000), within=5e-5, misconceptions={
        np.sqrt(0.99 * 0.01 / 5000): "That is one standard deviation.",
        1.96 * np.sqrt(0.99 * 0.01 / 10_000): "That is for 10,000 digits.",
        1.96 * np.sqrt(0.99 / 5000): "Under the root stands p times 1 - p.",
        1.96 * np.sqrt(0.99 * 0.01 * 5000): "That is in digits. Divide by their number.",
        196 * np.sqrt(0.99 * 0.01 / 5000): "A share is wanted, not a percentage.",
    }, otherwise="The variance of the share of right answers is p (1 - p) / n."),
    "winner_on_validation": number(0.992106, within=2e-4, misconceptions={
        0.99: "That is the mean of all ten. Take the best of each contest first.",
        0.98778: "That is the worst of ten.",
        0.99141: "That is one standard deviation above the mean. Let the contests decide.",
        4960.5: "That is a number of digits. Divide it by 5,000.",
    }, otherwise="The largest of each row, then the mean over the rows, divided by 5,000."),
    "winner_on_test": number(0.99, within=2e-4, misconceptions={
        9900: "That is a number of digits. Divide it by 10,000.",
        0.99211: "That is what it had on the digits by which it was chosen. The test digits "
                 "know nothing of that.",
        0.98778: "It was lucky once. That does not make it unlucky later.",
    }, otherwise="What is the probability with which each network reads a new digit?"),
    "lucky_winners": number(0.589, within=0.02, misconceptions={
        0.085: "That is the share of single networks. In each contest only the best counts.",
        0.411: "That is the share in which no network comes so far.",
        1.0: "Count the contests whose largest number of right answers is at least 4,960.",
    }, otherwise="0.992 of 5,000 are 4,960 digits."),
    "supported": choices(
        missing={"Q": "The difference is larger than 1.96 standard deviations, the seeds do "
                      "not overlap, and no choice was made on these digits.",
                 "T": "Same machine, everything counted, several times, and the ranges do not "
                      "overlap."},
        wrong={"P": "The winner of ten looks better than it is by chance alone, and B had no "
                    "such luck to draw on.",
               "R": "Time goes with multiplications and with the machine, not with parameters.",
               "S": "Two machines. How fast is B on yours?"}),
}
