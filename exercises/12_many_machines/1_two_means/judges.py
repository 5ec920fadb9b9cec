"""Exercise 12.1, two means: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import number

ASKS = {
    "plain_mean": number(13 / 3, within=0.01, misconceptions={
        3: "That is the mean of all six examples. Take each worker's mean first.",
        6: "That is the mean of the workers' sums. Take the mean of each worker.",
        13: "That is the sum of the three means."}),
    "true_mean": number(3, within=0.001, misconceptions={
        4.333: "That is the mean of the means. The whole batch has six examples.",
        6: "You divided by the number of workers. Divide by the number of examples.",
        18: "That is the sum of all."}),
    "factor_of_one": number(0.5, within=0.001, misconceptions={
        0.167: "That is its share of the batch. The plain mean then divides by the number of "
               "workers once more.",
        0.333: "That is its share of the workers. Count examples.",
        1: "Then its one example counts as much as two or three others together.",
        2: "It has fewer examples than the others, so each of them must count less than it does."}),
}
