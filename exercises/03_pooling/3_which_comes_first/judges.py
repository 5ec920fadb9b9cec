"""Exercise 3.3, which comes first?: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import Wrong, choices, rule


def judge_window(answer: object) -> None:
    """Refuse a window on which ReLU and the mean can be exchanged."""
    try:
        window = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("A 2x2 array of numbers is wanted.") from None
    if window.shape != (2, 2) or not np.isfinite(window).all():
        raise Wrong("A 2x2 window is wanted, and the shape of yours is {shape}.",
                    shape=window.shape)
    if (window >= 0).all():
        raise Wrong("Nothing here is negative, so ReLU changes nothing, before or after the mean.")
    if (window <= 0).all():
        raise Wrong("Nothing here is positive, so both orders give 0.")


def draw_window(random: np.random.Generator) -> np.ndarray:
    """Draw a window of numbers of one sign."""
    return random.choice([-1, 1]) * random.random((2, 2))


ASKS = {
    "exchangeable": choices(
        missing={
            "relu, max": "One pair is missing. Does ReLU ever reverse the order of two "
                         "numbers?",
            "add, max": "One pair is missing. Which operations leave the largest cell the "
                        "largest?",
            "negate, mean": "One pair is missing. Average pooling is linear.",
        },
        wrong={
            "relu, mean": "Try a window with a 4 and a -8 in it.",
            "negate, max": "After a change of sign the largest is the smallest.",
            "square, max": "It holds for maps without negative numbers. Try a window with a 1 "
                           "and a -2 in it.",
        }),
    "window": rule(judge_window, draw=draw_window, wrong=[
        ([[4, 0], [0, 8]], "Nothing here is negative"),
        ([[-4, 0], [0, -8]], "Nothing here is positive"),
        ([4, 0, 0, -8], "A 2x2 window is wanted, and the shape of yours is (4,)"),
    ]),
}
