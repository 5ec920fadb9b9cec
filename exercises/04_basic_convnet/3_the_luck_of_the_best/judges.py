"""Exercise 4.3, the luck of the best: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import choices, number

ASKS = {
    "best_measured": number(0.9705, within=0.001, misconceptions={
        0.95: "That is how good each of them is. The best measured one had luck.",
        0.9691: "That is how far a single one is uncertain. With fifty tries the best goes "
                "further.",
        0.99: "That is about the best of all repetitions. Take the best of fifty, then the "
              "mean over the repetitions.",
        0.9549: "That is with 10,000 digits. With 500 there is more luck.",
        0.9295: "That is the worst of the fifty.",
    }, otherwise="Draw an array of shape (2000, 50), take the largest of each row, and then "
                 "the mean."),
    "best_again": number(0.95, within=0.001, misconceptions={
        0.9705: "Its luck stays with the digits on which it was chosen.",
        0.96: "Half of its luck does not stay, either.",
        0.9295: "It is not punished for its luck.",
    }, otherwise="What is true of each of the fifty?"),
    "says_too_much": choices(
        missing={
            "epoch by test": "One is missing. To stop is a choice.",
            "seed by test": "One is missing. The best of ten seeds had luck on just these "
                            "digits.",
            "train on both": "One is missing. Does the network know the digits that it is "
                             "asked?",
        },
        wrong={
            "seed by validation": "The test digits had no part in that choice.",
            "divide by 255": "That is the same for all digits and chosen by none of them.",
        }),
}
