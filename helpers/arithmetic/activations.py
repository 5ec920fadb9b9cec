"""How far an activation function looks: at one number, at one cell's channels, or further.

Keras' own functions are known. Any other callable is tried on random numbers: one number is
changed, and what else changes with it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.arithmetic.layer_kinds import kind_of

MIXING = ("softmax", "log_softmax", "sparsemax")
TRIALS = 6


def reach(function: Callable | None, shape: tuple[int | None, ...]) -> str | None:
    """Return "number", "channels", or None for a function that looks further or cannot be tried.

    shape: of what it is given, without the batch axis; the last axis holds the channels.
    """
    import keras

    module, name = getattr(function, "__module__", ""), getattr(function, "__name__", "")
    kind = kind_of(function)
    if function is None or (kind is not None and kind.group == "still"):
        return "number"
    if module and module.startswith("keras.src.activations") and name != "glu":
        return "channels" if name in MIXING else "number"
    random = np.random.default_rng(0)
    shape = (2, *(min(length or 4, 6) for length in shape[:-1]), shape[-1] or 3)
    found = "number"
    for trial in range(TRIALS):
        before = random.normal(0, 10.0 ** (trial % 3 - 1), shape).astype(np.float32)
        place = tuple(int(random.integers(length)) for length in shape)
        after = before.copy()
        after[place] += random.choice([-2, 2]) * (1 + abs(after[place]))
        try:
            one, other = (keras.ops.convert_to_numpy(function(keras.ops.convert_to_tensor(value)))
                          for value in (before, after))
        except Exception:  # a function of one's own may raise anything
            return None
        changed = one != other
        if one.shape != shape or np.isnan(one).any():
            return None
        changed[place] = False
        if changed.any():
            found = "channels"
        changed[place[:-1]] = False
        if changed.any():
            return None
    return found
