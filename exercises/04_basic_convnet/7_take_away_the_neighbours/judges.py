"""Exercise 4.7, take away the neighbours: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import Wrong, choice, function, rule


def judge_four(answer: object) -> None:
    """Refuse four accuracies that do not show what shuffling the pixels does."""
    try:
        values = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("Four numbers are wanted.") from None
    if values.shape != (4,) or not np.isfinite(values).all():
        raise Wrong("Four numbers are wanted: convnet and dense network, each in order and "
                    "shuffled.")
    if values.max() > 1 or values.min() < 0:
        raise Wrong("Shares between 0 and 1 are wanted.")
    convnet, mixed_convnet, dense, mixed_dense = values
    if min(convnet, dense) < 0.75:
        raise Wrong("On digits in order, both networks should read more. Did they train long "
                    "enough, on pixels from 0 to 1?")
    if min(mixed_convnet, mixed_dense) < 0.4:
        raise Wrong("A network that was trained on shuffled digits must be tested on shuffled "
                    "digits, with the same order for all of them.")
    if abs(dense - mixed_dense) > 0.06:
        raise Wrong("The dense network should not notice, apart from luck. Was the order the same "
                    "for all digits, in training and in test?")
    if convnet - mixed_convnet < 0.02:
        raise Wrong("The convnet should read clearly fewer. Was it trained afresh on shuffled "
                    "digits, or did its digits stay in order?")


def draw_four(random: np.random.Generator) -> np.ndarray:
    """Draw four accuracies of which the second is no lower than the first."""
    low = random.uniform(0.5, 0.95)
    return np.array([low, random.uniform(low, 1), *random.uniform(0.75, 0.99, size=2)])


ASKS = {
    "four_accuracies": rule(judge_four, draw=draw_four, wrong=[
        ([0.94, 0.94, 0.88, 0.88], "clearly fewer"),
        ([0.94, 0.11, 0.88, 0.12], "must be tested on shuffled"),
        ([0.94, 0.88, 0.88, 0.70], "should not notice"),
        ([0.60, 0.55, 0.88, 0.88], "should read more"),
        ([94.0, 88.0, 88.0, 88.0], "Shares between 0 and 1"),
        ([0.94, 0.88], "Four numbers"),
    ]),
    "carried_weights": function(
        lambda weights, order: weights[order],
        draw=lambda random: (random.normal(size=(12, 5)).round(2), random.permutation(12)),
        misconceptions=[
            (lambda weights, order: weights, "You leave the weights where they are. Then each "
                                             "pixel meets the weight of another."),
            (lambda weights, order: weights[np.argsort(order)],
             "You undo the order. The weights must follow the pixels: which pixel stands at "
             "place p of a shuffled digit?"),
            (lambda weights, order: weights[order][:, ::-1],
             "The units stay in their order."),
            (lambda weights, order: weights[order].T, "The result has the shape (units, "
                                                      "pixels)."),
            (lambda weights, order: order, "That is the order. The weights are wanted."),
        ]),
    "what_is_lost": choice("its neighbours", {
        "its weights": "It may learn new ones, on shuffled digits. They do not help it as "
                       "much.",
        "its pixels": "They are all there, in another place.",
    }),
}
