"""Exercise 1.4, count: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import number, shape

ASKS = {
    "output_shape": shape((28, 28, 64), axes=("height", "width", "filters"), misconceptions={
        (32, 32, 64): "That would need zeros around the picture. Here the window must lie "
                      "wholly inside.",
        (27, 27, 64): "The last place was not counted: there are n - k + 1.",
        (28, 28, 3): "The last axis of the output stands for the filters, no longer for the "
                     "colours.",
        (28, 28): "That is the map of one filter. The layer has 64.",
        (1, 28, 28, 64): "For one picture, without a batch axis.",
        (30, 30, 64): "That is the size for a window of 3x3.",
    }),
    "weight_count": number(4_864, misconceptions={
        1_664: "You gave each filter one slice. The picture has three channels.",
        4_800: "You counted the weights, but not the 64 biases.",
        1_600: "You gave each filter one slice, and left out the biases.",
        4_992: "There is one bias for each filter, not one for each channel of each filter.",
        76: "That is one filter. The layer has 64.",
        3_813_376: "The weights are shared: they do not grow with the places.",
    }, otherwise="First count what one filter holds, then multiply."),
    "multiplication_count": number(3_763_200, misconceptions={
        58_800: "That is one filter in all places. The layer has 64.",
        1_254_400: "You left out the channels: each slice is multiplied.",
        4_800: "That is for a single place. The window stands in many.",
        4_915_200: "You multiplied for every pixel. The window has fewer places.",
        3_813_376: "The bias is added, not multiplied.",
    }, otherwise="Places, times the weights of a filter, times the filters."),
    "dense_weight_count": number(154_190_848, misconceptions={
        154_140_672: "You left out the biases, one for each output.",
        51_430_400: "The picture has three channels, and each is an input.",
        196_672: "The outputs are all numbers of the feature map, not the filters alone.",
        196_608: "The outputs are all numbers of the feature map, not the filters alone.",
    }, otherwise="Each output has a weight for each input, and a bias."),
    "most_filters": number(42, misconceptions={
        43: "With that many it is just over the budget.",
        127: "You left out the channels: each slice is multiplied.",
        32: "You multiplied for every pixel. The window has fewer places.",
        33_333: "That is the budget for a single place. The window stands in many.",
    }, otherwise="First find what one filter costs in all its places."),
}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("output_shape = (64, 28, 28)\nweight_count = 4864\nmultiplication_count = 3763200\n"
     "dense_weight_count = 154190848\nmost_filters = 42", "their order"),
)
