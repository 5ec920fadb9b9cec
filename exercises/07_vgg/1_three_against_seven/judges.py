"""Exercise 7.1, three against seven: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import choice, number

ASKS = {
    "field_of_three": number(7, misconceptions={
        3: "That is what the last layer sees of the map before it.",
        9: "The windows overlap, so their widths do not add up.",
        5: "That is two layers.",
        27: "Widths would multiply only if the windows lay side by side.",
        49: "That is the number of pixels in the field. Its width is asked for.",
    }),
    "three_small": number(442_752, misconceptions={
        147_584: "That is one of the three.",
        442_368: "The biases are missing.",
        3 * (9 + 1) * 128: "Each filter reads all channels that come in, not one.",
        442_371: "Each filter has its own bias, not each layer.",
    }),
    "one_large": number(802_944, misconceptions={
        802_816: "The biases are missing.",
        409_728: "That is a 5x5 layer.",
        (49 + 1) * 128: "Each filter reads all channels that come in, not one.",
        802_817: "Each filter has its own bias, not each layer.",
    }),
    "share_saved": number(1 - 442_752 / 802_944, within=0.002, misconceptions={
        442_752 / 802_944: "That is the share that is left.",
        802_944 / 442_752 - 1: "That is by how much the one is larger. Compare with the large "
                               "layer.",
        0.28: "That is two 3x3 against one 5x5.",
        100 * (1 - 442_752 / 802_944): "A share between 0 and 1 is wanted.",
        2 / 3: "There are three small layers, not one.",
    }, otherwise="What is saved, divided by what the large layer has."),
    "work_ratio": number(27 / 49, within=0.0015, misconceptions={
        49 / 27: "Turned round: the three divided by the one.",
        9 / 49: "That is one of the three.",
        18 / 25: "That is two 3x3 against one 5x5.",
        22 / 49: "That is the share that is saved.",
    }, otherwise="Each weight is used once in each place of the map."),
    "time_ratio": choice("must be measured", {
        "always": "A processor also fetches and stores, and it is not always filled.",
        "never": "It may well come close. Who knows without having tried?"}),
}
