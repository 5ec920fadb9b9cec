"""Exercise 2.7, whose pixels count: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.exercises.checks import array, choice, function, number

from ..shared import Layers


def apart(cells: np.ndarray, step: int) -> np.ndarray:
    """Put the cells `step` places apart, with zeros between them."""
    wide = np.zeros(step * (len(cells) - 1) + 1)
    wide[::step] = cells
    return wide


def paths(layers: Layers) -> np.ndarray:
    """Return by how many paths each pixel arrives at a cell, walking back from the cell."""
    found = np.ones(1)
    for kernel_size, stride, dilation in reversed(layers):
        found = np.convolve(apart(found, stride), apart(np.ones(kernel_size), dilation))
    return found


def in_shares(count: Callable[[Layers], np.ndarray]) -> Callable[[Layers], np.ndarray]:
    """Make shares of what a function counts."""
    def shares(layers: Layers) -> np.ndarray:
        found = count(layers)
        return found / found.sum()
    return shares


def spread_late(layers: Layers) -> np.ndarray:
    """Spread by the stride after the kernel in place of before it."""
    found = np.ones(1)
    for kernel_size, stride, dilation in reversed(layers):
        found = apart(np.convolve(found, apart(np.ones(kernel_size), dilation)), stride)
    return found


def draw_layers(random: np.random.Generator) -> tuple[list[tuple[int, int, int]]]:
    """Draw two to four layers (kernel, stride, dilation), of which one has a stride."""
    count = int(random.integers(2, 5))
    layers = [(int(random.integers(2, 5)), int(random.integers(1, 4)), int(random.integers(1, 3)))
              for _ in range(count)]
    return ([(3, 2, 1), *layers],)


# What is counted in place of the paths, and what is said of it once it is made into shares.
SLIPS = [
    (lambda layers: paths(layers[::-1]),
     "You begin with the first layer. Start at the cell, so with the last one, and walk back to "
     "the picture."),
    (lambda layers: paths([(k, 1, d) for k, _, d in layers]),
     "You leave out the strides. Two cells of a layer stand a stride apart on the map before it."),
    (lambda layers: paths([(k, s, 1) for k, s, _ in layers]),
     "You leave out the dilations."),
    (spread_late,
     "The stride sets the cells apart, and then the kernel is laid on each of them. You did it "
     "the other way round."),
    (lambda layers: np.ones(len(paths(layers))),
     "The width is right, but the pixels do not count alike: add up the paths."),
    (lambda layers: paths(layers) > 0,
     "You ask whether a pixel is seen. Ask by how many paths."),
]

COUNTS = ("These are counts, and shares sum to 1: divide by the sum in the end. The counts are not "
          "right yet either, and once they are shares, the check says more.")

ASKS = {
    "pixel_shares": function(
        in_shares(paths), cases=[([(3, 1, 1), (3, 1, 1)],), ([(3, 2, 1), (2, 1, 2)],)],
        draw=draw_layers,
        misconceptions=[
            (paths, "You count the paths. Shares sum to 1: divide by the sum in the end."),
            (lambda layers: paths(layers) / paths(layers).max(),
             "You divide by the largest number. Shares sum to 1: divide by the sum."),
            (lambda layers: paths(layers) / len(paths(layers)),
             "You divide by the number of pixels. Shares sum to 1: divide by the sum."),
            *((in_shares(slip), said) for slip, said in SLIPS),
            *((slip, COUNTS) for slip, _ in SLIPS),
        ]),
    "middle_widths": array([7, 55, 55, 77], misconceptions=[
        ([11, 63, 63, 81], "Those are the whole fields."),
        ([3, 27, 27, 38], "That is the middle's reach to one side. Count both sides and the "
                          "pixel in the middle."),
        ([6, 54, 54, 76], "The pixel in the middle counts, too."),
        ([5, 53, 53, 75], "You stopped just below 95 %. The middle must hold at least that."),
        ([7, 7, 7, 7], "You left out strides and dilations."),
    ]),
    "even_stack": choice("stride 3", {
        "plain": "After plain layers it is a bell.",
        "stride 2": "Neighbouring windows overlap by a row, so some pixels arrive by several "
                    "paths.",
        "dilation": "Draw its shares. A pixel and its neighbour can differ by a factor of "
                    "five.",
    }),
    "depth_needed": number(72, misconceptions={
        14: "That is when the field is as wide as the digit. Its outer pixels hardly count.",
        13: "That is about when the field is as wide as the digit. Its outer pixels hardly "
            "count.",
        71: "With these, the middle that holds 95 % is not yet wide enough.",
        73: "One layer less is enough.",
        62: "You stopped at 27 pixels. The middle must be at least 28 wide.",
        28: "The field grows by two pixels a layer, and the middle far more slowly.",
    }, otherwise="The middle is odd, since it is symmetric, so 29 pixels are the first that "
                 "are enough. Try one depth after the other."),
}
