"""Exercise 2.5, pooling with stride 1: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array, number

ASKS = {
    "sizes_one": array([30, 29, 27, 26], misconceptions=[
        ([30, 15, 13, 6], "That is with stride 2 in the poolings."),
        ([30, 28, 26, 24], "A pooling window of 2 takes one row, not two."),
        ([30, 30, 28, 28], "A pooling has a window, too, and with stride 1 it takes a row."),
        ([32, 31, 31, 30], "The convolutions are valid: nothing is padded."),
        ([26, 25, 23, 22], "The digits are padded to 32x32 first."),
    ]),
    "fields_one": array([3, 4, 6, 7], misconceptions=[
        ([3, 4, 8, 10], "That is with stride 2 in the poolings."),
        ([3, 3, 5, 5], "A pooling looks at more than one cell, too."),
        ([3, 5, 7, 9], "A pooling window of 2 adds one pixel, not two."),
        ([3, 2, 3, 2], "Those are the kernels. The field is counted in pixels of the digit."),
        ([3, 5, 8, 10], "A layer adds k - 1 pixels, not k: its first cell is already seen."),
    ]),
    "inputs_one": number(26 * 26 * 32, misconceptions={
        26 * 26: "That is one feature map. The last convolution has more filters.",
        26 * 26 * 64: "The last convolution has 32 filters.",
        27 * 27 * 32: "Another pooling follows.",
        26 * 32: "The map has rows and columns.",
        6 * 6 * 32: "That is with stride 2 in the poolings.",
    }, otherwise="Rows, times columns, times filters."),
    "sizes_two": array([30, 15, 13, 6], misconceptions=[
        ([30, 29, 27, 26], "That is with stride 1 in the poolings."),
        ([30, 15, 13, 7], "Thirteen rows make six pairs, and the last row is left out."),
        ([30, 15, 13, 6.5], "Half a row does not exist. The window must fit."),
        ([30, 14, 12, 5], "Thirty rows make fifteen pairs."),
        ([15, 7, 3, 1], "Only the poolings have a stride of 2."),
    ]),
    "fields_two": array([3, 4, 8, 10], misconceptions=[
        ([3, 4, 6, 7], "After a stride of 2, a step from cell to cell is two pixels."),
        ([3, 6, 8, 16], "A stride does not double the field. It doubles the steps of the "
                        "layers after it."),
        ([3, 5, 9, 13], "A pooling of 2 adds one step of the cells before it. You added "
                         "two, or let its own stride widen its own window."),
        ([3, 5, 9, 11], "The stride of a pooling works on the layers after it, not on its own "
                        "window."),
        ([3, 4, 8, 12], "The second pooling still steps by two pixels. Its own stride comes "
                        "after it."),
    ]),
    "inputs_two": number(6 * 6 * 32, misconceptions={
        36: "That is one feature map. The last convolution has more filters.",
        6 * 6 * 64: "The last convolution has 32 filters.",
        7 * 7 * 32: "The window of the second pooling fits once less.",
        6 * 32: "The map has rows and columns.",
        26 * 26 * 32: "That is with stride 1 in the poolings.",
    }, otherwise="Rows, times columns, times filters."),
}
