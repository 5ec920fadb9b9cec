"""Exercise 4.1: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, number

POWERS = np.array([6.0, 3.0, 1.0])


LOGITS = np.log(POWERS)


CHANCES = POWERS / POWERS.sum()


SLOPES = CHANCES - [0, 1, 0]


ASKS = {
    "class_chances": array(CHANCES, within=0.003, misconceptions=[
        (LOGITS / LOGITS.sum(), "You divided the logits by their sum. The exponentials come "
                                "first."),
        (POWERS, "Those are the powers. Divide them by their sum."),
        (np.full(3, 1 / 3), "That is a guess, with three equal logits."),
        (1 / (1 + np.exp(-LOGITS)), "They do not add up to 1. Each is a sigmoid of its own."),
        (2 ** LOGITS / (2 ** LOGITS).sum(), "You took powers of 2. Softmax takes powers of e."),
        (CHANCES[::-1], "Their order is reversed. The largest logit has the largest "
                        "probability."),
    ]),
    "one_loss": number(1.204, within=0.006, misconceptions={
        -1.204: "A probability is at most 1, so its logarithm is negative. The loss is minus "
                "the logarithm.",
        0.511: "That is the loss if class 0 is the true one.",
        2.303: "That is the loss if class 2 is the true one.",
        0.3: "That is the probability of the true class. The loss is minus its logarithm.",
        0.7: "That is how much is missing from 1. The loss is minus a logarithm.",
        0.523: "That is the logarithm to base 10.",
        1.737: "That is the logarithm to base 2.",
        4.017: "Only the probability of the true class counts, not all three.",
    }, otherwise="It is minus the natural logarithm of one of the three probabilities."),
    "logit_slopes": array(SLOPES, within=0.003, misconceptions=[
        (-SLOPES, "The signs are turned: p minus y, and not y minus p."),
        (CHANCES, "Those are the probabilities. What is subtracted from that of the true "
                  "class?"),
        (CHANCES - [1, 0, 0], "You took class 0 for the true one."),
        (CHANCES - [0, 0, 1], "You took class 2 for the true one."),
        (CHANCES - 1, "The 1 belongs to the true class only."),
        ([0, SLOPES[1], 0], "The other two have a derivative, too: if their logits rise, the "
                            "probability of the true class falls."),
    ]),
    "next_logits": array(LOGITS - 0.5 * SLOPES, within=0.003, misconceptions=[
        (LOGITS + 0.5 * SLOPES, "You went along the derivative. That makes the loss larger."),
        (LOGITS - SLOPES, "The step size is 0.5."),
        (-0.5 * SLOPES, "Those are the steps. Add them to the logits."),
        (CHANCES - 0.5 * SLOPES, "You stepped from the probabilities. The logits are to move."),
        (LOGITS - 0.5 * CHANCES, "You stepped by the probabilities. The derivative has a 1 "
                                 "subtracted."),
    ]),
    "doubled_chance": number(36 / 46, within=0.003, misconceptions={
        0.6: "It stays only if the same number is added to all logits.",
        1.2: "A probability is never above 1. The logits are doubled, not the probabilities.",
        0.75: "Doubling a logit squares its power. You left one class out, or doubled the "
              "powers.",
        6 / 7: "The others are doubled, too.",
        36 / 40: "You squared the first power. All three are squared.",
    }, otherwise="A doubled logit has a squared power."),
}
