"""The networks of the five lessons, as published, by the name of their row in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

    from benchmarks.ledger.torch_network import TorchNetwork

IMAGE = (28, 28, 1)
PADDED = (32, 32, 3)  # padded with zeros, the grey channel three times
SMALL_VGG_BLOCKS = ((64, 2), (128, 2))
VGG16_BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))


def l1() -> keras.Model:
    """L1's first convnet: 3,156,098 parameters."""
    import keras
    from keras import layers

    return keras.Sequential([
        layers.Input(IMAGE),
        layers.Conv2D(32, 5, padding="same", activation="relu"),  # (28, 28, 32)
        layers.MaxPooling2D(2),  # (14, 14, 32)
        layers.Conv2D(64, 2, padding="same", activation="relu"),  # (14, 14, 64)
        layers.MaxPooling2D(2),  # (7, 7, 64)
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(1000, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    ])


def l2_baseline(activation: str | None = None) -> keras.Model:
    """L2's baseline: 1,407,178 parameters. Its convolutions have no activation."""
    import keras
    from keras import layers

    return keras.Sequential([
        layers.Input(PADDED),
        layers.Conv2D(64, 3, activation=activation),  # (30, 30, 64)
        layers.MaxPooling2D(2, strides=1),  # (29, 29, 64)
        layers.Conv2D(32, 3, activation=activation),  # (27, 27, 32)
        layers.MaxPooling2D(2, strides=1),  # (26, 26, 32)
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(32, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ])


def vgg(blocks: Sequence[tuple[int, int]], *, activation: str | None = None,
        initializer: str = "glorot_uniform", normalise: bool = False) -> keras.Model:
    """A network of VGG's blocks (filters, convolutions) and L2's three dense layers.

    As published its convolutions have no activation. normalise: batch normalisation between each
    convolution and its activation.
    """
    import keras
    from keras import layers

    model = keras.Sequential([layers.Input(PADDED)])
    for filters, convolutions in blocks:
        for _ in range(convolutions):
            model.add(layers.Conv2D(filters, 3, padding="same", kernel_initializer=initializer))
            if normalise:
                model.add(layers.BatchNormalization())
            if activation:
                model.add(layers.Activation(activation))
        model.add(layers.MaxPooling2D(2))  # half the rows and columns
    model.add(layers.Flatten())
    model.add(layers.Dense(4096, activation="relu"))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(1000, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def transfer_head(places: int, *widths: int) -> keras.Model:
    """L2's dense layers behind a frozen base, whose maps come flattened to so many numbers.

    widths: of the hidden layers; a dropout of 0.2 follows the first. Behind VGG16 4096 and 1000,
    behind ResNet152V2 none.
    """
    import keras
    from keras import layers

    model = keras.Sequential([layers.Input((places,))])
    for number, width in enumerate(widths):
        model.add(layers.Dense(width, activation="relu"))
        if number == 0:
            model.add(layers.Dropout(0.2))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def l3_convnet() -> keras.Model:
    """L3's convnet: 104,202 parameters."""
    import keras
    from keras import layers

    return keras.Sequential([
        layers.Input(IMAGE),
        layers.Conv2D(32, 3, activation="relu"),  # (26, 26, 32)
        layers.MaxPooling2D(2),  # (13, 13, 32)
        layers.Conv2D(64, 3, activation="relu"),  # (11, 11, 64)
        layers.MaxPooling2D(2),  # (5, 5, 64)
        layers.Conv2D(128, 3, activation="relu"),  # (3, 3, 128)
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ])


def l3_dense() -> keras.Model:
    """The densely connected network that L3 compares with: 407,050 parameters."""
    import keras
    from keras import layers

    return keras.Sequential([
        layers.Input(IMAGE),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])


def l4() -> TorchNetwork:
    """L4's convnet, in PyTorch: 50,186 parameters. It gives logits.

    Xavier's initialisation is for the linear layer alone; the rest begins as PyTorch has it.
    """
    from torch import nn

    from benchmarks.ledger.torch_network import TorchNetwork

    module = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(),  # (32, 28, 28)
        nn.MaxPool2d(2),  # (32, 14, 14)
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(),  # (64, 14, 14)
        nn.MaxPool2d(2),  # (64, 7, 7)
        nn.Flatten(),  # (3136,)
        nn.Linear(3136, 10))
    nn.init.xavier_uniform_(module[-1].weight)
    return TorchNetwork(module)


def l4_in_keras() -> keras.Model:
    """The same network in Keras, with Keras' own initialisation. It gives logits, too."""
    import keras
    from keras import layers

    return keras.Sequential([
        layers.Input(IMAGE),
        layers.Conv2D(32, 3, padding="same", activation="relu"),  # (28, 28, 32)
        layers.MaxPooling2D(2),  # (14, 14, 32)
        layers.Conv2D(64, 3, padding="same", activation="relu"),  # (14, 14, 64)
        layers.MaxPooling2D(2),  # (7, 7, 64)
        layers.Flatten(),
        layers.Dense(10),
    ])


def l5_exercise_1() -> keras.Model:
    """L5's first exercise: 54,410 parameters."""
    import keras
    from keras import layers

    return keras.Sequential([
        layers.Input(IMAGE),
        layers.Conv2D(32, 3, activation="relu"),  # (26, 26, 32)
        layers.MaxPooling2D(2),  # (13, 13, 32)
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ])


def l5_exercise_2() -> keras.Model:
    """L5's second exercise: 44,602 parameters."""
    import keras
    from keras import layers

    return keras.Sequential([
        layers.Input(IMAGE),
        layers.Conv2D(32, 3, activation="relu"),  # (26, 26, 32)
        layers.MaxPooling2D(2),  # (13, 13, 32)
        layers.Conv2D(64, 3, activation="relu"),  # (11, 11, 64)
        layers.MaxPooling2D(2),  # (5, 5, 64)
        layers.Flatten(),
        layers.Dense(16, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
