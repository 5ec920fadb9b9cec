"""Exercise 8.6, half the depth: what is asked, and which mistakes are known."""

from __future__ import annotations

from types import FunctionType
from typing import Any
from weakref import WeakSet

import numpy as np

from helpers.exercises.checks import Wrong, call, choice, rule
from helpers.exercises.checks.models import same_answers

HALF_FILTERS = [4, 8, 16, 16, 32, 32, 32]


HALF_POOLS = (1, 2, 4, 5)


FOUND_RIGHT: WeakSet[FunctionType] = WeakSet()  # to build a network again and again takes long


def half_stack(activation: str | None = None, start: str = "glorot_uniform", *,
               filters: list[int] = HALF_FILTERS, pools: tuple[int, ...] = HALF_POOLS,
               size: int = 3, dense: tuple[int, ...] = (256, 62)) -> Any:
    """Return the stand-in with seven convolutions; other filters and pools make wrong ones."""
    import keras
    from keras import layers

    inputs = x = keras.Input((16, 16, 1))
    for count, width in enumerate(filters, start=1):
        x = layers.Conv2D(width, size, padding="same", kernel_initializer=start)(x)
        x = layers.Activation(activation)(x)
        x = layers.MaxPooling2D(2)(x) if count in pools else x
    x = layers.Flatten()(x)
    for units in dense:
        x = layers.Dense(units, "relu", kernel_initializer=start)(x)
    return keras.Model(inputs, layers.Dense(10, kernel_initializer=start)(x))


def answers_alike(network: Any, activation: str | None) -> bool:
    """Return whether the right network, with the same weights, gives the same logits."""
    pictures = np.random.default_rng(0).random((3, 16, 16, 1)).astype("float32")
    try:
        return same_answers(network, half_stack(activation), pictures, 1e-3)
    except ValueError:
        raise Wrong("The weights of your network have other shapes than those of the task: all "
                    "kernels are 3x3, and the dense layers stay.") from None


def judge_stack(answer: Any) -> None:
    """Refuse a function that does not build the stand-in with seven convolutions."""
    if not callable(answer) or hasattr(answer, "layers"):
        raise Wrong("The function is wanted that builds the network: its name, without brackets.")
    if isinstance(answer, FunctionType) and answer in FOUND_RIGHT:
        return
    network = call(answer, "relu", "he_normal", seconds=60)
    if not hasattr(network, "layers"):
        raise Wrong("Your function returns no network.")
    convolutions, pools = [], []
    for layer in network.layers:
        kind = type(layer).__name__
        if kind == "Conv2D":
            convolutions.append(layer)
        if kind == "MaxPooling2D":
            pools.append(len(convolutions))
    found = [layer.filters for layer in convolutions]
    if len(found) == 13:
        raise Wrong("Your network still has all thirteen convolutions.")
    if found != HALF_FILTERS:
        raise Wrong("The convolutions of your network have {found} filters. Every second one of "
                    "FILTERS is wanted, from the first on.", found=found)
    if tuple(pools) != HALF_POOLS:
        raise Wrong("Your poolings stand behind the convolutions {pools}, counted from 1. The "
                    "task wants them elsewhere.", pools=pools)
    if not answers_alike(network, "relu"):
        raise Wrong("Your convolutions do not use the activation that your function is given."
                    if answers_alike(network, None) else
                    "With the same weights, the network of the task gives other numbers. Copy "
                    "padding, activations and dense layers from deep_stack.")
    if any(type(layer.kernel_initializer).__name__ != "HeNormal" for layer in convolutions):
        raise Wrong("Your convolutions do not use the initialisation that your function is given.")
    if network.output_shape[-1] != 10:
        raise Wrong("Ten logits should leave the network.")
    if isinstance(answer, FunctionType):
        FOUND_RIGHT.add(answer)


def judge_pair(answer: Any) -> np.ndarray:
    """Return an answer as two positive numbers; Wrong if it is none."""
    try:
        pair = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        pair = np.zeros(0)
    if pair.shape != (2,) or not np.all(np.isfinite(pair)) or np.any(pair <= 0):
        raise Wrong("Two positive numbers are wanted, in the order that the task names.")
    return pair


def judge_factors(answer: Any) -> None:
    """Refuse factors that no right measurement gives; bounds from four seeds, with room."""
    glorot, he = judge_pair(answer)
    if max(glorot, he) < 1:
        raise Wrong("The other way round: by how many times is the spread of the half network "
                    "larger than that of the full one?")
    if he > 45 and glorot < 45:
        raise Wrong("The order is turned round: Glorot's weights come first.")
    if 0.99 < glorot / he < 1.01:
        raise Wrong("Twice the same? Hand the initialisation over to both networks.")
    if glorot > 170 or he > 45:
        raise Wrong("So much? Take the spread of the logits, its size and not its square, and the "
                    "geometric mean over the seeds.")
    if glorot < 25 or he < 5:
        raise Wrong("So little? Use ReLU in both networks, and take the spread of the logits, the "
                    "last number that spread gives.")


def judge_early(answer: Any) -> None:
    """Refuse moves of layer 3 that no right measurement gives."""
    half, full = judge_pair(answer)
    if max(half, full) > 3:
        raise Wrong("So far? The third layer is the one at index 2.")
    if min(half, full) < 0.2:
        raise Wrong("So little? Take the rate 0.016, and divide by the spread before the step.")


def judge_late(answer: Any) -> None:
    """Refuse moves of the last hidden layer that no right measurement gives."""
    half, full = judge_pair(answer)
    if half > 2 * full:
        raise Wrong("The order is turned round: the half network comes first.")
    if max(half, full) < 3:
        raise Wrong("So little? The layer before the last is the one at index -2.")
    if half / full > 0.67:
        raise Wrong("Twice nearly the same? Build the half network in one case and deep_stack in "
                    "the other.")
    if not (3 < half < 100 and full > 30):
        raise Wrong("Not what these networks do at a rate of 0.016 in their first step.")


def judge_count(answer: Any) -> None:
    """Refuse what is no number of seeds out of five; which one it is, is chance."""
    try:
        count = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        count = np.zeros(2)
    if count.size != 1:
        raise Wrong("How many seeds train: one number is wanted.")
    if float(count.item()) != int(count.item()):
        raise Wrong("How many of the seeds: a whole number is wanted.")
    if not 0 <= count.item() <= 5:
        raise Wrong("How many of five seeds train? Hand over seeds=5.")


ASKS = {
    "half_stack": rule(judge_stack, wrong=[
        (lambda activation, start: half_stack(activation, start, filters=[4, 4, 8, 8, 16, 16,
                                              16, 32, 32, 32, 32, 32, 32]), "all thirteen"),
        (lambda activation, start: half_stack(activation, start, filters=HALF_FILTERS[:-1]),
         "Every second one"),
        (lambda activation, start: half_stack(activation, start, pools=(2, 4, 7, 10)),
         "wants them elsewhere"),
        (lambda activation, start: half_stack(None, start), "do not use the activation"),
        (lambda activation, start: half_stack(activation, start, size=5), "other shapes"),
        (lambda activation, start: half_stack(activation, start, dense=()), "other shapes"),
        (lambda activation, start: half_stack(activation), "do not use the initialisation"),
        (lambda activation, start: 7, "returns no network"),
    ]),
    "logit_gain": rule(judge_factors, wrong=[
        ([0.016, 0.06], "The other way round"),
        ([17, 62], "order is turned round"),
        ([62.0, 62.0], "Twice the same"),
        ([3800, 280], "not its square"),
        ([8, 1], "Use ReLU in both"),
        (62, "Two positive numbers"),
    ], draw=lambda random: random.uniform(200, 900, size=2)),
    "he_loses_by": choice("padding", {
        "rate": "No step has been made yet.",
        "dropout": "Where outputs are only looked at, dropout does nothing. And both networks "
                   "have the same one.",
        "dead": "Before the first step nothing can have died, and both networks have the same "
                "dense layers."}),
    "early_moves": rule(judge_early, wrong=[
        ([20, 260], "index 2"), ([0.02, 0.03], "divide by the spread"),
    ], draw=lambda random: random.uniform(4, 40, size=2)),
    "late_moves": rule(judge_late, wrong=[
        ([260, 21], "order is turned round"), ([0.7, 0.7], "index -2"),
        ([260, 262], "Twice nearly the same"), ([1.5, 25], "Not what these networks do"),
    ], draw=lambda random: random.uniform(0.1, 2.9, size=2)),
    "half_depth_does": choice("growth", {
        "step": "The third layer moves about as far as before: rate and number of inputs are "
                "what they were.",
        "nothing": "Compare the layer before the last in both networks."}),
    "half_trains": rule(judge_count, wrong=[
        (0.4, "whole number"), (7, "of five"), (-1, "of five"), ([True, False], "one number"),
    ]),
    "equation_is": choice("part", {
        "whole": "Equation 8.1 has no depth in it, and rate and inputs are the same in both "
                 "networks. Do they fare the same, in five seeds each?"}),
}
