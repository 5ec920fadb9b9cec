"""Exercise 8.3, a surprise for Adam: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function, number


def adam(gradients: np.ndarray, *, first: bool = True, second: bool = True,
         keep: float = 0.9, keep_square: float = 0.999, root: bool = True) -> np.ndarray:
    """Return Adam's steps of one weight in units of the rate; `first`, `second`: corrections."""
    mean = square = 0.0
    steps = []
    for count, gradient in enumerate(gradients, start=1):
        mean = keep * mean + (1 - keep) * gradient
        square = keep_square * square + (1 - keep_square) * gradient ** 2
        above = mean / (1 - keep ** count) if first else mean
        below = square / (1 - keep_square ** count) if second else square
        steps.append(above / (np.sqrt(below) if root else below))
    return np.array(steps)


def without_memory(gradients: np.ndarray) -> np.ndarray:
    """Give each gradient's sign, as if each step were the first."""
    return np.sign(gradients)


def draw_gradients(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw gradients of one weight, none of them zero."""
    size = random.uniform(0.1, 3, size=int(random.integers(3, 9)))
    return (size * random.choice([-1, 1], size=size.size),)


CALM = np.concatenate([0.01 * (-1.0) ** np.arange(1000), np.ones(20)])


CLIPPED = np.clip(CALM, -0.02, 0.02)


SURPRISE = float(adam(CALM).max())


ASKS = {
    "adam_steps": function(adam, draw=draw_gradients, cases=[(np.array([0.5, 0.5, -2.0]),)],
                           misconceptions=[
        (lambda gradients: adam(gradients, first=False, second=False),
         "You left out both corrections. The means begin at zero, and the first step is not "
         "the rate."),
        (lambda gradients: adam(gradients, second=False),
         "You corrected the mean, and not the mean square."),
        (lambda gradients: adam(gradients, first=False),
         "You corrected the mean square, and not the mean."),
        (lambda gradients: adam(gradients, root=False),
         "You divided by the mean square. Divide by its root."),
        (lambda gradients: adam(gradients, keep=0.999, keep_square=0.9),
         "You exchanged 0.9 and 0.999. The mean forgets fast, the mean square slowly."),
        (without_memory, "Each of your steps is as long as the rate. That holds for the first: "
                         "later ones remember."),
        (lambda gradients: -adam(gradients), "Leave out the minus sign before the step."),
    ]),
    "largest_surprise": number(SURPRISE, within=0.011, misconceptions={
        float(adam(CALM, first=False, second=False).max()):
            "That is without the corrections. After a thousand steps the one of the mean "
            "square still counts.",
        float(adam(CALM)[1000]): "That is the step at the first large gradient. Go on: the "
                                 "mean still grows.",
        float(adam(CALM)[-1]): "That is the last step. The largest comes before.",
        1.0: "One rate is the first step of all. The largest comes later.",
    }, otherwise="The largest of all steps that your function gives for calm."),
    "clipped_surprise": number(float(adam(CLIPPED).max()), within=0.011, misconceptions={
        SURPRISE / 50: "You divided the step by fifty. Clip the gradients first: they go into "
                       "both means.",
        SURPRISE: "That is as large as without clipping. np.clip returns a new array: hand "
                  "that one to your function.",
        1.0: "Then the gradients would be all alike. The calm ones are half as long as the "
             "bound.",
    }, otherwise="Clip the gradients, then take the largest step."),
    "all_large": number(1, within=0.001, misconceptions={
        3.16: "That is a surprise. Here the memory knows no other gradients.",
        0.1: "A gradient of one enters the mean with a tenth, but it has done so a thousand "
             "times.",
        float(adam(np.ones(1020), second=False)[-1]):
            "That is without the correction of the mean square.",
    }),
    "all_clipped": number(1, within=0.001, misconceptions={
        0.02: "That would be plain gradient descent. Adam divides by the size of the "
              "gradients, which are smaller as well.",
        50: "You divided by what clipping did. Both means shrink together.",
        0.02 / np.sqrt(0.02): "The mean square shrinks with the square of the gradients, and "
                              "then its root is taken.",
    }),
    "descent_factor": number(50, within=0.01, misconceptions={
        2: "That compares the bound with the calm gradients. Compare with the largest.",
        0.02: "How many times smaller is it? That is the new step itself.",
        100: "That compares the surprise with the calm gradients, and nothing is clipped "
             "there.",
        1: "That is Adam. Plain gradient descent divides by nothing.",
    }),
}
