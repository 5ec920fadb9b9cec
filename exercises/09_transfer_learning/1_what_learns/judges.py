"""Exercise 9.1, what learns: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import number, shape

ASKS = {
    "deep_map": shape((3, 3, 2048), axes=("height", "width", "channels"), misconceptions={
        (1, 1, 2048): "That is for images of 32x32 pixels.",
        (6, 6, 2048): "You divided by 16. Each of the five halvings counts.",
        (3, 3, 512): "Those are the channels at the end of VGG16.",
        (2048,): "That is the mean over the places. The map still has its places.",
        (96, 96, 2048): "The base makes rows and columns fewer.",
    }),
    "deep_head": number(184_330, misconceptions={
        20_490: "That is for images of 32x32 pixels, with a single place left.",
        184_320: "The biases are missing.",
        58_331_648 + 184_330: "The base is frozen, so only the head learns.",
        58_331_648: "That is the base. It is frozen.",
        (3 * 2048 + 1) * 10: "Three rows of three places are more than three.",
        18_432: "So many numbers come into the head. Each of its units has a weight for each.",
    }, otherwise="How many numbers does the flattened map hold?"),
    "cut_head": number(368_650, misconceptions={
        368_640: "The biases are missing.",
        40_970: "That is for images of 32x32 pixels.",
        2_570: "That is with the mean over the places. Flatten keeps each place.",
        (24 * 24 * 256 + 1) * 10: "You halved twice. Three blocks end in three poolings.",
        (6 * 6 * 256 + 1) * 10: "You halved four times. Three blocks end in three poolings.",
        (12 * 12 * 512 + 1) * 10: "512 filters come with block 4. Block 3 has 256.",
        36_864: "So many numbers come into the head. Each of its units has a weight for each.",
    }, otherwise="Three halvings leave how many rows and columns? Times the channels, that is what "
                  "the head reads."),
    "with_thawed": number(958_730, misconceptions={
        590_080: "That is the thawed layer alone. The head learns as well.",
        958_730 - 256: "The biases of the thawed layer learn, too.",
        368_650 + 1_475_328: "You thawed the whole block. It has three convolutions.",
        368_650 + 2_560: "Each filter reads all 256 channels, not one.",
        368_650: "That is the head alone. The thawed layer learns as well.",
    }, otherwise="Add the parameters of one convolution to those of the head."),
}
