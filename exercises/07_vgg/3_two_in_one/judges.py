"""Exercise 7.3, two in one: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, choice, function, number


def composed_bias_of(first_bias: np.ndarray, second: np.ndarray, second_bias: np.ndarray
                     ) -> np.ndarray:
    """Return the bias of the one layer that does what two do."""
    return second_bias + first_bias @ second.sum(axis=(0, 1))


def draw_biases(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw kernels with as many filters as channels, so that a plain sum is possible, too."""
    channels = int(random.integers(2, 5))
    return (random.normal(size=channels), random.normal(size=(3, 3, channels, channels)),
            random.normal(size=channels))


ASKS = {
    "kernel_of_both": array([2, -1, -1], misconceptions=[
        ([2, -1], "You multiplied weight by weight. Each weight of the second moves a whole "
                  "copy of the first."),
        ([1, 1, -2], "You turned one of the kernels."),
        ([3, 0], "You added the kernels."),
        ([2, -3, 1], "Mind the signs: the second copy of the first kernel is multiplied by 1."),
        ([2, -2, 1, -1], "The two copies overlap by one place. Add what falls together."),
    ]),
    "bias_of_both": number(10, misconceptions={
        4: "The second layer multiplies the first bias by its weights.",
        7: "You used the first weight of the second layer alone. Both read the bias.",
        9: "The second layer has a bias, too.",
        1: "The first bias does not get lost: the second layer reads it in each place.",
        12: "The second bias is added at the end. Nothing multiplies it.",
    }),
    "add_the_biases": function(composed_bias_of, draw=draw_biases, misconceptions=[
        (lambda first_bias, second, second_bias: first_bias + second_bias,
         "You added the biases. The second layer multiplies the first ones by its weights."),
        (lambda first_bias, second, second_bias: first_bias @ second.sum(axis=(0, 1)),
         "The biases of the second layer are missing."),
        (lambda first_bias, second, second_bias: second_bias + first_bias @ second[1, 1],
         "You used the weights in the middle of the kernel alone. All places read the bias."),
        (lambda first_bias, second, second_bias:
         second_bias + second.sum(axis=(0, 1)) @ first_bias,
         "You summed over the filters. The sum runs over the channels in the middle."),
        (lambda first_bias, second, second_bias:
         second_bias + first_bias @ second.mean(axis=(0, 1)),
         "You took the mean over the places of the kernel. They are added."),
        (lambda first_bias, second, second_bias: second_bias,
         "The biases of the first layer are missing."),
    ]),
    "differ_where": choice("outermost ring", {
        "nowhere": "That holds without padding. With it, look again at the border.",
        "two outer rings": "A cell in the second ring reads only cells of the middle map that "
                           "both have.",
        "everywhere": "In the middle both compute the same sum."}),
    "differ_why": choice("the stack pads in the middle", {
        "the kernels are turned": "Neither of the two turns a kernel.",
        "the biases are added twice": "Then all cells would differ."}),
}
