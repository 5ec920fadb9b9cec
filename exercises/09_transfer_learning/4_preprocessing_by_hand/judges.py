"""Exercise 9.4, preprocessing by hand: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.exercises.checks import choice, function, number

MEAN = np.array([123.68, 116.779, 103.939])  # of ImageNet's pixels: red, green, blue


def caffe(images: np.ndarray) -> np.ndarray:
    """Return pixels as VGG16 was trained on."""
    return images[..., ::-1] - MEAN[::-1]


def share(numbers: Sequence[float]) -> float:
    """Return the spread by the mean."""
    return float(np.std(numbers) / np.mean(numbers))


RIGHT, SMALL = share([3.0, 4.0]), share([2 + 1 / 255, 2 + 2 / 255])


ASKS = {
    "for_vgg16": function(
        caffe, draw=lambda random: (random.integers(
            0, 256, size=(2, *random.integers(2, 5, size=2), 3)).astype(float),),
        misconceptions=[
            (lambda images: images - MEAN, "Red stands first. VGG16 wants blue first."),
            (lambda images: images[..., ::-1] - MEAN,
             "You turned the channels round, but not their means."),
            (lambda images: images - MEAN[::-1],
             "You turned the means round, but not the channels."),
            (lambda images: images[..., ::-1], "The mean is not subtracted."),
            (lambda images: images[..., ::-1] / 255 - MEAN[::-1],
             "The means are for pixels from 0 to 255. You divided first."),
            (lambda images: caffe(images) / 255, "You divided by 255. VGG16 was trained on "
                                                 "pixels that are not."),
            (lambda images: images[:, :, ::-1] - MEAN,
             "You mirrored the columns. The channels are the last axis."),
            (lambda images: images[..., ::-1] - images.mean(axis=(0, 1, 2))[::-1],
             "You subtracted the mean of these images. The network expects that of ImageNet, "
             "whatever you give it."),
        ]),
    "for_resnet": function(
        lambda images: images / 127.5 - 1,
        draw=lambda random: (random.integers(
            0, 256, size=(2, *random.integers(2, 5, size=2), 3)).astype(float),),
        misconceptions=[
            (lambda images: images / 255, "These pixels go from 0 to 1."),
            (lambda images: images / 127.5, "These pixels go from 0 to 2."),
            (lambda images: images / 255 - 1, "These pixels go from -1 to 0."),
            (lambda images: images / 255 - 0.5, "These pixels go from -0.5 to 0.5."),
            (lambda images: images[..., ::-1] / 127.5 - 1,
             "You turned the channels round. This network wants red first."),
            (caffe, "That is for VGG16."),
        ]),
    "share_right": number(RIGHT, within=0.0005, misconceptions={
        0.5: "That is the spread. Divide it by the mean of the two answers.",
        1 / 3: "The bias is missing.",
        2 / 7: "You took the difference of the two. The spread by np.std is half of that.",
        float(np.std([3, 4], ddof=1)) / 3.5: "np.std divides by the number of values, not by "
                                             "one less.",
    }, otherwise="What does the unit answer to the two pixels?"),
    "share_quiet": number(SMALL, within=2e-6, misconceptions={
        RIGHT: "Only without a bias would the share stay as it was. The bias does not become "
               "smaller with the pixels.",
        0.5 / 255: "That is the spread. Divide it by the mean of the two answers.",
        RIGHT / 255: "The spread is 255 times smaller, but the mean has changed as well.",
        0: "It is small, but the two answers are not equal.",
    }, otherwise="Compute both answers with the small pixels. Give all digits, or a formula."),
    "share_no_bias": number(1 / 3, within=0.0005, misconceptions={
        1 / 3 / 255: "Spread and mean both become 255 times smaller. And their ratio?",
        2 / 3: "You took the difference of the two. The spread by np.std is half of that.",
        RIGHT: "That is with the bias.",
        0.5: "That is the spread. Divide it by the mean of the two answers.",
    }),
    "raw_share": choice("larger", {
        "smaller": "These pixels are as loud as those in training. What made the share small "
                   "when pixels went from 0 to 1?"}),
}
