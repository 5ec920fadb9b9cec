"""Train one compiled network from the start again and again, with a seed for each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


def begin_again(model: keras.Model, seed: int) -> None:
    """Put a compiled model back to where one that is built anew with this seed would begin.

    `fit` builds its training step at its first call, which can take longer than a short training.
    A model that begins again keeps that step. It gets the weights that
    `keras.utils.set_random_seed(seed)` and the building of its layers would give it, dropout begins
    with the masks of that seed, and the optimiser forgets what it has gathered. A rate or schedule
    stays as it was given to `compile`.
    Raises ValueError for a model that has not been compiled, or has no weights yet.
    """
    import keras
    from keras import ops

    if not model.built or getattr(model, "optimizer", None) is None:
        raise ValueError("the model must be built and compiled before it can begin again; "
                         "begin it with a keras.Input, and call model.compile first")
    keras.utils.set_random_seed(seed)
    fresh = keras.models.clone_model(model)
    for mine, new in zip(model.variables, fresh.variables, strict=True):
        mine.assign(new)
    rate = getattr(model.optimizer, "_learning_rate", None)
    for gathered in model.optimizer.variables:
        if gathered is not rate:
            gathered.assign(ops.zeros_like(gathered))
