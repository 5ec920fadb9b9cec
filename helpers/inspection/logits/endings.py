"""Tell by numbers what the end of a model does: is it a softmax, a sigmoid, or neither?

The end is tried as a function, on random numbers from small to very large. Which function object it
is, or how many layers it is written in, does not matter.

    "softmax": one number added to all that go into it changes nothing, a class that goes up comes
        out higher, and what comes out is not below 0 and has one sum. Also its logarithm.
    "sigmoid": every number for itself, rising, from 0 to 1. Also its logarithm.
    "probabilities": all between 0 and 1, made in another way.
    "open": anything else. What comes out can be taken for logits.
    "untried": there are no finite numbers to judge by.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

ROWS = 6
SCALES = (1.0, 8.0, 30.0, 1000.0)
TOLERANCE = {"float64": 1e-6, "float32": 1e-4, "float16": 5e-3, "bfloat16": 2e-2}


def ending(function: Callable, shapes: list[tuple[int, ...]], dtype: str) -> str:
    """Name what a function makes of arrays of these shapes, each without the batch axis.

    function: list of arrays (n, ...) -> array (n, classes). dtype: the precision it works in.
    """
    random, near = np.random.default_rng(0), TOLERANCE.get(dtype, 1e-4)
    given = {scale: [scale * random.normal(size=(ROWS, *shape)) for shape in shapes]
             for scale in SCALES}
    made = {scale: function(arrays) for scale, arrays in given.items()}
    made = {scale: values for scale, values in made.items() if np.isfinite(values).all()}
    if 1.0 not in made:
        return "untried"
    outputs = np.concatenate([values.ravel() for values in made.values()])
    single = function([array[:1] for array in given[1.0]])
    by_row = single.shape[0] == 1 and np.abs(single - made[1.0][:1]).max() <= 10 * near
    alone = by_row and len(shapes) == 1 and np.prod(shapes[0]) == made[1.0][0].size
    if alone and _is_softmax(function, given[1.0][0], made, near):
        return "softmax"
    if alone and _is_sigmoid(function, made[1.0][0].size, shapes[0], near):
        return "sigmoid"
    bounded = outputs.min() > -near and outputs.max() < 1 + near
    far = made[max(made)].reshape(ROWS, -1)  # where it is sure, it may still be a share of one
    if max(made) > 1 and far.min() > -near and np.abs(far.sum(axis=1) - 1).max() < 10 * near:
        return "probabilities"
    return "probabilities" if bounded and np.ptp(outputs) > near else "open"


def stands_on_its_top(function: Callable, shape: tuple[int, ...], dtype: str) -> bool:
    """Tell whether a function takes the largest of each row away, as a softmax does at first."""
    near, random = TOLERANCE.get(dtype, 1e-4), np.random.default_rng(0)
    given = random.normal(size=(ROWS, *shape))
    made = function([given]).reshape(ROWS, -1)
    shift = np.linspace(-5, 5, ROWS).reshape(-1, *[1] * len(shape))
    alike = np.abs(function([given + shift]).reshape(ROWS, -1) - made).max() < 10 * near
    return bool(alike and np.ptp(made.max(axis=1)) < near < np.ptp(made))


def _is_softmax(function: Callable, given: np.ndarray, made: dict, near: float) -> bool:
    numbers = made[1.0]
    totals = [np.exp(numbers.astype(np.float64)).reshape(ROWS, -1).sum(axis=1)]
    if numbers.max() > near or np.abs(totals[0] - 1).max() > near:  # no logarithm of a softmax
        totals = [values.reshape(ROWS, -1).sum(axis=1, dtype=np.float64)
                  for values in made.values()]
        if min(values.min() for values in made.values()) < -near:
            return False
    if np.ptp(totals) > 10 * near * np.mean(totals):
        return False
    close = 10 * near * np.abs(numbers).max()
    shift = np.linspace(-5, 5, ROWS).reshape(-1, *[1] * (given.ndim - 1))
    if np.abs(function([given + shift]) - numbers).max() >= close:
        return False
    if given[0].size == 1:  # over one class it is always 1
        return bool(np.ptp(numbers) < near)
    moves = np.abs(function([2 * given]) - numbers).max() > close
    flat, rises = numbers.reshape(ROWS, -1), []
    for number in range(flat.shape[1]) if flat.shape[1] <= 32 else range(0, flat.shape[1], 97):
        raised = given.reshape(ROWS, -1).copy()
        raised[:, number] += 2
        rises.append(function([raised.reshape(given.shape)]).reshape(ROWS, -1)[:, number]
                     - flat[:, number])
    return bool(moves and np.min(rises) > -close and np.max(rises) > close)


def _is_sigmoid(function: Callable, size: int, shape: tuple, near: float) -> bool:
    """Tell whether each number goes by itself, and rises from 0 to 1."""
    line = np.sinh(np.linspace(-8, 8, 65))  # fine around 0, and as far as 1,490

    def at(values: np.ndarray) -> np.ndarray:
        return function([np.repeat(values, size).reshape(-1, *shape)]).reshape(len(values), -1)

    rising = at(line).astype(np.float64)
    if rising.max() <= near and np.abs(np.exp(rising) + np.exp(rising[::-1]) - 1).max() < near:
        rising = np.exp(rising)  # the logarithm of a sigmoid
    ends = np.abs(rising[0]).max() < 0.01 and np.abs(rising[-1] - 1).max() < 0.01
    inside = rising.min() > -near and rising.max() < 1 + near
    if not (ends and inside and (np.diff(rising, axis=0) > -near).all()):
        return False
    mixed = np.random.default_rng(1).normal(size=(ROWS, size))
    found = function([mixed.reshape(-1, *shape)]).reshape(ROWS, -1)
    single = np.stack([at(mixed[:, number])[:, number] for number in range(size)], axis=1)
    return bool(np.abs(found - single).max() < near)
