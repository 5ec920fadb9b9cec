"""Exercise 11.1, by hand: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array, number

ASKS = {
    "mass_centre": array([2 / 3, 1 / 3], within=0.01, misconceptions=[
        ([1 / 3, 2 / 3], "You exchanged row and column."),
        ([1, 0.5], "Each pixel counts as much as it has ink, and you let both count alike."),
        ([2 / 9, 1 / 9], "You divided by the number of pixels. Divide by all the ink."),
        ([2, 1], "You left out the division by all the ink."),
        ([5 / 3, 4 / 3], "You counted rows and columns from 1. The course counts from 0, as "
                         "NumPy does."),
        ([4 / 3, 2 / 3], "You exchanged the two weights."),
    ]),
    "mass_move": array([1 / 3, 2 / 3], within=0.01, misconceptions=[
        ([-1 / 3, -2 / 3], "That moves it away from the middle. Take the aim minus the "
                           "centre."),
        ([2 / 3, 1 / 3], "That is where the centre lies, counted from the corner. How far is "
                         "it from row 1, column 1?"),
        ([0, 0.5], "That is with both pixels counted alike."),
        ([4 / 3, 5 / 3], "The aim is row 1, column 1, not the other corner."),
    ]),
    "line_in_box": number(0.2, within=0.001, misconceptions={
        0.28: "The digit fits the box, not the whole field of 28x28.",
        3: "That is its width in the photo. The digit is reduced.",
        2.3: "That is what the step thickness would make of it.",
        0.01: "That is its share of the height. How many pixels of the box are that?",
        5: "That is its inverse.",
        1: "The narrowest that a pixel can show is not the width of the line.",
    }, otherwise="The width shrinks as the height does."),
}
