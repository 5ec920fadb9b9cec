"""Exercise 2.4, holes: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.exercises.checks import choices, function, number


def one_axis(dilations: Sequence[int]) -> int:
    """Return how many pixels along one axis change a cell after dilated kernels of 3."""
    reached = {0}
    for dilation in dilations:
        reached = {place + step * dilation for place in reached for step in (-1, 0, 1)}
    return len(reached)


def all_seen(dilations: Sequence[int]) -> int:
    """Return how many pixels change a cell after dilated 3x3 convolutions."""
    return one_axis(dilations) ** 2


ASKS = {
    "seen_by_twos": number(25, misconceptions={
        81: "That is the whole field, and also the number of paths, nine times nine. Several "
            "paths end at the same pixel. Does one end right beside the middle?",
        9: "That is one layer. The second one spreads each of its nine pixels.",
        18: "You added nine and nine. Each of nine pixels is spread to nine, and some of these "
            "fall together.",
        17: "You took nine pixels for each layer, with the middle once. But the second layer "
            "spreads each of the nine.",
        49: "You spread only one of the two kernels, and a field of 7x7 comes out. Both are "
            "spread, and the field has holes.",
        5: "That is along one axis.",
        16: "You found four rows and four columns. Count the even ones from 0 to 8 once more.",
    }),
    "pixels_seen": function(
        all_seen, cases=[((2, 2),), ((1, 2),), ((2, 4),), ((3,),), ((1, 2, 4),)],
        draw=lambda random: (tuple(int(d) for d in random.integers(1, 4, random.integers(1, 3))
                                   ),), trials=6,
        misconceptions=[
            (lambda dilations: (1 + 2 * sum(dilations)) ** 2,
             "You count the whole square that the field spans. Dilation can leave holes in "
             "it."),
            (lambda dilations: one_axis(dilations), "You count along one axis. The field is a "
                                                    "square."),
            (lambda dilations: 9 ** len(dilations), "You count paths. Several of them can lead "
                                                    "to the same pixel."),
            (lambda dilations: 9 * len(dilations), "Each layer spreads all that the ones "
                                                   "before it have reached, and does not add "
                                                   "nine pixels."),
            (lambda dilations: (1 + 2 * len(dilations)) ** 2,
             "You count as if no kernel were spread, or all of them alike. Each layer has its own "
             "dilation."),
            (lambda dilations: len({0} | {side * d for d in dilations for side in (-1, 1)}) ** 2,
             "You collect what each layer sees by itself. A layer looks at cells that already "
             "see more than one pixel: spread all that has been reached so far."),
            (lambda dilations: all_seen([dilation + 1 for dilation in dilations]),
             "You leave out as many pixels between two cells as the dilation says. With "
             "dilation 2 it is one, with dilation 1 none."),
            (lambda dilations: 1 + 2 * sum(dilations),
             "That is the width of the field, and dilation can leave holes in it."),
        ]),
    "whole_stacks": choices(
        missing={
            "1, 2": "One stack is missing. Its first layer sees what its second one skips.",
            "1, 2, 4": "One stack is missing: a doubling one.",
            "1, 3": "One stack is missing. Where do three windows of 3 stand that are 3 pixels "
                    "apart?",
        },
        wrong={
            "2, 2": "All its steps are of 2 pixels, so it never lands between them.",
            "2, 4": "All its steps are even.",
            "1, 4": "Windows of 3 that are 4 pixels apart leave a pixel between them.",
        }),
}
