"""Compute a dense layer and the two activations that the course needs first."""

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference.arrays import computing_type, finite_numbers, summing_type


def dense(x: ArrayLike, weights: ArrayLike, bias: ArrayLike | None = None) -> np.ndarray:
    """Multiply with the weights and add the bias: (..., inputs) -> (..., units).

    weights (inputs, units), bias (units,).
    """
    x, weights = finite_numbers(x, "x"), finite_numbers(weights, "weights")
    if weights.ndim != 2:
        raise ValueError(f"weights must have shape (inputs, units); got shape {weights.shape}")
    inputs, units = weights.shape
    if x.ndim == 0 or x.shape[-1] != inputs:
        raise ValueError(
            f"x must have {inputs} inputs on its last axis, as weights of shape "
            f"{weights.shape} expect; got shape {x.shape}"
        )
    kind = computing_type(x, weights)
    sums = summing_type(kind)
    output = x.astype(sums, copy=False) @ weights.astype(sums, copy=False)
    output = output.astype(kind, copy=False)
    if bias is None:
        return output
    bias = finite_numbers(bias, "bias").astype(kind)
    if bias.shape != (units,):
        raise ValueError(
            f"bias must have one number for each unit, shape ({units},); got shape {bias.shape}"
        )
    return output + bias


def relu(x: ArrayLike) -> np.ndarray:
    """Keep what is positive and put zero for the rest; shape and type stay."""
    x = finite_numbers(x, "x")
    return np.maximum(x, np.zeros((), x.dtype))


def softmax(x: ArrayLike) -> np.ndarray:
    """Turn logits into probabilities that sum to 1 over the last axis: (..., classes).

    The largest logit is taken away first, so that no exponential overflows.
    """
    x = finite_numbers(x, "x")
    if x.ndim == 0:
        raise ValueError("x must have at least one axis, (..., classes); got a single number")
    kind = computing_type(x)
    x = x.astype(summing_type(kind), copy=False)
    with np.errstate(over="ignore"):  # a difference below the type's range has the power 0 too
        powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return (powers / powers.sum(axis=-1, keepdims=True)).astype(kind, copy=False)
