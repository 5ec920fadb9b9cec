"""Exercise 9.3, did anything move?: what is asked, and which mistakes are known."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from helpers.exercises.checks import Wrong, choice, number, rule
from helpers.exercises.checks.functions import call


def step(name: str, index: int, change: Sequence[float]) -> Callable[[Any], None]:
    """Return a training that adds numbers to the beginning of one weight of a layer."""
    def train(model: Any) -> None:
        weight = model.get_layer(name).weights[index]
        values = np.array(weight)
        values.flat[:len(change)] += change
        weight.assign(values)
    return train


def both(*trainings: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return a training that does several, one after the other."""
    def train(model: Any) -> None:
        for one in trainings:
            one(model)
    return train


# Training, frozen layers, the names that move, and what to say to those who see others. The
# weights of the middle layer are scale, offset, running mean and running variance.
TRAININGS = (
    (both(), (), [], "A training that changes nothing leaves nothing moved. Your function names "
                     "something."),
    (step("last", 0, [1.0]), (), ["last"], "A weight of one layer moved, and your function does "
                                           "not give just that layer. Did you keep "
                                           "the numbers of before, or the weights themselves, "
                                           "which move along?"),
    (step("last", 1, [1.0]), (), ["last"], "A bias moved, and your function does not see it."),
    (step("first", 0, [1e-3]), (), ["first"], "A weight moved by a thousandth, and your function "
                                              "does not see it."),
    (step("first", 0, [1.0, -1.0]), (), ["first"], "Two weights moved, one up and one down. Sums "
                                                   "and means hide that: compare all weights."),
    (step("first", 0, [1.0]), ("first",), ["first"], "A layer that counts as frozen moved all the "
                                                     "same, and your function does not see it. "
                                                     "That is what it is for."),
    (step("normal", 2, [1.0]), (), ["normal"], "A running mean of batch normalisation moved, and "
                                               "your function does not see it. It is not among the "
                                               "weights that gradients train."),
    (both(step("last", 0, [1.0]), step("first", 0, [1.0])), (), ["first", "last"],
     "Two layers moved. Give both, in the order of the network."),
)


@functools.cache
def small_network() -> tuple[Any, list[np.ndarray]]:
    """Return a network with batch normalisation, and its weights, to be put back each time."""
    import keras
    model = keras.Sequential([
        keras.Input((3,)), keras.layers.Dense(2, name="first"),
        keras.layers.BatchNormalization(name="normal"), keras.layers.Dense(2, name="last")])
    # Quarters, whose sums are exact: else rounding shows by chance what sums are to hide.
    model.set_weights([np.round(4 * one) / 4 for one in model.get_weights()])
    return model, model.get_weights()


def judge_moved(answer: object) -> None:
    """Try a function that names the layers which a training moves."""
    if not callable(answer):
        raise Wrong("A function is wanted, and that is a {type}.", type=type(answer).__name__)
    for train, frozen, expected, message in TRAININGS:
        model, weights = small_network()
        for layer in model.layers:
            layer.trainable = layer.name not in frozen
        model.set_weights(weights)
        calls: list[object] = []

        def training(given: Any, train: Callable = train, calls: list = calls) -> None:
            calls.append(given)
            train(given)

        names = call(answer, model, training, seconds=20.0)
        if names is None or names is ...:
            raise Wrong("Your function returns nothing. Does it end with `return`?")
        if len(calls) != 1 or calls[0] is not model:
            raise Wrong("Your function must call train(model) once, between the two looks.")
        if isinstance(names, str) or not isinstance(names, (list, tuple)):
            raise Wrong("A list of names is wanted, an empty one where nothing moved.")
        if not all(isinstance(name, str) for name in names):
            raise Wrong("The list must hold the names of layers, as text.")
        if list(names) != expected:
            raise Wrong(message)


def compare(look: Callable[[Any], Any]) -> Callable[[Any, Callable], list[str]]:
    """Return a function that names the layers which look different after a training."""
    def moved(model: Any, train: Callable) -> list[str]:
        before = [look(layer) for layer in model.layers]
        train(model)
        return [layer.name for layer, old in zip(model.layers, before, strict=True)
                if not all(np.array_equal(one, other)
                           for one, other in zip(old, look(layer), strict=True))]
    return moved


def whole(layer: Any) -> list[np.ndarray]:
    """Return all weights of a layer."""
    return layer.get_weights()


def last_first(model: Any, train: Callable) -> list[str]:
    """Give the names in the wrong order."""
    return compare(whole)(model, train)[::-1]


def never_trained(model: Any, train: Callable) -> list[str]:
    """Forget to train."""
    return [layer.name for layer in model.layers if layer.get_weights() and False]


ASKS = {
    "moved_layers": rule(judge_moved, wrong=[
        (compare(lambda layer: [np.array(one) for one in layer.trainable_weights]),
         "counts as frozen"),
        (compare(lambda layer: [layer.get_weights()[0]] if layer.get_weights() else []),
         "A bias moved"),
        (compare(lambda layer: [one.sum() for one in layer.get_weights()]), "one up"),
        (compare(lambda layer: layer.get_weights()[:2]), "running mean"),
        (compare(lambda layer: [one.round(2) for one in layer.get_weights()]), "thousandth"),
        (lambda model, train: [train(model), *(layer.name for layer in model.layers
                                               if layer.trainable)][1:], "changes nothing"),
        (last_first, "in the order of the network"),
        (never_trained, "once"),
        (lambda model, train: bool(train(model)), "list of names"),
        (["last"], "function is wanted"),
    ], draw=lambda random: lambda model, train: [
        train(model), *random.choice(["first", "normal", "last"], 1).tolist()][1:]),
    "mean_after_two": number(0.95, within=0.001, misconceptions={
        0.5: "That is after one batch.",
        1.0: "The second step goes a tenth of the way that is left, and that is shorter.",
        0: "Running statistics move without any gradient.",
        0.0995: "That is with a hundredth, as in Keras. Here it is a tenth.",
        4.95: "You went nine tenths of the way each time.",
        5: "It goes a tenth of the way only.",
    }, otherwise="Where is it after the first batch, and how far is it to 5 from there?"),
    "what_keeps_it": choice("eval", {
        "no_grad": "That stops gradients, and running statistics move without any.",
        "small rate": "The rate scales steps along gradients. No gradient is at work here.",
        "large batch": "Then the mean of a batch is steadier, but the running mean still "
                       "moves towards it."}),
}
