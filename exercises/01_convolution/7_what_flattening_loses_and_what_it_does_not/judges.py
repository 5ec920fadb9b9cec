"""Exercise 1.7: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function, number


def most_alike(images: np.ndarray, place: int) -> int:
    """Return the pixel whose brightness goes most with that of the pixel at `place`."""
    with np.errstate(all="ignore"):
        likeness = np.nan_to_num(np.corrcoef(images.T)[place], nan=-2.0)
    likeness[place] = -2
    return int(likeness.argmax())


def with_itself(images: np.ndarray, place: int) -> int:
    """Forget to leave out the pixel itself."""
    return place


def least_alike(images: np.ndarray, place: int) -> int:
    """Take the smallest likeness in place of the largest."""
    with np.errstate(all="ignore"):
        return int(np.nan_to_num(np.corrcoef(images.T)[place], nan=2.0).argmin())


def never_changing(images: np.ndarray, place: int) -> int:
    """Take nan, which `argmax` finds first, for a large likeness."""
    with np.errstate(all="ignore"):
        return int(np.isnan(np.corrcoef(images.T)[place]).argmax())


def nearest_mean(images: np.ndarray, place: int) -> int:
    """Compare mean brightness in place of how it varies."""
    distance = np.abs(images.mean(axis=0) - images[:, place].mean())
    distance[place] = np.inf
    return int(distance.argmin())


def draw_pixels(random: np.random.Generator) -> tuple[np.ndarray, int]:
    """Draw pictures of ten pixels in which some go together, one is constant, one opposes."""
    base = random.normal(size=(30, 4))
    pixels = base[:, random.integers(0, 4, size=10)] + 0.3 * random.normal(size=(30, 10))
    place = int(random.integers(0, 8))
    pixels[:, 8] = 1
    pixels[:, 9] = -pixels[:, place]
    return pixels + 5 * random.random(10), place


ASKS = {
    "most_like": function(
        most_alike, draw=draw_pixels,
        cases=[(np.array([[0.0, 1, 5, 0], [1, 2, 5, 3], [0, 1, 5, 1], [2, 3, 5, 1]]), 3)],
        misconceptions=[
            (with_itself, "It finds the pixel itself. Leave that one out."),
            (least_alike, "It finds a pixel that is bright where this one is dark. The "
                          "sign of a correlation counts."),
            (nearest_mean, "It compares how bright the pixels are on average, not whether they "
                           "are bright in the same pictures."),
            (lambda images, place: place + 1, "It takes the next number. In shuffled pictures "
                                              "that means nothing."),
            (never_changing,
             "It finds a pixel that never changes: nan is not a large number."),
        ]),
    "share_of_neighbours": number(359 / 361, within=0.0012, misconceptions={
        0.0: "Not one? A neighbour of `p` stands beside it in the picture before it was "
             "shuffled: compare rows and columns of `order[p]`.",
        6 / 361: "You compared places in the shuffled picture. Where did pixel `p` stand before? "
                 "Its row is `order[p] // 28`.",
        2 / 361: "You went the wrong way: `np.argsort(order)` says where a pixel of the intact "
                 "picture went. `order[p]` says where the shuffled pixel `p` came from.",
        301 / 361: "You counted the four pixels that share a side. Those that touch at a corner "
                   "count, too.",
        100 * 359 / 361: "A share between 0 and 1 is wanted, not a percentage.",
        359: "That is the number of places. Divide by how many there are.",
        1.0: "Nearly, but look again: it errs in a few places.",
    }, otherwise="Count as neighbours the eight pixels around a pixel, and take the places "
                 "with ink in at least 5 of the fifty digits."),
}
