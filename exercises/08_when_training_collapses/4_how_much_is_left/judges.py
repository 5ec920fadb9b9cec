"""Exercise 8.4, how much is left: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function, number


def keeping(kernel: int, channels: int, slope: float) -> float:
    """Return the deviation that keeps the mean square through a leaky ReLU."""
    return np.sqrt(2 / (kernel ** 2 * channels * (1 + slope ** 2)))


def draw_layer(random: np.random.Generator) -> tuple[int, int, float]:
    """Draw the size of a kernel, a number of channels and a slope."""
    return (int(random.choice([3, 5, 7])), int(random.integers(4, 200)),
            float(random.uniform(0.1, 0.8)))


ASKS = {
    "left_after_seven": number(2.0 ** -7, within=0.00002, misconceptions={
        2.0 ** -3.5: "That is the size, the root of the mean square.",
        2.0 ** -14: "ReLU takes half of the mean square, not three quarters: Glorot keeps what "
                    "goes in, as long as it is linear.",
        2.0 ** -13: "That is after thirteen layers.",
        1.0: "That is with He's variance. Glorot's does not make up for the ReLU.",
        1 / 14: "Each layer halves what the one before has left. Multiply.",
    }),
    "layers_to_a_thousandth": number(10, misconceptions={
        9: "There one part in 512 is left. That is more than a thousandth.",
        20: "The mean square is asked for, and you took its root.",
        11: "One earlier there is already less than a thousandth.",
        500: "Each layer halves what is left. Multiply.",
        3: "Each layer takes half, not nine tenths.",
    }),
    "into_a_wider_layer": number(0.25, within=0.001, misconceptions={
        0.5: "Is that what is left before the ReLU? After it, that would be for as many outputs "
             "as inputs.",
        0.75: "A sum has as many terms as the unit has inputs, not as many as there are units.",
        1.0: "That is with He's variance.",
        1 / 128: "That is the variance of one weight. A sum has 64 terms, and then comes the "
                 "ReLU.",
        1 / 256: "That is half the variance of one weight. A sum has 64 terms.",
    }, otherwise="The number of inputs, times the variance, times what ReLU leaves."),
    "start_deviation": function(keeping, draw=draw_layer, misconceptions=[
        (lambda kernel, channels, slope: keeping(kernel, channels, 0.0),
         "That is He's deviation for a plain ReLU. The leak lets something through, so less is "
         "needed."),
        (lambda kernel, channels, slope: keeping(kernel, channels, slope) ** 2,
         "That is the variance. Its root is asked for."),
        (lambda kernel, channels, slope: keeping(1, channels, slope),
         "You counted one weight for each channel. A kernel has more."),
        (lambda kernel, channels, slope: np.sqrt(2 / (kernel * channels * (1 + slope ** 2))),
         "A kernel has as many rows as columns. Count all its weights."),
        (lambda kernel, channels, slope: np.sqrt(2 / (kernel ** 2 * channels * (1 + slope))),
         "Below zero the numbers are multiplied by the slope, and so their squares by its "
         "square."),
        (lambda kernel, channels, slope: keeping(kernel, channels, 1.0),
         "That keeps the mean square through a linear layer. The ReLU takes a part of it."),
        (lambda kernel, channels, slope: np.sqrt(1 / (kernel ** 2 * channels
                                                      * (1 + slope ** 2))),
         "Your signal halves with each layer: the mean over both halves of the sums is a half "
         "of the squares above zero and a half of those below."),
    ]),
}
