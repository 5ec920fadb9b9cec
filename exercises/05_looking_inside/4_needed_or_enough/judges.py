"""Exercise 5.4, needed, or enough?: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function, number


def favourites(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return for each filter the digit with the largest mean response, -1 for a silent one."""
    strength = responses.mean(axis=(1, 2))
    means = np.stack([strength[labels == digit].mean(axis=0) for digit in range(10)])
    return np.where(means.sum(axis=0) > 0, means.argmax(axis=0), -1)


def by_sum(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Add up the responses of each digit, in place of their mean."""
    strength = responses.mean(axis=(1, 2))
    sums = np.stack([strength[labels == digit].sum(axis=0) for digit in range(10)])
    return np.where(sums.sum(axis=0) > 0, sums.argmax(axis=0), -1)


def by_peak(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Take the digit of the one largest response."""
    return np.where(responses.sum(axis=(0, 1, 2)) > 0,
                    labels[responses.mean(axis=(1, 2)).argmax(axis=0)], -1)


def with_silent(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Give silent filters the favourite 0."""
    return np.maximum(favourites(responses, labels), 0)


def least_liked(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Take the smallest mean."""
    strength = responses.mean(axis=(1, 2))
    means = np.stack([strength[labels == digit].mean(axis=0) for digit in range(10)])
    return np.where(means.sum(axis=0) > 0, means.argmin(axis=0), -1)


def filters_by_digit(responses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return for each digit the filter that answers most, the question turned round."""
    strength = responses.mean(axis=(1, 2))
    return np.stack([strength[labels == digit].mean(axis=0) for digit in range(10)]).argmax(axis=1)


def draw_responses(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw maps of 7 filters, one of them silent, for digits that are not equally frequent."""
    labels = random.permutation(np.concatenate([np.arange(10), random.integers(0, 10, 25)]))
    responses = np.maximum(random.normal(size=(35, 2, 3, 7)), 0) * random.random((35, 1, 1, 1))
    responses[..., int(random.integers(0, 7))] = 0
    return responses, labels


ASKS = {
    "favourite_digits": function(favourites, draw=draw_responses, misconceptions=[
        (by_sum, "You added the responses of a class. A frequent digit has a larger sum: take "
                 "the mean."),
        (by_peak, "You took the digit of the one largest response. The favourite is decided by "
                  "the mean over all digits of a class."),
        (with_silent, "A filter that never answers has no favourite: it gets -1, and yours "
                      "gets 0."),
        (least_liked, "You found the digit that each filter likes least."),
        (filters_by_digit, "You found for each digit its filter. The question is the other way "
                           "round."),
    ]),
    "threes_lost": number(0.03, within=0.0101, misconceptions={
        0.97: "That is the share that is still read. The misread ones are asked for.",
        0.011: "That is the share of all 1,000 digits. Look at the 3s alone.",
        0.0: "None at all? Silence the filters whose favourite is 3, all at once.",
        3.0: "A share between 0 and 1 is wanted.",
    }, otherwise="Compare the answers without these filters with the labels, among the 3s."),
    "threes_kept": number(1.0, within=0.0101, misconceptions={
        0.97: "That is with the favourites of 3 silenced. Now silence all others.",
        0.417: "That is the share of all digits that are read. Look at the 3s alone.",
        0.0: "That is the share of the misread. Or are the wrong filters silent?",
        100.0: "A share between 0 and 1 is wanted.",
    }, otherwise="`np.setdiff1d(np.arange(128), ...)` gives the other filters."),
    "called_three": number(492 / 900, within=0.0101, misconceptions={
        0.592: "You counted the 3s, too. Look at the other digits alone.",
        0.492: "You divided by all 1,000 digits. How many of them are no 3?",
        408 / 900: "That is the share that is not called 3.",
        0.0: "Not one? Silence all filters except the favourites of 3.",
    }, otherwise="Among the digits whose label is not 3, count the answers that are 3."),
}
