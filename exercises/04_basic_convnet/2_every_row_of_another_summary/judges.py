"""Exercise 4.2, every row of another summary: what is asked, and which mistakes are known."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.exercises.checks import array, choice, model
from helpers.exercises.checks.models import same_answers


def sign_network(*, shape: tuple[int, ...] = (40, 60, 3), padding: str = "valid", stride: int = 2,
                 bias: bool = True, activation: str | None = "softmax", units: int = 12,
                 inner: str | None = "relu", pooling: str = "MaxPooling2D",
                 dropout: float = 0.25) -> Any:
    """Build the network of exercise 4.2, or one with a mistake in it."""
    import keras
    from keras import layers

    return keras.Sequential([
        keras.Input(shape),
        layers.Conv2D(16, 5, strides=stride, padding=padding, activation=inner, use_bias=bias),
        layers.Conv2D(32, 3, padding=padding, activation=inner, use_bias=bias),
        getattr(layers, pooling)(2), layers.Flatten(), layers.Dropout(dropout),
        layers.Dense(units, activation=activation, use_bias=bias)])


def row_sizes(network: Any) -> list[tuple[int, ...]]:
    """Return the shapes of the maps in a network, without the batch axis."""
    return [tuple(layer.output.shape[1:]) for layer in network.layers
            if type(layer).__name__ in ("Conv2D", "MaxPooling2D", "AveragePooling2D")]


def answers_like_it(network: Any) -> bool:
    """Return whether the network of the task, with the same weights, gives the same answers."""
    pictures = np.random.default_rng(0).normal(size=(3, 40, 60, 3)).astype("float32")
    try:
        return same_answers(network, sign_network(), pictures, 1e-4)
    except ValueError:
        return False


def outputs_of(network: Any) -> np.ndarray:
    """Return what it makes of three pictures of noise, (3, 12)."""
    return np.array(network(np.random.default_rng(0).random((3, 40, 60, 3)).astype("float32")))


def between_zero_and_one(network: Any) -> bool:
    """Return whether each output, taken alone, could be a probability."""
    outputs = outputs_of(network)
    return bool((outputs >= 0).all() and (outputs <= 1 + 1e-4).all())


def sums_to_one(network: Any) -> bool:
    """Return whether the outputs are the probabilities of classes that exclude each other."""
    return np.allclose(outputs_of(network).sum(axis=1), 1, atol=1e-4)


MAPS = [(18, 28, 16), (16, 26, 32), (8, 13, 32)]


ASKS = {
    "map_rows": array(MAPS, misconceptions=[
        ([(28, 18, 16), (26, 16, 32), (13, 8, 32)], "You exchanged height and width."),
        ([(20, 30, 16), (20, 30, 32), (10, 15, 32)], "That is with same padding."),
        ([(36, 56, 16), (34, 54, 32), (17, 27, 32)], "The first convolution has a stride."),
        ([(18, 28, 3), (16, 26, 16), (8, 13, 32)], "The last axis stands for the filters that "
                                                   "a layer has, not for the channels that it "
                                                   "reads."),
        ([(17, 27, 16), (15, 25, 32), (7, 12, 32)], "The first place was not counted: (n - k) "
                                                    "divided by s, and one more."),
    ]),
    "row_counts": array([1_216, 4_640, 0, 39_948], within=1e-8, misconceptions=[
        ([1_200, 4_608, 0, 39_936], "You left out the biases."),
        ([416, 320, 0, 39_948], "Each filter has a slice for each channel that it reads."),
        ([1_216, 4_640, 0, 1_260], "The dense layer reads all channels of the last map."),
        ([1_216, 4_640, 0, 159_756], "The dense layer comes after the pooling."),
        ([1_216, 4_640, 160, 39_948], "A pooling learns nothing."),
        ([1_248, 5_120, 0, 39_948], "A filter has one bias, not one for each channel that it "
                                    "reads."),
    ], otherwise="A filter has a weight for each cell of its window in each channel, and a "
                 "bias; a dense unit has a weight for each number that it reads, and a bias."),
    "most_work": choice("convolution 2", {
        "dense": "It has the most weights, and uses each of them only once.",
        "convolution 1": "It has the most places, but few filters and only three channels to "
                         "read. Multiply it out.",
    }),
    "signs": model(
        score=lambda network: np.mean([mine == theirs for mine, theirs in zip(
            row_sizes(network), MAPS, strict=False)]), at_least=1,
        below="That is the share of maps with the right shape. Compare its summary with your "
              "own rows.",
        requirements=[
            (lambda network: hasattr(network, "layers") and hasattr(network, "count_params"),
             "That is no model of Keras."),
            (lambda network: network.built,
             "It does not know its input yet. Begin it with keras.Input and one picture's "
             "shape."),
            (lambda network: tuple(network.input_shape[1:]) != (60, 40, 3),
             "A picture is (height, width, channels). You exchanged height and width."),
            (lambda network: tuple(network.input_shape[1:]) == (40, 60, 3),
             "Its input has another shape than one picture: height, width, and a channel for "
             "each colour."),
            (lambda network: tuple(network.output_shape[1:]) == (12,),
             "It should give one number for each kind of sign."),
            (lambda network: network.count_params() != 45_744,
             "Its layers have no biases. They have them unless you say otherwise."),
            (lambda network: len(row_sizes(network)) == 3,
             "It should make three maps: from two convolutions and a pooling."),
            (lambda network: row_sizes(network)[0][:2] != (20, 30),
             "Its first convolution has same padding."),
            (lambda network: row_sizes(network)[0][:2] != (36, 56),
             "Its first convolution has no stride."),
            (lambda network: network.count_params() == 45_804,
             "Its number of parameters is not the sum of your rows. Compare them one by one."),
            (between_zero_and_one, "Its outputs are no probabilities. What is missing at the end?"),
            (sums_to_one, "Each of its outputs lies between 0 and 1, but together they do not make "
                          "1. A sign is of one kind only: which function makes them share it?"),
            (answers_like_it, "With the same weights, the network of the task gives other "
                              "answers. Look at the activations, and at the kind of pooling."),
            (lambda network: any(type(layer).__name__ == "Dropout" and layer.rate == 0.25
                                 for layer in network.layers),
             "Where is the dropout of 0.25?"),
        ],
        wrong=[
            (lambda: sign_network(shape=(60, 40, 3)), "exchanged height and width"),
            (lambda: sign_network(shape=(40, 60, 1)), "a channel for each colour"),
            (lambda: sign_network(units=10), "each kind of sign"),
            (lambda: sign_network(bias=False), "no biases"),
            (lambda: sign_network(padding="same"), "same padding"),
            (lambda: sign_network(stride=1), "no stride"),
            (lambda: sign_network(activation=None), "no probabilities"),
            (lambda: sign_network(activation="sigmoid"), "together they do not make 1"),
            (lambda: sign_network(inner=None), "Look at the activations"),
            (lambda: sign_network(pooling="AveragePooling2D"), "the kind of pooling"),
            (lambda: sign_network(dropout=0.5), "dropout of 0.25"),
        ]),
}
