"""Exercise 10.1, channels first: what is asked, and which mistakes are known."""

from __future__ import annotations

from helpers.exercises.checks import number, shape

ASKS = {
    "photo_batch": shape((16, 3, 60, 80), axes=("batch", "channels", "height", "width"),
                         misconceptions={
        (16, 60, 80, 3): "That is what Keras wants, channels last.",
        (16, 3, 80, 60): "Rows come before columns.",
        (3, 60, 80): "That is one photograph. Where is the batch?",
        (16, 1, 60, 80): "Colour photographs have more than one channel.",
    }),
    "second_pooled": shape((16, 12, 14, 19), axes=("batch", "channels", "height", "width"),
                           misconceptions={
        (16, 14, 19, 12): "The sizes are right, in the order of Keras.",
        (16, 12, 15, 20): "Without padding, the first convolution makes the maps smaller.",
        (16, 12, 13, 18): "padding=1 keeps the size: the second convolution loses nothing.",
        (16, 8, 14, 19): "The second convolution gives another number of channels.",
        (16, 12, 28, 38): "That is before the second pooling.",
        (12, 14, 19): "Where is the batch?",
    }),
    "linear_in": number(3192, misconceptions={
        12: "Flatten lays out all places, not only the channels.",
        51072: "The batch is not flattened: each photograph has its own row.",
        266: "Those are the places of one channel.",
        3600: "Without padding, the first convolution makes the maps smaller.",
        2128: "The second convolution has another number of filters.",
        12768: "That is before the second pooling.",
    }, otherwise="Channels times height times width, of one photograph."),
    "first_kernel": shape((8, 3, 5, 5), axes=("out", "in", "height", "width"), misconceptions={
        (5, 5, 3, 8): "That is the order of Keras.",
        (3, 8, 5, 5): "The filters come first, then the channels that each of them reads.",
        (8, 5, 5): "Each filter has a slice for each channel of its input.",
        (8, 1, 5, 5): "The input has three channels.",
    }),
}
