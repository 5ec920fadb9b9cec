"""See a batch of images as the windows that a kernel or a pooling stands on."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.arithmetic.arguments import IntOrPair, pair


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
