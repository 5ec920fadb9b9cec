"""Exercise 12.3, half a ring: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function, number


def held(gradients, *, shift=-1, mean=False):
    """The finished piece of each worker after the first half of a ring, or of another rule."""
    total = gradients.mean(axis=0) if mean else gradients.sum(axis=0)
    return np.roll(total.reshape(len(gradients), -1), shift, axis=0)


def draw(random):
    """Gradients of two to five workers."""
    workers, numbers = int(random.integers(3, 6)), int(random.integers(1, 4))
    return (random.normal(size=(workers, workers * numbers)),)


ASKS = {
    "sums_of_pieces": function(
        lambda gradients: held(gradients), draw=draw,
        cases=[(np.arange(9.0).reshape(3, 3),)],
        misconceptions=[
            (lambda gradients: held(gradients, shift=0),
             "You gave worker 0 the piece 0. That is the piece it sends first, so it is the first "
             "to lose sight of it."),
            (lambda gradients: held(gradients, shift=1),
             "You went to the left. Pieces travel to the right, and how many steps do they take?"),
            (lambda gradients: held(gradients, mean=True),
             "You took the mean. The ring adds up; who wants a mean divides later."),
            (lambda gradients: gradients.sum(axis=0),
             "That is the whole sum. Each worker holds one finished piece of it, in a row of its "
             "own."),
            (lambda gradients: np.roll(np.stack(
                [gradients[w].reshape(len(gradients), -1)[w] for w in range(len(gradients))]),
                -1, axis=0),
             "Nothing was added up: those are pieces of single workers."),
        ]),
    "first_half_steps": number(4, misconceptions={
        5: "A piece already is at one of the five when it starts.",
        8: "Those are both halves.",
        10: "A piece already is at one of the workers when it starts, and that is both halves.",
        20: "All workers send at the same time, so that is one step."}),
}
