"""Exercise 5.2, climb by hand: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import array, choice, choices, number

WEIGHTS = np.array([[2.0, -1, 1], [1, -3, -2], [-1, -1, 2]])


GREY = np.full((3, 3), 0.5)


def unlimited(rate: float) -> np.ndarray:
    """Return the grey patch after a step that nothing keeps between 0 and 1."""
    return GREY + rate * WEIGHTS


ASKS = {
    "best_pixels": array((WEIGHTS > 0).astype(float), misconceptions=[
        (np.ones((3, 3)), "All ink also puts ink under the negative weights, and their "
                          "products are subtracted."),
        (WEIGHTS, "That is the filter itself. Pixels lie between 0 and 1."),
        (np.maximum(WEIGHTS, 0), "Some of your pixels are brighter than 1."),
        (np.sign(WEIGHTS), "A pixel below 0 would be less than paper. The range ends at 0."),
        ((WEIGHTS < 0).astype(float), "You put ink under the negative weights. That makes "
                                      "the sum smallest."),
        ((WEIGHTS == 2).astype(float), "Every positive weight adds to the sum, not only the "
                                       "largest ones."),
    ]),
    "best_response": number(5, misconceptions={
        6: "You left out the bias.",
        7: "You subtracted the bias. It is negative, and it is added.",
        4: "You added the bias twice. The filter has one, -1.",
        13: "You gave the negative weights pixels of -1, and the range ends at 0.",
        14: "You gave the negative weights pixels of -1, and the range ends at 0.",
        0: "That is what all ink gives: the sum is negative, and the ReLU makes zero of it.",
    }, otherwise="Add up the weights under the ink, and to that the bias, once."),
    "after_step": array(np.clip(unlimited(0.2), 0, 1), within=1e-3, misconceptions=[
        (unlimited(0.2), "One of your pixels lies below 0. Bring it back into the range."),
        (np.clip(unlimited(-0.2), 0, 1), "You went down. Ascent adds the gradient."),
        (np.clip(unlimited(0.1), 0, 1), "You multiplied by the pixel, too. The derivative of "
                                        "weight times pixel by the pixel is the weight."),
        (np.clip(unlimited(1.0), 0, 1), "You added the gradient itself. The step size makes "
                                        "the step smaller."),
        (np.clip(0.2 * WEIGHTS, 0, 1), "That is the step alone. It is added to the pixels, "
                                       "which are 0.5."),
    ]),
    "best_patch": choice("C", {
        "A": "It has ink under three weights, one of them negative. Another patch does "
             "better.",
        "B": "It has ink under both largest weights, and also under the most negative one."}),
    "why_they_differ": choices(
        missing={"P": "Would you find the best pixels anywhere in a digit?",
                 "R": "Compare the best patch with the best pixels: does it have ink where "
                      "the filter wants none?"},
        wrong={"Q": "In the ascent the weights stay, and the image changes.",
               "S": "The ascent sees one number, the answer of the filter, and knows of no "
                    "digit."}),
}
