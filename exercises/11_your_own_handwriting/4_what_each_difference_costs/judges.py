"""Exercise 11.4, what each difference costs: what is asked, and which mistakes are known."""

from __future__ import annotations

from functools import cache

import numpy as np

from helpers.exercises.checks import array, choice

from ..shared import quiet


@cache
def shares_read_of_changed() -> np.ndarray:
    """Return what the reader reads of digits that are negative, moved, halved, faint, unchanged."""
    import cv2

    from helpers.data.mnist import load_mnist
    from helpers.networks.reader import load_reader

    test = quiet(lambda: load_mnist(source="embedded")).test
    ink = test.images / 255
    halved = np.zeros_like(ink)
    halved[:, 7:21, 7:21] = [cv2.resize(one, (14, 14), interpolation=cv2.INTER_AREA)
                             for one in ink]
    changed = (1 - ink, np.roll(ink, 4, axis=2), halved, ink / 2, ink)
    reader = load_reader()
    return np.array([np.mean(reader.predict(one[..., None], batch_size=256, verbose=0)
                             .argmax(axis=1) == test.labels) for one in changed])


ASKS = {
    "shares_read": array(lambda: shares_read_of_changed()[:4], within=0.01, misconceptions=[
        (lambda right: 1 - right, "Those are the shares that are lost. What it still reads is "
                                  "asked for."),
        (lambda right: 100 * right, "Shares between 0 and 1 are wanted."),
        (lambda right: np.full(4, shares_read_of_changed()[4]),
         "That is what it reads of the digits as they are. Is what you change what you give "
         "to the reader?"),
        (lambda right: right[::-1], "The order is turned round: negative, moved, halved, "
                                    "faint."),
        (lambda right: np.sort(right), "In the order of the list, not of their size."),
    ]),
    "worst_difference": choice("negative", {
        "moved": "Convolutions look for the same everywhere, and the last layer does not: "
                 "moving costs a lot. But another costs more.",
        "halved": "A half as large digit is hard to read for it. But another is harder.",
        "faint": "Look at the shares again: this one costs least."}),
    "harmless_difference": choice("faint", {
        "negative": "Look at the shares again: of these the fewest are read.",
        "moved": "Far from harmless: several of every ten digits are lost.",
        "halved": "Far from harmless: more than half of the digits are lost."}),
}
