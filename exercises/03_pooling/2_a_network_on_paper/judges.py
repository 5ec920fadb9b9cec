"""Exercise 3.2, a network on paper: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array, number, shape

ASKS = {
    "last_map": shape((7, 7, 64), axes=("height", "width", "filters"), misconceptions={
        (7, 7, 32): "The second convolution has 64 filters.",
        (14, 14, 64): "Another pooling follows.",
        (28, 28, 64): "You left out the poolings.",
        (6, 6, 64): "The convolution of 2x2 has same padding, so it keeps the size.",
        (7, 7, 96): "The second convolution reads the channels of the first, and makes its "
                    "own.",
        (3136,): "That is after flatten. The map before it is asked for.",
    }),
    "layer_parameters": array([832, 8_256, 3_137_000, 10_010], within=1e-8, misconceptions=[
        ([800, 8_192, 3_136_000, 10_000], "You left out the biases."),
        ([832, 320, 3_137_000, 10_010], "Each filter of the second convolution has a slice for "
                                        "each of 32 channels."),
        ([832, 8_256, 50_177_000, 10_010], "You left out the poolings before the dense layer."),
        ([832, 8_256, 65_000, 10_010], "That is with global average pooling."),
        ([832, 8_256, 50_000, 10_010], "The dense layer reads all channels of the last map."),
        ([832, 10_240, 3_137_000, 10_010],
         "A filter has one bias, not one for each channel that it reads."),
    ], otherwise="A filter has a weight for each cell of its window in each channel, and a "
                 "bias. A dense unit has a weight for each number that it reads, and a bias."),
    "global_parameters": number(84_098, misconceptions={
        65_000: "That is the first dense layer alone.",
        3_156_098: "That is with flatten.",
        83_098: "You left out the biases of the first dense layer.",
        84_034: "Global average pooling has no parameters, and the layers before it keep "
                "theirs. Add up all four once more.",
        75_010: "You counted the dense layers. The convolutions have parameters, too.",
        52_098: "The last map has 64 channels, not 32.",
    }, otherwise="Only one of the four layers changes. How many numbers does it read now?"),
    "strided_work": number(156_800, misconceptions={
        627_200: "That is with stride 1.",
        313_600: "The stride skips rows and columns, so it is not a half.",
        4_900: "That is one filter. There are 32.",
        163_072: "A bias is added, not multiplied.",
        156_832: "You counted the 32 biases. A bias is added, not multiplied.",
        115_200: "That is without padding.",
        6_272: "Each number of the map is a sum over a whole window.",
    }, otherwise="Places, times the cells of the window, times the filters."),
}
