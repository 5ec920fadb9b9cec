"""The networks of the five lessons, as published, by the name of their row in the ledger."""

from __future__ import annotations

import keras
from keras import layers

IMAGE = (28, 28, 1)


def l3_convnet() -> keras.Model:
    """L3's convnet: 104,202 parameters."""
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
    return keras.Sequential([
        layers.Input(IMAGE),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])


def l5_exercise_1() -> keras.Model:
    """L5's first exercise: 54,410 parameters."""
    return keras.Sequential([
        layers.Input(IMAGE),
        layers.Conv2D(32, 3, activation="relu"),  # (26, 26, 32)
        layers.MaxPooling2D(2),  # (13, 13, 32)
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ])


def l5_exercise_2() -> keras.Model:
    """L5's second exercise: 44,602 parameters."""
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
