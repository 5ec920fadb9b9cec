"""Exercise 5.6, the silent and the flat: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choice, choices, function, number


def silent(maps: np.ndarray) -> np.ndarray:
    """Return the numbers of the filters that are zero everywhere."""
    return np.flatnonzero((maps == 0).all(axis=(0, 1, 2)))


def draw_silence(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw maps of 8 filters: two dead, one that never speaks for the first digit, some sparse."""
    maps = np.maximum(random.normal(size=(5, 2, 3, 8)), 0)
    first, rare, *dead = random.permutation(8)[:4]
    maps[0, :, :, first] = 0
    maps[..., rare] *= np.arange(30).reshape(5, 2, 3) == 29
    maps[-1, -1, -1, rare] = 0.01
    maps[..., dead] = 0
    return (maps,)


ASKS = {
    "find_dead": function(silent, draw=draw_silence, any_order=True, misconceptions=[
        (lambda maps: np.flatnonzero((maps != 0).any(axis=(0, 1, 2))),
         "You found the filters that are alive."),
        (lambda maps: np.flatnonzero((maps == 0).any(axis=(0, 1, 2))),
         "You found the filters that are zero somewhere. A dead one is zero everywhere."),
        (lambda maps: np.flatnonzero((maps[0] == 0).all(axis=(0, 1))),
         "You looked at the first digit alone. A filter may be silent for one digit and speak "
         "for another."),
        (lambda maps: np.flatnonzero((maps == 0).all(axis=(1, 2)).any(axis=0)),
         "You found the filters that are silent for some digit. A dead one is silent for all."),
        (lambda maps: np.flatnonzero(maps.mean(axis=(0, 1, 2)) < 0.05),
         "A filter that speaks rarely or softly is not dead. Ask for exact zeros."),
        (lambda maps: (maps == 0).all(axis=(0, 1, 2)).sum(),
         "That is how many there are. Their numbers are asked for."),
    ]),
    "parameters_saved": number(4323, misconceptions={
        3 * 289: "You counted the filters' own parameters. Each filter of whole reads each map "
                 "with nine weights, and those go as well.",
        3 * 1152: "Those are the weights that read the three maps. Their own parameters go as "
                  "well.",
        4320: "You forgot the biases of the filters themselves.",
        3 * (289 + 128): "Each filter of whole reads a map with a kernel of 3x3, not with one "
                         "weight.",
        3 * 667: "That is for filters of the layer whole, as in the chapter.",
        1441: "That is for one filter.",
        3 * (10 + 1152): "Each filter of parts reads 32 maps, not one.",
    }),
    "near_in_space": choice("R", {
        "Q": "In the third direction Q is 8 away. The distance in space counts all three.",
        "S": "S is farther away than the others, with or without the third direction."}),
    "near_in_shadow": choice("Q", {
        "R": "The shadow has forgotten the third number. Compare the first two.",
        "S": "S is farther away than the others, with or without the third direction."}),
    "agree_in_ten": number(0.956, within=0.0101, misconceptions={
        0.556: "That is the shadow in two directions.",
        0.116: "Those are the directions of smallest spread, and they say nothing. Take the "
               "first ten, not the last.",
        0.874: "That is what the pixels give. Take the features.",
        1.0: "All of them? Has each digit found itself, or do you count right answers?",
        95.6: "A share between 0 and 1 is wanted.",
    }, otherwise="Keep `u[:, :10] * spread[:10]` of the centred features of the 500 digits."),
    "map_can_say": choices(
        missing={"A": "What does t-SNE move the points for?",
                 "D": "The axes of such a map have no meaning. So what does a turn change?"},
        wrong={"B": "t-SNE makes dense and loose groups look alike, so the size of an island "
                    "says little.",
               "C": "t-SNE makes the gaps. They are no measure of how sure the network is."}),
}
