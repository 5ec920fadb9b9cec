"""Exercise 5.3, one of two: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import array, number

ROW = "The right numbers, as a row of an image. Give a list of two, without the outer brackets."
LIST = "A list of two numbers is wanted, one for each pixel."

ASKS = {
    "window_of_one": array([0, 0], misconceptions=[
        ([1, 1], "Cover one pixel. The other is still 1: what is the score then?"),
        ([0.5, 0.5], "The score is the larger pixel, not the mean. What is it when one of the "
                     "two is covered?"),
        ([1, 0], "Both pixels are alike, so their heat is alike."),
        ([[0, 0]], ROW),
    ], otherwise=LIST),
    "window_of_two": array([1, 1], misconceptions=[
        ([0, 0], "This window covers both pixels, and nothing is left for the score."),
        ([2, 2], "The score is the larger pixel, not the sum. How much can it fall?"),
        ([0.5, 0.5], "Only one window fits, and it covers both. A mean over one window does "
                     "not halve anything."),
        ([[1, 1]], ROW),
    ], otherwise=LIST),
    "saliency_of_larger": array([1, 0], misconceptions=[
        ([1, 1], "Nudge the second pixel a little. Does the larger of the two change?"),
        ([1, 0.4], "Those are the pixels. Saliency is how fast the score changes."),
        ([0.6, 0], "That is what occlusion of the first pixel takes away. A nudge is tiny."),
        ([0, 1], "You nudged the smaller pixel and expected an answer. The score does not see "
                 "it."),
        ([[1, 0]], ROW),
    ], otherwise=LIST),
    "probability_saliency": number(0.18, within=1e-6, misconceptions={
        2.0: "That is the saliency of the logit. The probability changes less.",
        1.8: "You multiplied by p and forgot 1 - p.",
        0.2: "You multiplied by 1 - p and forgot p.",
        0.09: "That is how fast the probability follows its logit. The logit follows the "
              "pixel, too: multiply.",
    }, otherwise="Two rates are multiplied: the probability by its logit, and the logit by the "
                 "pixel."),
}
