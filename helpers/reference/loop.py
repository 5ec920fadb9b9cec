"""Convolve with plain loops: slow, and the definition of what the fast version must give."""

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import IntOrPair, Padding, pair
from helpers.arithmetic.sizes import output_size
from helpers.reference.arrays import summing_type
from helpers.reference.convolution import prepare


def conv2d_loop(image: ArrayLike, kernels: ArrayLike, *, bias: ArrayLike | None = None,
                stride: IntOrPair = 1, padding: Padding = "valid",
                dilation: IntOrPair = 1) -> np.ndarray:
    """Do what `conv2d` does, one window and one filter after the other; same shapes and options."""
    padded, kernels, bias, is_batch = prepare(
        image, kernels, bias, stride=stride, padding=padding, dilation=dilation)
    if bias is None:
        bias = np.zeros(kernels.shape[3], kernels.dtype)
    maps = np.stack([_convolve_one(one, kernels, bias, stride, dilation) for one in padded])
    return maps if is_batch else maps[0]


def _convolve_one(image: np.ndarray, kernels: np.ndarray, bias: np.ndarray, stride: IntOrPair,
                  dilation: IntOrPair) -> np.ndarray:
    kernel_height, kernel_width, _, filters = kernels.shape
    stride_down, stride_right = pair(stride, "stride")
    dilation_down, dilation_right = pair(dilation, "dilation")
    rows, columns = output_size(image.shape[:2], (kernel_height, kernel_width),
                                stride=stride, dilation=dilation)
    output = np.zeros((rows, columns, filters), image.dtype)
    sums = summing_type(image.dtype)
    image, kernels = image.astype(sums, copy=False), kernels.astype(sums, copy=False)
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride_down, column * stride_right
            bottom = top + dilation_down * (kernel_height - 1) + 1
            right = left + dilation_right * (kernel_width - 1) + 1
            patch = image[top:bottom:dilation_down, left:right:dilation_right]
            for f in range(filters):
                products = patch * kernels[:, :, :, f]
                output[row, column, f] = products.sum() + bias[f]
    return output
