"""Exercise 7.4, three times grey: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import choice, function, number

ASKS = {
    "kernels_for_grey": function(
        lambda kernels: kernels.sum(axis=2, keepdims=True),
        draw=lambda random: (random.normal(size=(*random.integers(2, 5, size=2), 3,
                                                 int(random.integers(2, 5)))),),
        misconceptions=[
            (lambda kernels: kernels.mean(axis=2, keepdims=True),
             "You took the mean of the three slices. Each of them meets the same pixel, and "
             "the answers are added."),
            (lambda kernels: kernels[:, :, :1], "You kept the first slice alone. The other two "
                                                "answer as well."),
            (lambda kernels: kernels.sum(axis=2), "The numbers are right, but the axis of "
                                                  "channels is missing: it has length 1."),
            (lambda kernels: kernels.sum(axis=3, keepdims=True),
             "You summed over the filters. The channels are the third axis."),
            (lambda kernels: kernels.max(axis=2, keepdims=True),
             "You took the largest of the three slices. They are added."),
        ]),
    "more_parameters": number(1152, misconceptions={
        1792: "That is the layer for three channels. How many has it for one?",
        640: "That is the layer for one channel.",
        576: "Two channels are added, not one.",
        1728: "Those are the weights for three channels.",
        18: "That is for one filter.",
    }),
    "useful_when": choice("ready-made", {
        "never": "Suppose that the kernels are given, and want three channels.",
        "deep": "The first layer folds it into one channel, however many come behind it."}),
}
