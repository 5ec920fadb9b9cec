"""Convolve images with kernels, all windows at once.

What deep learning calls convolution does not flip the kernel: it is the cross-correlation of
signal processing. Turn the kernel, kernels[::-1, ::-1], for the convolution of mathematics.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from helpers.arithmetic import output_size, padding_amounts
from helpers.arithmetic.arguments import IntOrPair, Padding, pair
from helpers.reference.arrays import computing_type, finite_numbers, image_batch


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
    output = np.tensordot(windows, kernels, axes=3)
    if bias is not None:
        output += bias
    return output if is_batch else output[0]


def windows_of(images: np.ndarray, window: IntOrPair, *, stride: IntOrPair = 1,
               dilation: IntOrPair = 1) -> np.ndarray:
    """View a batch as its windows: (batch, rows, columns, window height, window width, channels).

    Nothing is copied; the same pixel stands in every window that covers it.
    """
    (height, width), (down, right) = pair(window, "window"), pair(stride, "stride")
    apart_down, apart_right = pair(dilation, "dilation")
    span = apart_down * (height - 1) + 1, apart_right * (width - 1) + 1
    windows = sliding_window_view(images, span, axis=(1, 2))
    windows = windows[:, ::down, ::right, :, ::apart_down, ::apart_right]
    return np.moveaxis(windows, 3, -1)


def prepare(image: ArrayLike, kernels: ArrayLike, bias: ArrayLike | None, *, stride: IntOrPair,
            padding: Padding, dilation: IntOrPair
            ) -> tuple[np.ndarray, np.ndarray, np.ndarray | None, bool]:
    """Check what is to be convolved; return the padded batch, kernels and bias in one type."""
    images, is_batch = image_batch(image)
    kernels = np.asarray(kernels)
    if kernels.ndim != 4:
        raise ValueError(
            "kernels must have shape (height, width, in channels, filters); "
            f"got shape {kernels.shape}"
        )
    kernels = finite_numbers(kernels, "kernels")
    if kernels.shape[2] != images.shape[3]:
        raise ValueError(
            f"kernels and image must have the same number of channels; got kernels of shape "
            f"{kernels.shape} for {kernels.shape[2]} and an image with {images.shape[3]}"
        )
    kind = computing_type(images, kernels)
    if bias is not None:
        filters = kernels.shape[3]
        bias = finite_numbers(bias, "bias").astype(kind)
        if bias.shape != (filters,):
            raise ValueError(
                f"bias must have one number for each filter, shape ({filters},); "
                f"got shape {bias.shape}"
            )
    sizes, options = (images.shape[1:3], kernels.shape[:2]), {
        "stride": stride, "padding": padding, "dilation": dilation}
    output_size(*sizes, **options)  # refuses a kernel that does not fit
    rows, columns = padding_amounts(*sizes, **options)
    padded = np.pad(images.astype(kind, copy=False), ((0, 0), rows, columns, (0, 0)))
    return padded, kernels.astype(kind, copy=False), bias, is_batch
