"""Exercise 12.7, normalised apart: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function, number


def whole(means, variances, sizes):
    """Mean and variance of a whole batch, from those of its shares."""
    mean = np.average(means, weights=sizes)
    spread = np.average(variances, weights=sizes)
    return np.array([mean, spread + np.average((means - mean) ** 2, weights=sizes)])


def draw(random):
    """Means, variances and sizes of two to four shares."""
    shares = int(random.integers(2, 5))
    return (random.normal(scale=3, size=shares), random.uniform(0.1, 2, size=shares),
            random.permutation([2, 3, 7, 12])[:shares])


ASKS = {
    "ratio_of_two": number(0.5, within=0.01, misconceptions={
        1: "Measure it: the variance of each share is taken about the mean of that share.",
        2: "You multiplied where a part is lost. Average the variances.",
        0.25: "That is the square of what is asked. Is it the variance that you average?",
        0.564: "That is the mean of the standard deviations."}),
    "ratio_of_thirty_two": number(31 / 32, within=0.01, misconceptions={
        1: "Nearly. Measure it with more shares.",
        0.5: "That is for shares of two.",
        0.938: "That is the square of what is asked. Is it the variance that you average?"}),
    "whole_statistics": function(
        whole, draw=draw, cases=[(np.array([1.0, 11.0]), np.array([1.0, 1.0]), np.array([2, 2]))],
        misconceptions=[
            (lambda means, variances, sizes: [np.average(means, weights=sizes),
                                              np.average(variances, weights=sizes)],
             "Your variance is the mean of the variances. What the means differ by is missing."),
            (lambda means, variances, sizes: [means.mean(), variances.mean()],
             "You took plain means. The shares differ in size, and what the means differ by is "
             "missing."),
            (lambda means, variances, sizes: whole(means, variances, np.ones(len(means))),
             "You took plain means. The shares differ in size."),
            (lambda means, variances, sizes: [whole(means, variances, sizes)[0],
                                              whole(means, variances, sizes)[1] ** 0.5],
             "That is the standard deviation."),
            (lambda means, variances, sizes: whole(means, variances, sizes)[::-1],
             "First the mean, then the variance."),
        ]),
    "numbers_sent": number(128, misconceptions={
        64: "Two for each channel.",
        2: "That is one channel.",
        512: "Those are bytes."}),
}
