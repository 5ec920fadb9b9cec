"""Take a sliding window apart, step by step, for the pictures of a convolution or a pooling.

Row and column always count cells of the OUTPUT. The arrays are read-only: many steps share them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic import padding_amounts
from helpers.arithmetic.arguments import IntOrPair, Padding, Pair, pair, whole_number
from helpers.reference import avg_pool2d, conv2d, max_pool2d
from helpers.reference.arrays import as_array, finite_numbers
from helpers.reference.windows import windows_of

MOST_STEPS = 100_000  # each of them an object: more than anybody draws


@dataclass(frozen=True, eq=False)
class WindowStep:
    """One place of the kernel on the image, and the output cell that it makes.

    image, kernel: as given, 2D. padded: the image with its padding. patch: the pixels under the
    kernel, in the kernel's shape. products: patch * kernel. total: their sum, output[row, col].
    output: every cell, 2D. top, left: the window's first pixel in the image, negative where the
    window starts in the padding. padding: ((top, bottom), (left, right)) zeros. stride, dilation:
    (height, width).
    """

    image: np.ndarray
    kernel: np.ndarray
    padded: np.ndarray
    patch: np.ndarray
    products: np.ndarray
    total: float
    output: np.ndarray
    row: int
    col: int
    top: int
    left: int
    stride: Pair
    padding: tuple[Pair, Pair]
    dilation: Pair


@dataclass(frozen=True, eq=False)
class PoolingStep:
    """One place of the pooling window, and the output cell that it makes.

    image: as given, 2D. patch: the pixels in the window. value: their maximum or mean, output[row,
    col]. output: every cell, 2D. top, left: the window's first pixel. pool_size, stride: (height,
    width). mode: "max" or "average".
    """

    image: np.ndarray
    patch: np.ndarray
    value: float
    output: np.ndarray
    row: int
    col: int
    top: int
    left: int
    pool_size: Pair
    stride: Pair
    mode: str


def window_step(image: ArrayLike, kernel: ArrayLike, row: int, col: int, *,
                stride: IntOrPair = 1, padding: Padding = 0,
                dilation: IntOrPair = 1) -> WindowStep:
    """Show how the output cell (row, col) of a convolution comes about.

    image and kernel are 2D. `padding` is a number of zeros on each side, "valid" or "same".
    """
    steps = _Steps(image, kernel, stride, padding, dilation)
    _check_cell(row, col, steps.output.shape)
    return steps.at(int(row), int(col))


def window_steps(image: ArrayLike, kernel: ArrayLike, *, stride: IntOrPair = 1,
                 padding: Padding = 0, dilation: IntOrPair = 1) -> list[WindowStep]:
    """Show how every output cell comes about, in reading order; options as in `window_step`.

    Raises ValueError for more than 100,000 of them.
    """
    steps = _Steps(image, kernel, stride, padding, dilation)
    if steps.output.size > MOST_STEPS:
        raise ValueError(f"the output must have at most {MOST_STEPS:,} cells to show each of them; "
                         f"got {steps.output.shape[0]:,} x {steps.output.shape[1]:,}")
    return [steps.at(row, col) for row, col in np.ndindex(steps.output.shape)]


def pooling_step(image: ArrayLike, row: int, col: int, *, pool_size: IntOrPair = 2,
                 stride: IntOrPair | None = None, mode: str = "max") -> PoolingStep:
    """Show how the output cell (row, col) of a pooling comes about; image is 2D, no padding."""
    poolings = {"max": max_pool2d, "average": avg_pool2d}
    if not isinstance(mode, str) or mode not in poolings:
        raise ValueError(f'mode must be "max" or "average"; got {mode!r}')
    image = _read_only(_plane(image, "image"))
    pool = pair(pool_size, "pool_size")
    stride = pool if stride is None else pair(stride, "stride")
    output = poolings[mode](image[..., np.newaxis], pool, stride=stride)[..., 0]
    _check_cell(row, col, output.shape)
    top, left = int(row) * stride[0], int(col) * stride[1]
    patch = image[top:top + pool[0], left:left + pool[1]]
    return PoolingStep(image, patch, output[row, col].item(), _read_only(output), int(row),
                       int(col), top, left, pool, stride, mode)


class _Steps:
    """All windows of one convolution, computed once."""

    def __init__(self, image, kernel, stride, padding, dilation):
        image, kernel = _plane(image, "image"), _plane(kernel, "kernel")
        self.stride, self.dilation = pair(stride, "stride"), pair(dilation, "dilation")
        options = {"stride": self.stride, "dilation": self.dilation}
        output = conv2d(image[..., np.newaxis], kernel[..., np.newaxis, np.newaxis],
                        padding=padding, **options)[..., 0]
        self.padding = padding_amounts(image.shape, kernel.shape, padding=padding, **options)
        self.image, self.kernel, self.output = map(_read_only, (image, kernel, output))
        self.padded = _read_only(np.pad(self.image, self.padding))
        batch = self.padded[np.newaxis, ..., np.newaxis]
        self.patches = windows_of(batch, kernel.shape, **options)[0, ..., 0]

    def at(self, row: int, col: int) -> WindowStep:
        patch = self.patches[row, col]
        # In the output's type: two uint8 arrays would overflow.
        products = _read_only(patch.astype(self.output.dtype) * self.kernel)
        (above, _), (before, _) = self.padding
        return WindowStep(
            self.image, self.kernel, self.padded, patch, products, self.output[row, col].item(),
            self.output, row, col, row * self.stride[0] - above, col * self.stride[1] - before,
            self.stride, self.padding, self.dilation)


def _plane(values: ArrayLike, name: str) -> np.ndarray:
    array = as_array(values, name)
    if array.ndim != 2:
        raise ValueError(f"{name} must have shape (height, width); got shape {array.shape}")
    return finite_numbers(array, name)


def _read_only(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array


def _check_cell(row: int, col: int, shape: Pair) -> None:
    for name, value, length in (("row", row, shape[0]), ("col", col, shape[1])):
        if whole_number(value, name, minimum=0) >= length:
            raise ValueError(
                f"{name} must be at most {length - 1}, since the output is "
                f"{shape[0]}x{shape[1]}; got {value}"
            )
