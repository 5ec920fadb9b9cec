"""Exercise 3.6, choose a window: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array, choice

ASKS = {
    "numbers_left": array([1_352, 288, 128, 72], within=1e-8, misconceptions=[
        ([1_568, 392, 128, 72], "That is pooling of 28x28 cells. The convolution leaves 26x26."),
        ([169, 36, 16, 9], "That is one channel. There are eight kernels."),
        ([676, 144, 64, 36], "That is with the four strokes. Here there are eight kernels."),
        ([1_352, 392, 200, 128], "You rounded up. Windows that do not fit are left out."),
        ([5_000, 4_232, 3_528, 2_888], "That is with stride 1. The windows lie side by side."),
    ]),
    "shares_right": array([0.846, 0.866, 0.868, 0.814], within=0.005, misconceptions=[
        ([84.6, 86.6, 86.8, 81.4], "Shares are wanted, not percentages."),
        ([423, 433, 434, 407], "You counted digits. Shares of the 500 are wanted."),
        ([0.952, 0.964, 0.946, 0.912], "That is without a move."),
        ([0.942, 0.962, 0.926, 0.902], "That is for a move by one pixel."),
        ([0.798, 0.852, 0.854, 0.824], "That is with the maximum. The scanner takes the mean."),
        ([0.510, 0.566, 0.570, 0.472], "You left out ReLU."),
        ([0.816, 0.854, 0.820, 0.774], "That is with the four strokes alone."),
    ], otherwise="The weights are found from `train` as it is; only `unseen` is moved."),
    "only_right": array([21, 3], within=0.05, misconceptions=[
        ([3, 21], "You exchanged the two."),
        ([28, 29], "That is for a move by two pixels. Move by one."),
        ([14, 5], "That is without a move. Move by one pixel."),
        ([481, 463], "That is how many each reads right. Leave out those that both do."),
        ([22, 17], "That is with the maximum. The scanner takes the mean."),
    ]),
    "chosen": choice(4, {
        2: "It leaves more numbers than the dense layer can read.",
        6: "Two pixels off the two are alike. What do your two counts say about one pixel?",
        8: "It forgets too much: compare its share with that of 4x4.",
    }),
    "reason": choice("pairs", {
        "shift": "The two largest shares are one digit of 500 apart. That is chance.",
        "small": "Both fit, so fewer numbers are no advantage here.",
        "wide": "Look at your shares: it does not hold for 8x8.",
    }),
}
