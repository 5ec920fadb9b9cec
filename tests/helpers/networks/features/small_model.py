"""A small model, to compute features with."""

import keras
from keras import layers


def build(seed=0, filters=3):
    keras.utils.set_random_seed(seed)
    return keras.Sequential([
        layers.Input((6, 6, 2)), layers.Conv2D(filters, 3, activation="relu", name="first"),
        layers.BatchNormalization(name="normal"), layers.Conv2D(4, 3, name="second"),
        layers.Flatten(name="flat"), layers.Dense(2, name="head")])
