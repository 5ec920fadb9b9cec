"""Exercise 7.2, VGG19: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.exercises.checks import choice, function, number


def base_of(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Return the number of parameters of the blocks of a VGG."""
    total = 0
    for filters, count in plan:
        for _ in range(count):
            total += (9 * channels + 1) * filters
            channels = filters
    return total


def without_biases(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Count the weights alone."""
    return base_of(plan, channels) - sum(filters * count for filters, count in plan)


def one_channel_number(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Let every layer read the channels of the image."""
    return sum((9 * channels + 1) * filters * count for filters, count in plan)


def one_for_each_block(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Count one layer for each block."""
    return base_of([(filters, 1) for filters, _ in plan], channels)


def late_channels(plan: Sequence[tuple[int, int]], channels: int) -> int:
    """Let all layers of a block read what comes into the block."""
    total = 0
    for filters, count in plan:
        total += count * (9 * channels + 1) * filters
        channels = filters
    return total


def draw_plan(random: np.random.Generator) -> tuple[list[tuple[int, int]], int]:
    """Draw blocks of different numbers of filters, with two to four layers each."""
    filters = random.permutation([4, 8, 16, 32, 64])[:int(random.integers(2, 4))]
    return [(int(one), int(random.integers(2, 5))) for one in filters], int(random.integers(1, 4))


ASKS = {
    "count_base": function(
        base_of, cases=[([(64, 2), (128, 2)], 3)], draw=draw_plan, misconceptions=[
            (without_biases, "The biases are missing: one for each filter."),
            (one_channel_number, "All your layers read the channels of the picture. A layer "
                                 "reads what the one before it has made."),
            (one_for_each_block, "You counted one layer for each block."),
            (late_channels, "The second layer of a block reads the filters of the first, not "
                            "what comes into the block."),
        ]),
    "layers_in_base": number(16, misconceptions={
        19: "That is with the dense layers of the top.",
        13: "That is VGG16.",
        21: "Pooling layers have no weights.",
        5: "That is the number of blocks.",
    }),
    "vgg19_base": number(20_024_384, misconceptions={
        14_714_688: "That is VGG16.",
        14_714_688 + 590_080 + 2_359_808: "There are two more layers of 512, in two blocks.",
        14_714_688 + 4_719_616: "There is one more layer of 256 as well.",
        20_018_880: "The biases are missing.",
        143_667_240: "That is with the top.",
    }),
    # A 32-bit number of this size is only known to the nearest multiple of 16.
    "vgg19_total": number(143_667_240, within=8, misconceptions={
        138_357_544: "That is VGG16.",
        20_024_384: "That is the base without the top.",
        20_024_384 + 102_764_544: "The top has three dense layers. You counted the first.",
        143_667_240 - 9_192: "The biases of the dense layers are missing.",
    }),
    "largest_layer": choice("fc1", {
        "fc2": "It reads 4,096 numbers. Which layer reads more?",
        "block5_conv4": "With 3x3 windows it has about two million. Look at the top.",
        "predictions": "It has only 1,000 units."}),
}
