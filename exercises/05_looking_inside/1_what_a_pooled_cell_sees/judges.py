"""Exercise 5.1, what a pooled cell sees: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array, number, shape

ASKS = {
    "rows_seen": array([8, 17], misconceptions=[
        ([8, 15], "The field is too small: you left out the pooling of parts_pooled itself."),
        ([4, 13], "The field has the right size but begins too early. Each of two poolings "
                  "doubles the step."),
        ([2, 11], "The field has the right size, but a step of one cell is more than one "
                  "pixel of the image."),
        ([8, 18], "One too many: a field of n rows from row 8 on ends in row 8 + n - 1."),
        ([12, 21], "Those are the columns."),
        ([8, 25], "That is as large as the field of a cell of whole, which comes one layer "
                  "later."),
    ]),
    "columns_seen": array([12, 21], misconceptions=[
        ([12, 19], "The field is too small: you left out the pooling of parts_pooled itself."),
        ([6, 15], "The field has the right size but begins too early. Each of two poolings "
                  "doubles the step."),
        ([12, 22], "One too many: a field of n columns from column 12 on ends in column "
                   "12 + n - 1."),
        ([8, 17], "Those are the rows."),
    ]),
    "field_step": number(4, misconceptions={
        1: "That is the step of a cell of lines. Poolings with stride 2 lie in between.",
        2: "You counted one pooling. How many lie between the image and parts_pooled?",
        8: "You doubled once too often: only poolings double the step, convolutions do not.",
        10: "That is the size of the field, not its step: the fields overlap.",
    }),
    "maps_shape": shape((20, 5, 5, 64), axes=("digits", "rows", "columns", "filters"),
                        misconceptions={
        (20, 11, 11, 64): "That is the layer before, parts. Pooling makes the maps smaller.",
        (20, 6, 6, 64): "Half of 11 is 5.5, and a window that does not fit is left out.",
        (20, 5, 5, 128): "That many filters has the layer whole.",
        (5, 5, 64): "That is for one digit. Where are the twenty?",
    }),
}
