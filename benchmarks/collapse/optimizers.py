"""Adam with a bound on its step, or with a smaller rate for some layers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def bounded_adam(rate, *, bound: float | None = None, layer_bound: float | None = None,
                 slow: str | None = None, slowness: float = 1 / 8,
                 **options) -> keras.optimizers.Adam:
    """Adam whose steps, not gradients, are bounded, and whose rate is smaller for some layers.

    bound: the most that a weight may move in one step, in units of the rate.
    layer_bound: the same for the root mean square over each variable; a longer step is shortened
        as a whole, and its direction stays. Source: Shazeer and Stern, "Adafactor", 2018.
    slow: layers whose name begins so, such as "dense", get `slowness` times the rate.
    options: of Keras' Adam.
    """
    import keras
    from keras import ops

    class BoundedAdam(keras.optimizers.Adam):
        def update_step(self, gradient, variable, learning_rate):
            """Make Adam's step, then shorten it."""
            # What comes here is TensorFlow's variable, which does not know its layer.
            path = self._trainable_variables[self._get_variable_index(variable)].path
            if slow and f"/{slow}" in f"/{path}":
                learning_rate = learning_rate * slowness
            before = ops.copy(ops.convert_to_tensor(variable))
            super().update_step(gradient, variable, learning_rate)
            if bound is None and layer_bound is None:
                return
            change = ops.convert_to_tensor(variable) - before
            if bound is not None:
                most = bound * learning_rate
                change = ops.clip(change, -most, most)
            if layer_bound is not None:
                length = ops.sqrt(ops.mean(ops.square(change)))
                change = change * ops.minimum(1.0, layer_bound * learning_rate / (length + 1e-30))
            variable.assign(before + change)

    return BoundedAdam(rate, **options)


def optimizer(rate: float, warm_up: int = 0, clip: float | None = None,
              **options) -> keras.Optimizer:
    """Adam with a rate that may grow evenly over the first steps, and a bound on the gradient.

    options: of `bounded_adam`, such as `bound`, and of Keras' Adam, such as `beta_2`.
    """
    import keras

    if warm_up:
        rate = keras.optimizers.schedules.PolynomialDecay(rate / warm_up, warm_up, rate)
    return bounded_adam(rate, global_clipnorm=clip, **options)
