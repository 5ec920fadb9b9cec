"""Exercise 6.4, which changes are allowed?: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array, choice, choices

SIX = "The rule is right. Leave out the two zeros at its end: six numbers are asked for."

ASKS = {
    "right_and_down": array([1, 0, -2, 0, 1, -1], misconceptions=[
        ([1, 0, -2, 0, 1, -1, 0, 0], SIX),
        ([1, 0, 2, 0, 1, 1], "That moves it to the left and up. The rule says from where a "
                             "pixel takes its value."),
        ([1, 0, -1, 0, 1, -2], "You exchanged the directions: c belongs to the column, f to "
                               "the row."),
        ([1, 0, -2, 0, 1, 1], "To the right is right. Up and down are turned round."),
        ([1, 0, 2, 0, 1, -1], "Down is right. Left and right are turned round."),
        ([0, 1, -2, 1, 0, -1], "This also exchanges rows and columns: a and e should be 1."),
        ([0, 0, -2, 0, 0, -1], "Without a and e every pixel takes from the same place."),
    ]),
    "mirror_image": array([-1, 0, 27, 0, 1, 0], misconceptions=[
        ([-1, 0, 27, 0, 1, 0, 0, 0], SIX),
        ([-1, 0, 28, 0, 1, 0], "Nearly. The columns are counted from 0: where does the first "
                               "one take from?"),
        ([-1, 0, 0, 0, 1, 0], "Then the first column takes from itself, and all others from "
                              "outside."),
        ([1, 0, 0, 0, -1, 27], "That mirrors top and bottom."),
        ([-1, 0, 27, 0, -1, 27], "That is half a turn: both directions are mirrored."),
        ([0, 1, 0, 1, 0, 0], "That exchanges rows and columns."),
    ]),
    "good_changes": choices(
        missing={
            "shift": "Is a digit that stands a pixel further left another digit?",
            "turn": "Do people write all digits upright, and hold the camera straight?",
            "thicker": "Do all people write with the same pen?"},
        wrong={
            "mirror": "A mirrored 2 or 5 is no digit that anybody writes.",
            "half turn": "A 6 turned by 180 degrees is a 9.",
            "swap": "It keeps the label. But all pictures have ink 1 and paper 0 before the "
                    "network sees them, so it would learn what it is never asked."}),
    "worst_case": choice("label", {
        "rare": "Then the network learns more than it needs. That costs capacity, but it is "
                "not told anything false.",
        "same": "That gains nothing, and harms nothing."}),
}
