"""Exercise 7.5, what folds, and what does not: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choices, function, number
from helpers.exercises.checks.messages import Message


class Affine:
    """A network of linear layers with biases, as a function from a batch to a batch."""

    def __init__(self, weights: np.ndarray, bias: np.ndarray) -> None:
        self.weights, self.bias = weights, bias

    def __call__(self, batch: np.ndarray) -> np.ndarray:
        """Return (n, outputs) for (n, inputs)."""
        return np.asarray(batch, dtype=float) @ self.weights + self.bias

    def __repr__(self) -> str:
        """Say what it is, in the message of a check."""
        return str(Message("a function from (n, size) to (n, outputs)"))


def read_table(network: Affine, size: int) -> np.ndarray:
    """Return the weights, (size, outputs)."""
    return network(np.eye(size)) - network(np.zeros((1, size)))


def draw_network(random: np.random.Generator) -> tuple[Affine, int]:
    """Draw an affine function with a bias that matters."""
    size = int(random.integers(4, 9))
    return Affine(random.normal(size=(size, 3)), 1 + random.random(3)), size


def fold_pooling(kernels: np.ndarray) -> np.ndarray:
    """Return the kernels of a convolution and 2x2 average pooling in one."""
    rows, columns, channels, filters = kernels.shape
    both = np.zeros((rows + 1, columns + 1, channels, filters))
    for row in range(2):
        for column in range(2):
            both[row:row + rows, column:column + columns] += kernels / 4
    return both


ASKS = {
    "linear_parts": choices(
        missing={"convolution": "It is a weighted sum of pixels.",
                 "average pooling": "A mean is a weighted sum with equal weights.",
                 "flatten": "It only writes the same numbers in another order."},
        wrong={"max pooling": "Of 1 and -2 the maximum is 1, of -1 and 2 it is 2. And of their "
                              "sum?",
               "relu": "Of 1 it makes 1, of -1 it makes 0. And of their sum?",
               "softmax": "Its outputs always sum to 1. Two of them added do not.",
               "bias": "In the answer to a sum the bias stands once, in the sum of the answers "
                       "twice."}),
    "pool_into_kernels": function(
        fold_pooling,
        draw=lambda random: (random.normal(size=(int(random.integers(2, 4)), 3, 2, 3)),),
        misconceptions=[
            (lambda kernels: 4 * fold_pooling(kernels),
             "You added the four copies. The mean divides by four."),
            (lambda kernels: kernels / 4, "The kernel must grow: four windows side by side see "
                                          "more than one."),
            (lambda kernels: kernels, "That is the convolution alone."),
            (lambda kernels: 2 * fold_pooling(kernels),
             "You divided by two. The window of 2x2 has four cells."),
            (lambda kernels: np.repeat(np.repeat(kernels, 2, axis=0), 2, axis=1) / 4,
             "You made each weight four times as large in area. Add moved copies of the "
             "kernel instead."),
        ]),
    "folded_stride": number(2, pair=True, misconceptions={
        1: "The pooling leaves a quarter of the places.",
        4: "That is by how many the places become fewer. The stride counts in one direction.",
        3: "The stride is that of the pooling, not the size of the kernel.",
    }),
    "read_the_table": function(read_table, draw=draw_network, misconceptions=[
        (lambda network, size: network(np.eye(size)),
         "You did not subtract the offset: what the network gives for an empty image."),
        (lambda network, size: read_table(network, size).T,
         "Rows and columns are exchanged: one row for each input."),
        (lambda network, size: network(np.zeros((1, size))), "That is the offset."),
        (lambda network, size: network(np.ones((1, size))) - network(np.zeros((1, size))),
         "With all inputs bright at once you get the sum of the weights. Light one at a time."),
        (lambda network, size: network(np.eye(size)) + network(np.zeros((1, size))),
         "You added the offset once more. Subtract it."),
    ]),
}
