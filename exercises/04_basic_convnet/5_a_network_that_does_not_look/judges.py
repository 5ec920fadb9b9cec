"""Exercise 4.5, a network that does not look: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choice, function, number


def favourite(probabilities: np.ndarray) -> float:
    """Return the share of pictures that get the most frequent answer."""
    return np.bincount(probabilities.argmax(axis=1)).max() / len(probabilities)


def draw_probabilities(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw probabilities of a few classes, with one class ahead."""
    classes = int(random.integers(3, 6))
    powers = np.exp(random.normal(size=(int(random.integers(12, 30)), classes)))
    powers[:, random.integers(classes)] *= 2
    return ((powers / powers.sum(axis=1, keepdims=True)).round(4),)


ASKS = {
    "silent_accuracy": number(0.5, within=0.001, misconceptions={
        1 / 3: "That is for equal shares. What does it answer, each time?",
        0.38: "That is for answers drawn at random with these shares. It gives the same one "
              "each time.",
        0.2: "It answers the most common kind, not the rarest.",
        1.0: "It gives one answer, and not all pictures are of that kind.",
    }, otherwise="Which kind does it answer each time, and how common is it?"),
    "silent_loss": number(1.0297, within=0.002, misconceptions={
        1.0986: "That is for equal shares.",
        0.6931: "That is the loss for a picture of the first kind. Take the mean over all "
                "pictures.",
        1.4855: "That is with logarithms to base 2.",
        -1.0297: "A loss is minus a logarithm.",
        0.4472: "That is with logarithms to base 10.",
        1.1688: "Weigh the three losses by how often each kind comes.",
        2.303: "That is for ten classes.",
    }, otherwise="Each kind pays minus the logarithm of its share. How often does each come?"),
    "favourite_share": function(
        favourite, draw=draw_probabilities, misconceptions=[
            (lambda probabilities: probabilities.max(axis=1).mean(),
             "You return how sure it is on average. A network can be sure of different "
             "answers."),
            (lambda probabilities: probabilities.mean(axis=0).max(),
             "You return the largest mean probability. Count answers."),
            (lambda probabilities: np.bincount(probabilities.argmax(axis=1)).argmax(),
             "You return which answer it is. How often is it given?"),
            (lambda probabilities: np.bincount(probabilities.argmax(axis=1)).max(),
             "You return a number of pictures. A share is wanted."),
            (lambda probabilities: np.bincount(probabilities.argmax(axis=0)).max()
                / probabilities.shape[1],
             "You look down the columns. Each row is a picture."),
            (lambda probabilities: np.bincount(probabilities.argmax(axis=1)).max()
                / probabilities.shape[1],
             "You divide by the number of classes."),
            (lambda probabilities: np.bincount(probabilities.argmin(axis=1)).max()
                / len(probabilities), "You count the least likely answers."),
        ]),
    "network_one": choice("overfits", {
        "learns": "It learns the training digits. Compare its two losses.",
        "dead": "A dead network stays near 2.30.",
    }),
    "network_two": choice("dead", {
        "learns": "It has come down from 38, but to which number?",
        "overfits": "Then its training loss would be low.",
    }),
    "network_three": choice("learns", {
        "dead": "A dead network stays near 2.30.",
        "overfits": "Compare its two losses.",
    }),
}
