"""Exercise 10.2, find the mistake: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, choice, number

P = np.exp([2.0, 1.0, 0.0]) / np.exp([2.0, 1.0, 0.0]).sum()


Y = np.array([0.0, 1.0, 0.0])


CLEAR = "The gradients are cleared here, by zero_grad."


MEMORY = "The optimiser is made once here, before the loop, and keeps its memory."


SOFTMAX = "The logits go to the loss as they are."


MODE = "Nothing is measured in this one, and training in training mode is right."


ASKS = {
    "mistake_a": choice("clear", {"memory": MEMORY, "softmax": SOFTMAX, "mode": MODE}),
    "mistake_b": choice("memory", {"clear": CLEAR, "softmax": SOFTMAX, "mode": MODE}),
    "mistake_c": choice("softmax", {"clear": CLEAR, "memory": MEMORY, "mode": MODE}),
    "mistake_d": choice("mode", {
        "clear": "Nothing is trained here, so there are no gradients to clear.",
        "memory": "There is no optimiser here.",
        "softmax": "There is none at all, and the largest logit is the largest probability."}),
    "smallest_loss": number(np.log(np.e + 3) - 1, within=0.002, misconceptions={
        round(np.log(np.e + 9) - 1, 4): "That is for ten classes.",
        0.74: "Nearly: give three places behind the point.",
        0: "That is without the second softmax.",
        round(np.log(np.e + 3), 4): "Subtract the logit of the right class. Here it is a "
                                    "probability of 1.",
        round(np.log(4), 4): "That is for a network that guesses.",
        round(np.log(np.e + 4) - 1, 4): "The right class is one of the four: three others are "
                                        "left.",
    }, otherwise="The loss takes the probabilities 1, 0, 0, 0 for logits."),
    "logit_gradient": array((P - Y) / 4, within=0.005, misconceptions=[
        (P - Y, "That is for the digit alone. The loss is the mean over the batch."),
        ((Y - P) / 4, "The sign is turned round."),
        (Y - P, "The sign is turned round, and the loss is the mean over the batch."),
        ((P - [1, 0, 0]) / 4, "The label is 1, counted from 0."),
        (P / 4, "Subtract the one-hot label."),
        ((P - Y) / 3, "The mean is over the digits of the batch, not over the classes."),
    ]),
}
