"""The recipes that race against L3's, and those that were tried and left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


IMAGE = (28, 28, 1)
LIGHT = {"rotation": 8.0, "scale": 0.08, "shear": 0.1, "shift": 1.0}
MEDIUM = {"rotation": 12.0, "scale": 0.12, "shear": 0.15, "shift": 1.5}


def convolution(x, channels: int, size: int, *, stride: int = 1, padding: str = "valid",
                normalise: bool = True, pool: bool = False):
    """A convolution without bias, batch normalisation, whose shift replaces the bias, and ReLU.

    normalise: off, the convolution has a bias instead. pool: in place of a stride, every place is
    computed and the largest of each stride x stride block is kept.
    """
    from keras import layers

    x = layers.Conv2D(channels, size, strides=1 if pool else stride, padding=padding,
                      use_bias=not normalise)(x)
    if normalise:
        x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    return layers.MaxPooling2D(stride)(x) if pool and stride > 1 else x


def three_layers(first: int, second: int, third: int, *, crop: int = 0, **options: bool
                 ) -> keras.Model:
    """Two convolutions with stride 2, so that little is left to compute.

    crop: rows and columns cut off on each side first; digits lie within the middle 24 or so.
    options: `normalise` and `pool`, as for `convolution`.
    """
    import keras
    from keras import layers

    inputs = keras.Input(IMAGE)
    x = layers.Cropping2D(crop)(inputs) if crop else inputs
    x = convolution(x, first, 5, stride=2, padding="same", **options)  # (14, 14, first), cropped 12
    x = convolution(x, second, 3, stride=2, **options)  # (6, 6, second), cropped 5
    x = convolution(x, third, 3, **options)  # (4, 4, third), cropped 3
    return keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))


def four_layers(first: int, second: int, third: int, fourth: int, *, crop: int = 0, **options: bool
                ) -> keras.Model:
    """As three_layers, with one more convolution on the small maps."""
    import keras
    from keras import layers

    inputs = keras.Input(IMAGE)
    x = layers.Cropping2D(crop)(inputs) if crop else inputs
    x = convolution(x, first, 5, stride=2, padding="same", **options)  # (14, 14, first), cropped 12
    x = convolution(x, second, 3, stride=2, padding="same", **options)  # (7, 7, .), cropped 6
    x = convolution(x, third, 3, **options)  # (5, 5, third), cropped 4
    x = convolution(x, fourth, 3, **options)  # (3, 3, fourth), cropped 2
    return keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))


def few_parameters(first: int, second: int, third: int, fourth: int, *, crop: int = 0,
                   **options: bool) -> keras.Model:
    """Few channels, and a last map so small that ten rows are short."""
    import keras
    from keras import layers

    inputs = keras.Input(IMAGE)
    x = layers.Cropping2D(crop)(inputs) if crop else inputs
    x = convolution(x, first, 5, stride=2, padding="same", **options)  # (14, 14, first), cropped 12
    x = convolution(x, second, 3, **options)  # (12, 12, second), cropped 10
    x = convolution(x, third, 3, stride=2, **options)  # (5, 5, third), cropped 4
    x = convolution(x, fourth, 3, **options)  # (3, 3, fourth), cropped 2
    return keras.Model(inputs, layers.Dense(10)(layers.Flatten()(x)))


@dataclass(frozen=True)
class Recipe:
    """A network and how it is trained: with a rate that warms up to `peak` and falls to zero.

    warmup: the share of all steps in which the rate rises. falls: off, the rate stays at the peak.
    changes: bounds of the augmentation as helpers.data.augmentation.augment takes them, empty for
    none; each epoch sees new copies. optimizer: by its name in Keras.
    """

    build: Callable[[], keras.Model]
    epochs: int
    peak: float = 4e-3
    batch_size: int = 128
    warmup: float = 0.2
    changes: dict[str, float] = field(default_factory=dict)
    falls: bool = True
    optimizer: str = "adam"


CANDIDATES = {
    "three-24-cropped": Recipe(partial(three_layers, 24, 48, 96, crop=2), epochs=3),
    "three-24-changed": Recipe(partial(three_layers, 24, 48, 96, crop=2), epochs=3, changes=LIGHT),
    "three-16-changed": Recipe(partial(three_layers, 16, 32, 64, crop=2), epochs=3, changes=LIGHT),
    "three-16-bold": Recipe(partial(three_layers, 16, 32, 96, crop=2), epochs=3, peak=1e-2,
                            changes=LIGHT),
    "three-16-brief": Recipe(partial(three_layers, 16, 32, 96, crop=2), epochs=2, peak=1e-2,
                             changes=LIGHT),
    "four-24": Recipe(partial(four_layers, 24, 48, 96, 96, crop=2), epochs=8, peak=1e-2,
                      changes=MEDIUM),
    "few-16": Recipe(partial(few_parameters, 16, 16, 24, 12, crop=2), epochs=12, peak=1e-2,
                     changes=LIGHT),
}


@dataclass(frozen=True)
class Race:
    """What a race asks for, and the candidate that was chosen for it on validation digits.

    accuracy: the mean test accuracy to reach. share: the most of L3's training time it may take,
    None where time does not count. parameters: all of them must be fewer, None without a limit.
    """

    name: str
    about: str
    candidate: str
    accuracy: float
    share: float | None = None
    parameters: int | None = None
    seeds: int = 5


RACES = {race.name: race for race in (
    Race("quick", "L3's claimed accuracy in a fifth of its time", "three-16-brief", 0.991,
         share=0.2),
    Race("accurate", "0.995 in the time that L3 takes", "four-24", 0.995, share=1.0),
    Race("small", "0.993 with fewer than 10,000 parameters", "few-16", 0.993, parameters=10_000),
)}
