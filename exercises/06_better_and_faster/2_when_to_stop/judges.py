"""Exercise 6.2, when to stop: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.exercises.checks import function, number


def by_accuracy(accuracies: Sequence[float], patience: int, *, ties: bool = False
                ) -> tuple[int, int]:
    """Return the epoch after which the training ends, and the one that is kept, from 1."""
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best] or (ties and accuracy == accuracies[best]):
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, best + 1


def by_neighbour(accuracies: Sequence[float], patience: int) -> tuple[int, int]:
    """Count epochs that are no better than the one before."""
    waited, best = 0, 0
    for epoch in range(1, len(accuracies)):
        waited = 0 if accuracies[epoch] > accuracies[epoch - 1] else waited + 1
        best = epoch if accuracies[epoch] > accuracies[best] else best
        if waited >= patience:
            break
    return epoch + 1, best + 1


ASKS = {
    "validation_ends": number(8, misconceptions={
        5: "That is the best epoch so far. The rule waits three more.",
        7: "The patience is counted from the best epoch, which is the fifth: not yet.",
        6: "The fourth epoch was no better than the third, but the fifth was, and the count "
           "begins anew.",
        9: "One too many: the rule ends the training as soon as three epochs have passed "
           "without a lower loss.",
        10: "The rule does not know that a better epoch will come.",
    }),
    "validation_keeps": number(5, misconceptions={
        3: "An epoch after the third has a lower loss, and is reached.",
        8: "Those are the last weights. The best ones are restored.",
        10: "That epoch is never reached.",
        7: "Its loss is low, but not the lowest before the end.",
    }),
    "training_ends": number(10, misconceptions={
        8: "That is what the validation loss says. The training loss falls in each epoch.",
        3: "The training loss falls in each epoch, so the patience is never used up.",
        13: "After ten epochs the training is over anyway.",
    }),
    "stop_by_accuracy": function(
        lambda accuracies, patience: by_accuracy(accuracies, patience),
        cases=[([0.5, 0.7, 0.7, 0.6, 0.9], 2), ([0.1, 0.2, 0.3], 1), ([0.5, 0.4, 0.3, 0.2], 3),
               ([0.6, 0.6, 0.6, 0.6, 0.8], 3)],
        draw=lambda random: (random.uniform(size=10).round(1).tolist(),
                             int(random.integers(1, 5))),
        misconceptions=[
            (lambda accuracies, patience: by_accuracy([-value for value in accuracies],
                                                      patience),
             "Your rule wants the value to be small, as a loss. An accuracy should be large."),
            (lambda accuracies, patience: by_accuracy(accuracies, patience, ties=True),
             "Your rule takes an equal accuracy for an improvement."),
            (lambda accuracies, patience: by_accuracy(accuracies, patience + 1),
             "Your rule waits one epoch too long."),
            (lambda accuracies, patience: np.subtract(by_accuracy(accuracies, patience), 1),
             "You counted the epochs from 0. The first one is epoch 1."),
            (lambda accuracies, patience: by_accuracy(accuracies, patience)[::-1],
             "You returned the two numbers in the other order: first the end."),
            (lambda accuracies, patience: [by_accuracy(accuracies, patience)[0]] * 2,
             "You keep the last weights. The best ones are to be kept."),
            (lambda accuracies, patience: (by_accuracy(accuracies, patience)[0],
                                           int(np.argmax(accuracies)) + 1),
             "You looked for the best of all epochs, also those after the end. The rule "
             "cannot know them."),
            (lambda accuracies, patience: by_neighbour(accuracies, patience),
             "You compared each epoch with the one before it. The rule compares it with the "
             "best so far."),
        ]),
}
