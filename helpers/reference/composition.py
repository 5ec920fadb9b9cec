"""Write two convolutions with nothing between them as one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import IntOrPair, pair
from helpers.reference.arrays import computing_type, finite_numbers


def compose_kernels(first: ArrayLike, second: ArrayLike, *, first_bias: ArrayLike | None = None,
                    second_bias: ArrayLike | None = None, first_stride: IntOrPair = 1
                    ) -> tuple[np.ndarray, np.ndarray]:
    """Return kernels and bias of the one convolution that does what two do in turn.

    first (h, w, in, mid) with bias (mid,), second (h2, w2, mid, out) with bias (out,); a bias left
    out is zero. Returns kernels (h + h2 - 1, w + w2 - 1, in, out) and bias (out,), for layers that
    do not turn their kernels, as `helpers.reference.conv2d` and Keras do not.

    With `first_stride` s the second kernel reads every s-th pixel, and the composed kernel has
    s (h2 - 1) + h rows. It moves by the product of both strides. A dilated kernel must be written
    out with its zeros beforehand.

    The two ways agree wherever the second window lies inside the map of the first: everywhere for
    "valid", and for "same" without stride in all but the outermost (h2 - 1) // 2 rows above and
    h2 // 2 below, likewise the columns, if the composed kernel gets the sum of both paddings.
    Raises ValueError for shapes that do not belong together.
    """
    first, second = _kernels(first, "first"), _kernels(second, "second")
    middle, filters = second.shape[2:]
    if first.shape[3] != middle:
        raise ValueError(
            f"second of shape {second.shape} expects {middle} channels from first; "
            f"first of shape {first.shape} gives {first.shape[3]}"
        )
    first_bias = _bias(first_bias, middle, "first_bias")
    second_bias = _bias(second_bias, filters, "second_bias")
    down, right = pair(first_stride, "first_stride")
    height, width = first.shape[:2]
    kind = computing_type(first, second)
    size = down * (second.shape[0] - 1) + height, right * (second.shape[1] - 1) + width
    kernels = np.zeros((*size, first.shape[2], filters), kind)
    for row, column in np.ndindex(second.shape[:2]):
        # The second kernel's weight here sees a copy of the first kernel, moved as far.
        top, left = down * row, right * column
        kernels[top:top + height, left:left + width] += first @ second[row, column]
    bias = second_bias + first_bias @ second.sum(axis=(0, 1))
    return kernels, bias.astype(kind)


def _kernels(values: ArrayLike, name: str) -> np.ndarray:
    kernels = finite_numbers(values, name)
    if kernels.ndim != 4:
        raise ValueError(
            f"{name} must have shape (height, width, in channels, filters); got {kernels.shape}"
        )
    return kernels.astype(computing_type(kernels), copy=False)


def _bias(values: ArrayLike | None, length: int, name: str) -> np.ndarray:
    if values is None:
        return np.zeros(length)
    bias = finite_numbers(values, name)
    if bias.shape != (length,):
        raise ValueError(f"{name} must have shape ({length},); got {bias.shape}")
    return bias
