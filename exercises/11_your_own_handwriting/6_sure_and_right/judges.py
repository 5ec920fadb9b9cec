"""Exercise 11.6, sure, and right?: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, choice, function, number


def cost_of(confidence: np.ndarray, right: np.ndarray, threshold: float, price: float) -> float:
    """Return the cost of a threshold: `price` for a wrong answer, 1 for a refused digit."""
    accepted = confidence >= threshold
    return float(price * np.sum(accepted & ~right) + np.sum(~accepted))


def draw_answers(random: np.random.Generator) -> tuple:
    """Draw confidences, some of them equal to the threshold, and whether the answers are right."""
    count = int(random.integers(12, 30))
    confidence = random.choice(np.arange(0.2, 1.0, 0.05).round(2), count)
    right = random.random(count) < 0.6
    return confidence, right, float(random.choice(confidence)), float(random.integers(3, 12))


ASKS = {
    "group_confidence": number(0.8, within=0.002, misconceptions={
        0.793: "That is the mean of those that were right. Take all five.",
        0.81: "That is the mean of those that were wrong. Take all five.",
        4.0: "That is the sum.",
        0.79: "That is halfway between the smallest and the largest. Take the mean of all "
              "five.",
    }),
    "group_share": number(0.6, within=0.002, misconceptions={
        0.4: "That is the share of mistakes.",
        3: "That is their number. Divide by how many there are.",
        0.595: "You weighted the answers by their confidence.",
    }),
    "group_error": number(0.219, within=0.007, misconceptions={
        0.048: "You left out the root.",
        0.49: "You left out the division by the number of answers.",
        0.098: "The number of answers belongs under the root.",
        0.245: "You divided by one less than the number of answers. The formula divides by their "
               "number.",
        0.179: "You took the confidence for the share of right answers.",
    }, otherwise="Put your share and the number of answers into the formula."),
    "group_bar": array([0.147, 0.947], within=0.005, misconceptions=[
        ([0.053, 0.853], "That is for two of five, the mistakes. Three are right."),
        ([0.381, 0.819], "That is one standard error to either side. The bar is what "
                         "`share_interval(3, 5)` gives."),
        ([0.162, 1.038], "Two standard errors to either side reach beyond 1, where no share can "
                         "lie. Take `share_interval(3, 5)`."),
        ([0.171, 1.029], "1.96 standard errors to either side reach beyond 1, where no share can "
                         "lie. Take `share_interval(3, 5)`."),
    ], otherwise="Hand over how many are right and how many answers there are."),
    "group_says": choice("open", {
        "too sure": "It looks so. But how large is the difference beside the standard error?",
        "too modest": "The confidence is above the share, not below it.",
        "calibrated": "The two numbers differ. That the difference may be chance does not "
                      "show that they are equal.",
    }),
    "total_cost": function(
        cost_of, cases=[(np.array([0.5, 0.8, 0.8, 0.95]),
                         np.array([True, False, True, False]), 0.8, 10.0)],
        draw=draw_answers, misconceptions=[
            (lambda confidence, right, threshold, price:
             price * np.sum(~right) + np.sum(confidence < threshold),
             "You counted wrong answers that were refused, too. Who refuses makes no mistake."),
            (lambda confidence, right, threshold, price:
             price * np.sum((confidence >= threshold) & ~right)
             + np.sum((confidence < threshold) & right),
             "You counted a refusal only if the answer was right. Every refused digit costs "
             "1: someone has to look at it."),
            (lambda confidence, right, threshold, price:
             price * np.sum((confidence > threshold) & ~right)
             + np.sum(confidence <= threshold),
             "You refused answers whose confidence is equal to the threshold."),
            (lambda confidence, right, threshold, price:
             np.sum((confidence >= threshold) & ~right)
             + price * np.sum(confidence < threshold),
             "You gave the price to the refused digits. It belongs to the wrong answers."),
            (lambda confidence, right, threshold, price:
             np.sum((confidence >= threshold) & ~right) + np.sum(confidence < threshold),
             "You left out the price."),
            (lambda confidence, right, threshold, price:
             cost_of(confidence, ~right, threshold, price),
             "You charged for the right answers that were kept."),
            (lambda confidence, right, threshold, price:
             cost_of(confidence, right, threshold, price) / len(right),
             "You took the mean. The cost of all answers together is asked for."),
        ]),
}
