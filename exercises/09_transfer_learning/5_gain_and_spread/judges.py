"""Exercise 9.5, gain and spread: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choice, function, number


def gain_and_spread(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Return mean and spread of the paired differences, in points."""
    return 100 * np.array([np.mean(ours - theirs), np.std(ours - theirs)])


def draw_pairs(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw accuracies of two methods on the same draws of labels."""
    count = int(random.integers(5, 12))
    luck = random.normal(scale=0.03, size=count)
    ours, theirs = (level + luck + random.normal(scale=0.01, size=count)
                    for level in (0.88, 0.83))
    return ours.round(3), theirs.round(3)


ASKS = {
    "gain_in_points": function(gain_and_spread, draw=draw_pairs, misconceptions=[
        (lambda ours, theirs: gain_and_spread(ours, theirs) / 100,
         "These are fractions. In points they are a hundred times as large."),
        (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs),
                                              np.hypot(np.std(ours), np.std(theirs))]),
         "You put the spreads of both together, as if their draws had nothing to do with each "
         "other. Subtract draw by draw, then take the spread."),
        (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs), np.std(ours)]),
         "That is the spread of the first method. The spread of the gain is wanted."),
        (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs),
                                              np.std(ours) - np.std(theirs)]),
         "You subtracted the spreads. Subtract the accuracies, then take the spread."),
        (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs),
                                              np.std(ours - theirs) / len(ours)**0.5]),
         "That is how uncertain the mean is. The spread over the draws is wanted."),
        (lambda ours, theirs: 100 * np.array([np.mean(ours - theirs),
                                              np.std(ours - theirs, ddof=1)]),
         "You divided by one less than the number of draws. `np.std` as it stands is wanted."),
        (lambda ours, theirs: gain_and_spread(theirs, ours),
         "Turned round: the gain of the first over the second."),
        (lambda ours, theirs: 100 * np.mean(ours - theirs), "The spread is missing."),
    ]),
    "gain_of_five": number(4.4, within=0.01, misconceptions={
        0.044: "In points, that is, in hundredths.",
        -4.4: "Turned round: borrowed less random.",
        5: "That is the gain of the most frequent kind. The mean is wanted.",
        5.16: "That is relative to the random features. In points, subtract only.",
    }),
    "spread_of_five": number(0.8, within=0.01, misconceptions={
        0.008: "In points, that is, in hundredths.",
        2.417: "That is the spread of the borrowed features. Subtract draw by draw first.",
        3.059: "That is the spread of the random features. Subtract draw by draw first.",
        3.899: "You put both spreads together. The luck of a draw helps both, so subtract draw "
               "by draw.",
        0.894: "You divided by one less than the number of draws.",
        0.4: "That is how uncertain the mean is.",
    }),
    "error_of_five": number(0.4, within=0.01, misconceptions={
        0.8: "That is the spread of the draws. The mean of five is surer than one of them.",
        0.358: "`np.std` has divided by 5, the number of draws. Divide by the root of one less.",
        0.16: "Divide by a root, not by the number of draws itself.",
        0.2: "Divide by a root, not by the number itself.",
        0.447: "You divided by one less twice: either in the spread or under the root.",
        0.004: "In points, that is, in hundredths.",
    }, otherwise="The spread, divided by the root of one less than the number of draws."),
    "cut_after": choice(3, {
        2: "You chose by the test digits. Then they no longer tell how well you will read "
           "digits that nobody has seen.",
        4: "This is the worst of the three on validation digits."}),
    "accuracy_to_report": number(0.905, within=0.0001, misconceptions={
        0.911: "You have chosen by this number, so it is a little too good on average.",
        0.914: "This belongs to another cut. Whoever reports the best of three test numbers "
               "has chosen by the test.",
        0.902: "This belongs to another cut, and it is not of the test.",
        0.908: "A mean of a number that was chosen by and one that was not is still too good.",
    }),
    "what_is_shown": choice("neither", {
        "a gain": "How uncertain is the mean of these ten draws? Divide their spread by the root "
                  "of nine, and hold the gain against that.",
        "no gain": "The mean is uncertain by about a point, so a gain of one point could be "
                   "there. Not to see a thing does not show that it is not there."}),
}
