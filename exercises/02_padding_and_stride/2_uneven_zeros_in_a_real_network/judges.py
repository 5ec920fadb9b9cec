"""Exercise 2.2, uneven zeros in a real network: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array, choice

ASKS = {
    "layer_sizes": array([28, 14, 14, 7, 4], misconceptions=[
        ([28, 14, 14, 7, 3], "With same padding an incomplete last group gets a window, too."),
        ([24, 12, 11, 5, 2], "Those are the sizes without padding."),
        ([28, 14, 13, 6, 3], "You lost a row at the 2x2 kernel. Same keeps the size for any "
                             "kernel."),
        ([28, 14, 15, 7, 4], "You put a zero on both sides of the 2x2 kernel. That is one too "
                             "many."),
        ([28, 14, 14, 7, 7], "The last convolution has a stride."),
        ([28, 28, 28, 28, 14], "A pooling 2x2 has a stride of 2, too."),
    ]),
    "zeros_first": array((2, 2), misconceptions=[
        ((4, 4), "You put all four zeros on each side, as full padding does. Same needs four in "
                 "all."),
        ((1, 1), "You padded as for a kernel of 3. This one is 5 rows high."),
        ((0, 4), "Four zeros can be shared evenly."),
        ((5, 5), "The window need not lie wholly outside."),
    ]),
    "zeros_second": array((0, 1), misconceptions=[
        ((1, 0), "Keras puts the extra zero on the other side."),
        ((1, 1), "Then the map would grow by a row."),
        ((0, 0), "Then the map would lose a row."),
        ((0.5, 0.5), "A row cannot be halved."),
    ]),
    "zeros_third": array((1, 1), misconceptions=[
        ((0, 1), "That holds for an even size. How many rows do the windows need here?"),
        ((1, 0), "Count again how many zeros are needed in all."),
        ((0, 0), "Without zeros there would be one place less."),
        ((0, 2), "Two zeros can be shared evenly."),
        ((2, 2), "With four zeros the last window would lie too far out."),
    ]),
    "for_brightness": choice("valid", {
        "same": "At the border the zeros take part, and they are black.",
        "full": "At the border even more zeros take part, and they are black.",
    }),
    "for_twenty": choice("same", {
        "valid": "Each of them takes two rows. How many are left after fourteen?",
        "full": "Each of them adds two rows of numbers that hold little of the digit.",
    }),
}
