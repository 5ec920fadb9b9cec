"""Read a whole page: find its digits, read them, and see which way up it lies."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.handwriting.form import to_mnist
from helpers.handwriting.page.boxes import find_digits
from helpers.handwriting.page.found import Found, LeftOut
from helpers.handwriting.pictures import as_picture

DOUBTFUL = 0.97  # mean probability of the answers; a page that reads worse is turned
MISSED = 0.5  # counts for a mark that another turn finds and this one does not
CLEARLY = 0.7  # of the logarithm of the probability: by so much must another turn be better


class Page(NamedTuple):
    """A page as it was read. image: uint8, the right way up; turn: by how many degrees it had to be
    turned for that, anticlockwise; found: the boxes on the turned image and what was left out;
    probabilities: (n, 10), one row for each box."""

    image: np.ndarray
    turn: int
    found: Found
    probabilities: np.ndarray

    @property
    def digits(self) -> np.ndarray:
        """The likeliest digit in each box, (n,)."""
        return self.probabilities.argmax(axis=1)

    def summary(self) -> str:
        """Say in a line what was found, what was left out, and which way up the page was read."""
        way = {0: "as it lies", 90: "turned a quarter anticlockwise", 180: "turned upside down",
               270: "turned a quarter clockwise"}[self.turn]
        return f"{self.found.summary()}; read {way}"


def read_page(image: ArrayLike, *, read: Callable[[np.ndarray], np.ndarray] | None = None,
              turns: bool = True) -> Page:
    """Find and read the digits on a page, whichever way up it lies.

    image: as for `find_digits`. read: takes digits (n, 28, 28, 1) and gives probabilities (n, 10);
    None for the network of `helpers.networks.recogniser`. turns: whether a page that reads badly is
    tried at the other three quarters, too; the one that is read with the clearly highest
    probability counts, else the page stays as it is. A 0, 1 and 8 read either way, and a 6 upside
    down is a 9: a page of these alone does not tell its turn.
    """
    picture = as_picture(image)
    read = recogniser_read() if read is None else read
    pages = [page_at(picture, 0, read)]
    first = pages[0].probabilities.max(axis=1)
    if turns and (not len(first) or first.mean() < DOUBTFUL) and (len(first)
                                                                  or pages[0].found.left_out):
        pages += [page_at(picture, quarters, read) for quarters in (1, 2, 3)]
    most = max(len(page.found) for page in pages)
    scores = [np.log(page.probabilities.max(axis=1)).sum()
              + (most - len(page.found)) * np.log(MISSED) for page in pages]
    best = int(np.argmax(scores))
    return pages[best if scores[best] > scores[0] + CLEARLY else 0]


def page_at(picture: np.ndarray, quarters: int, read: Callable[[np.ndarray], np.ndarray]) -> Page:
    """Read a picture that is turned by some quarters anticlockwise."""
    image = np.ascontiguousarray(np.rot90(picture, quarters))
    found = find_digits(image)
    boxes, digits, left_out = [], [], list(found.left_out)
    for box in found:
        try:
            digits.append(to_mnist(box.cut(image)))
            boxes.append(box)
        except ValueError:  # no ink in it after all
            left_out.append(LeftOut(box, "pale"))
    probabilities = (np.asarray(read(np.array(digits, np.float32)[..., np.newaxis]), float)
                     if digits else np.zeros((0, 10)))
    return Page(image, 90 * quarters, Found(boxes, left_out, found.paper), probabilities)


@cache
def recogniser_read() -> Callable[[np.ndarray], np.ndarray]:
    """Return the reading of `helpers.networks.recogniser` as a function."""
    from helpers.networks import recogniser  # here, because Keras takes seconds to start

    network = recogniser.load_recogniser()
    # Pages differ in their number of digits, and `predict` would be traced anew for some of them.
    return lambda digits: np.asarray(network(digits, training=False))
