"""Exercise 4.4, how sure is an accuracy?: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.exercises.checks import choice, function, number


def margin(right: int, n: int, *, times: float = 1.96) -> float:
    """Return by how much the accuracy of `right` of `n` digits is uncertain."""
    p = right / n
    return times * np.sqrt(p * (1 - p) / n)


def ends(spread: Callable[[int, int], float]) -> Callable[[int, int], tuple[float, float]]:
    """Make an interval of a function that gives its half."""
    def interval(right: int, n: int) -> tuple[float, float]:
        return right / n - spread(right, n), right / n + spread(right, n)
    return interval


def draw_result(random: np.random.Generator) -> tuple[int, int]:
    """Draw a number of digits, and how many of them were read correctly."""
    n = int(random.integers(50, 3_000))
    return int(n * random.uniform(0.5, 0.97)), n


ASKS = {
    "accuracy_range": function(
        ends(margin), cases=[(989, 1_000), (450, 500)], draw=draw_result, within=1e-5,
        misconceptions=[
            (ends(lambda right, n: margin(right, n, times=1)),
             "In 95 of 100 samples it is 1.96 times as far."),
            (ends(lambda right, n: margin(right, n, times=2)),
             "You rounded 1.96 to 2. Take the number of the equation."),
            (ends(lambda right, n: 1.96 * right / n * (1 - right / n) / n),
             "The root is missing."),
            (ends(lambda right, n: 1.96 * np.sqrt(right / n * (1 - right / n)) / n),
             "The n belongs under the root, too."),
            (ends(lambda right, n: 1.96 * np.sqrt(right / n * (1 - right / n))),
             "You did not divide by the number of digits: it would not help to take more."),
            (ends(lambda right, n: 1.96 * np.sqrt(right / n / n)),
             "Under the root stands p (1 - p), not p."),
            (lambda right, n: 100 * np.array(ends(margin)(right, n)),
             "Shares are wanted, not percentages."),
            (lambda right, n: n * np.array(ends(margin)(right, n)),
             "You count digits. Shares are wanted."),
            (lambda right, n: ends(margin)(right, n)[::-1], "The lower end comes first."),
            (margin, "You return how far it is uncertain. Return both ends."),
        ]),
    "half_width": number(0.0191, within=0.0002, misconceptions={
        0.0097: "In 95 of 100 samples it is 1.96 times as far.",
        0.0043: "That is on 10,000 digits.",
        0.0382: "That is from one end to the other.",
        0.00019: "The root is missing.",
        1.91: "A share is wanted, not a percentage.",
    }, otherwise="Put p and n into the equation."),
    "digits_needed": number(38_032, within=40, misconceptions={
        9_508: "That is for 0.002.",
        9_900: "You left out the 1.96.",
        19_404: "The 1.96 is squared, too, when you solve for n.",
        380: "That is for 0.01.",
        152_127: "To within 0.001 means so far in both directions.",
        195: "Solve for n: the root becomes a square.",
    }, otherwise="Solve the equation for n."),
    "better_one": choice("cannot tell", {
        "A": "A read more, but look at both ranges.",
        "B": "B read fewer. That is not enough to say anything for it.",
    }),
    "same_gap": number(0.0017, within=1e-5, misconceptions={
        0.0035: "That is the share on which they disagree. In which direction?",
        0.0026: "That is what only C reads. What only D reads counts for D.",
        -0.0017: "That is by how much D is ahead. Subtract the other way round.",
        17: "That is a number of digits. A share is wanted.",
        0.9894: "That is the accuracy of C. Subtract that of D.",
    }, otherwise="Where both are right, or both wrong, neither gains on the other."),
    "coin_chance": number(0.00599, within=0.0002, misconceptions={
        0.00299: "That is for falls in favour of C alone. As many for D would be as unequal.",
        0.00205: "That is for exactly 26 to 9. More unequal falls count as well.",
        0.00406: "That is by the bell curve. With so few tosses take the exact binomial.",
        0.2585: "That is for two networks which read different digits.",
        0.5: "That is the chance of one toss.",
    }, otherwise="As many tosses as there are disagreements: scipy.stats.binomtest, or "
                 "paired_comparison."),
    "better_on_same": choice("C", {
        "D": "On which digits is D right, and C not? And the other way round?",
        "cannot tell": "Their accuracies alone could not tell. But they read the same digits: how "
                       "rarely is a coin so unequal?",
    }),
    "errors_cut": number(0.25, within=0.001, misconceptions={
        0.005: "That is by how much the accuracy rises. Compare the error rates.",
        1 / 3: "You divided by the error rate after the change. It is cut from the one before.",
        0.75: "That is what is left of it.",
    }, otherwise="What is the error rate before, and what after?"),
}
