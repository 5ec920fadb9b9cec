"""Exercise 2.1, count the windows: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, choice, number

ROWS, COLUMNS = np.array([1, 2, 2, 1]), np.array([1, 2, 3, 3, 2, 1])


SAME_ROWS, SAME_COLUMNS = np.array([2, 3, 3, 2]), np.array([2, 3, 3, 3, 3, 2])


ASKS = {
    "place_count": number(8, misconceptions={
        24: "That is the number of pixels. A window that starts in the last row sticks out.",
        3: "n - k is how far the window can move. It also stands where it started.",
        15: "You took 1 away in each direction. From 4 rows, a window of 3 takes 2 away: it "
            "starts in row 0 or in row 1.",
        6: "You added the places of the rows and of the columns. Each goes with each.",
        2: "That would be windows side by side. They overlap.",
        16: "A 3x3 window has four starts in six columns. How many has it in four rows?",
    }),
    "window_count": array(np.outer(ROWS, COLUMNS), misconceptions=[
        (np.outer(SAME_ROWS, SAME_COLUMNS), "Those windows hang over the border. With valid "
                                            "padding they must not."),
        (np.outer(COLUMNS, ROWS), "You exchanged rows and columns: the image has 4 rows."),
        (ROWS[:, None] + COLUMNS, "You added the counts of the rows and of the columns. Each "
                                  "of the one goes with each of the other."),
        (np.full((4, 6), 9), "Only a pixel far from the border lies under nine windows."),
        (np.full((2, 4), 9), "That is how many pixels each window covers. Ask each pixel under "
                             "how many windows it lies."),
        (np.outer([1, 2, 3, 3], COLUMNS), "Look at the last row: which windows reach it?"),
    ]),
    "corner_same": number(4, misconceptions={
        1: "That is with valid padding. Now windows also start outside of the image.",
        9: "You let windows start two rows outside, as full padding does. Same padding allows "
           "one.",
        2: "In one direction. The corner lies at the end of a row and of a column.",
        3: "Count the windows whose middle lies on the image and that reach the corner.",
        6: "That is a pixel on the edge, not in the corner.",
    }),
    "even_padding": choice("full", {
        "valid": "Your own counts say otherwise: compare the corner with the middle.",
        "same": "The corner is better off than before, but compare it with the middle.",
    }),
}
