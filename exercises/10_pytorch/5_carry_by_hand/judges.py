"""Exercise 10.5, carry by hand: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function, number, shape


def draw_dense(random: np.random.Generator) -> tuple:
    """Draw a dense kernel of Keras behind a map that is not square."""
    height, width, channels = random.permutation([2, 3, 4])
    out = int(random.integers(5, 8))
    return (random.normal(size=(height * width * channels, out)).round(2), int(height), int(width),
            int(channels))


def draw_kernel(random: np.random.Generator) -> tuple:
    """Draw a kernel of Keras, all of whose axes differ."""
    return (random.normal(size=tuple(random.permutation([2, 3, 4, 5]))).round(2),)


ASKS = {
    "carried_shape": shape((24, 16, 5, 3), axes=("out", "in", "height", "width"),
                           misconceptions={
        (16, 24, 5, 3): "The filters come first, then the channels that each of them reads.",
        (24, 16, 3, 5): "Height stays before width.",
        (5, 3, 16, 24): "That is how Keras has it.",
        (24, 5, 3, 16): "You moved the filters to the front. The channels have to move, too.",
    }),
    "keras_row": number(461, misconceptions={
        289: "That is the place in PyTorch. In Keras the channels count fastest.",
        317: "A row of the map has as many places as there are columns: 9.",
        269: "Row and column are exchanged.",
        197: "Row and column are exchanged, and a row is 9 places long.",
        485: "You counted the column from 1.",
        462: "All are counted from 0, and so is the row of the kernel.",
        293: "A row of the map has as many places as there are columns.",
        437: "You left out the column.",
    }, otherwise="The place in the map first, row by row, then its channels."),
    "torch_column": number(289, misconceptions={
        461: "That is the place in Keras. In PyTorch the channels count slowest.",
        283: "A row of the map has as many places as there are columns.",
        290: "All are counted from 0, and so is the column of the weight.",
        281: "Row and column are exchanged.",
        343: "You counted the channel from 1.",
    }, otherwise="Whole channels first, then rows, then columns."),
    "kernel_carried": function(
        lambda kernel: kernel.transpose(3, 2, 0, 1), draw=draw_kernel, misconceptions=[
            (lambda kernel: kernel.T, "You turned round all four axes, so height and width are "
                                      "exchanged as well."),
            (lambda kernel: kernel.transpose(2, 3, 0, 1), "In and out are exchanged."),
            (lambda kernel: kernel.transpose(3, 0, 1, 2),
             "The channels must come before height and width, too."),
            (lambda kernel: kernel.reshape(kernel.shape[3], kernel.shape[2],
                                           *kernel.shape[:2]),
             "The shape is right and the order is not: reshape cuts the same numbers anew. "
             "Move the axes."),
            (lambda kernel: kernel.transpose(2, 3, 1, 0),
             "That turns a PyTorch kernel into that of Keras."),
        ]),
    "dense_carried": function(
        lambda kernel, height, width, channels: kernel.reshape(
            height, width, channels, -1).transpose(3, 2, 0, 1).reshape(kernel.shape[1], -1),
        draw=draw_dense, misconceptions=[
            (lambda kernel, height, width, channels: kernel.T,
             "The shape is right and the order is not. Between the two lies a flattening, and "
             "the libraries flatten in different orders."),
            (lambda kernel, height, width, channels: kernel.reshape(
                channels, height, width, -1).transpose(3, 1, 2, 0).reshape(
                    kernel.shape[1], -1),
             "That is the way from PyTorch to Keras: the rows of the Keras kernel are height, "
             "width, channels."),
            (lambda kernel, height, width, channels: kernel.reshape(
                height, width, channels, -1).transpose(3, 2, 1, 0).reshape(
                    kernel.shape[1], -1),
             "Height and width are exchanged."),
            (lambda kernel, height, width, channels: kernel.reshape(kernel.shape[::-1]),
             "reshape alone moves no number."),
            (lambda kernel, height, width, channels: kernel.reshape(
                height, width, channels, -1).transpose(2, 0, 1, 3).reshape(kernel.shape),
             "The rows are in the right order. Now PyTorch wants the outputs first."),
        ]),
}
