"""Convolve images with kernels, all windows at once.

What deep learning calls convolution does not flip the kernel: it is the cross-correlation of
signal processing. Turn the kernel, kernels[::-1, ::-1], for the convolution of mathematics.
"""

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import IntOrPair, Padding
from helpers.arithmetic.sizes import output_size, padding_amounts
from helpers.reference.arrays import (
    as_array,
    computing_type,
    finite_numbers,
    image_batch,
    pad_images,
    summing_type,
)
from helpers.reference.windows import windows_of

# The table of windows repeats each pixel kernel height x kernel width times. It is built in parts
# of at most this many numbers (32 MB in float64), so that a photograph with many channels fits.
TABLE_LIMIT = 2**22


def conv2d(image: ArrayLike, kernels: ArrayLike, *, bias: ArrayLike | None = None,
           stride: IntOrPair = 1, padding: Padding = "valid",
           dilation: IntOrPair = 1) -> np.ndarray:
    """Slide every kernel over the image and sum the products under it.

    image (height, width, channels) or a batch of them, kernels (height, width, channels, filters),
    bias (filters,). `padding` is "valid", "same" (as Keras: the odd zero goes below and right),
    "full" or a number of zeros on each side. Returns (rows, columns, filters) or a batch of them.
    """
    padded, kernels, bias, is_batch = prepare(
        image, kernels, bias, stride=stride, padding=padding, dilation=dilation)
    windows = windows_of(padded, kernels.shape[:2], stride=stride, dilation=dilation)
    output = _multiply_windows(windows, kernels)
    if bias is not None:
        output += bias
    return output if is_batch else output[0]


def _multiply_windows(windows: np.ndarray, kernels: np.ndarray) -> np.ndarray:
    """Multiply a table with a window in each row by one with a filter in each column."""
    batch, rows, columns = windows.shape[:3]
    filters = kernels.shape[3]
    weights = kernels.reshape(-1, filters)
    weights = weights.astype(summing_type(weights.dtype), copy=False)
    output = np.empty((batch, rows, columns, filters), windows.dtype)
    images_at_once = max(1, TABLE_LIMIT // windows[0].size)
    rows_at_once = max(1, TABLE_LIMIT // (images_at_once * windows[0, 0].size))
    for first in range(0, batch, images_at_once):
        for top in range(0, rows, rows_at_once):
            part = slice(first, first + images_at_once), slice(top, top + rows_at_once)
            table = windows[part].reshape(-1, len(weights))
            output[part] = (table @ weights).reshape(output[part].shape)
    return output


def prepare(image: ArrayLike, kernels: ArrayLike, bias: ArrayLike | None, *, stride: IntOrPair,
            padding: Padding, dilation: IntOrPair
            ) -> tuple[np.ndarray, np.ndarray, np.ndarray | None, bool]:
    """Check what is to be convolved; return padded batch, kernels, bias and whether it is a batch.

    All three come in the type of the result. The bias takes the type of the others.
    """
    images, is_batch = image_batch(image)
    kernels = as_array(kernels, "kernels")
    if kernels.ndim != 4:
        raise ValueError(
            "kernels must have shape (height, width, in channels, filters); "
            f"got shape {kernels.shape}"
        )
    kernels = finite_numbers(kernels, "kernels")
    channels, filters = kernels.shape[2:]
    if channels != images.shape[3]:
        raise ValueError(
            f"kernels of shape {kernels.shape} expect an image with {channels} channels; "
            f"got one with {images.shape[3]}"
        )
    kind = computing_type(images, kernels)
    if bias is not None:
        bias = finite_numbers(bias, "bias").astype(kind)
        if bias.shape != (filters,):
            raise ValueError(
                f"bias must have one number for each filter, shape ({filters},); "
                f"got shape {bias.shape}"
            )
    sizes = images.shape[1:3], kernels.shape[:2]
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    output_size(*sizes, **options)  # refuses a kernel that does not fit
    rows, columns = padding_amounts(*sizes, **options)
    padded = pad_images(images.astype(kind, copy=False), rows, columns)
    return padded, kernels.astype(kind, copy=False), bias, is_batch
