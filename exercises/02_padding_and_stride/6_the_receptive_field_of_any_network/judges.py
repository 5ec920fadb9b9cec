"""Exercise 2.6, the receptive field of any network: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function

from ..shared import Layers


def width_of(layers: Layers, *, strided: bool = True, late: bool = True,
             dilated: bool = True, whole: bool = False) -> int:
    """Return the width of the receptive field, or what a misconception makes of it."""
    size, jump = 1, 1
    for kernel_size, stride, dilation in layers:
        if not late:
            jump *= stride
        step = dilation if dilated else 1
        size += (kernel_size - (not whole)) * step * (jump if strided else 1)
        if late:
            jump *= stride
    return size


def last_layer(layers: Layers) -> int:
    """Look at the last layer alone."""
    return layers[-1][2] * (layers[-1][0] - 1) + 1


def draw_network(random: np.random.Generator) -> tuple[list[tuple[int, int, int]]]:
    """Draw three to five layers, among them strides and dilations above 1."""
    layers = [tuple(map(int, random.integers((2, 1, 1), (6, 4, 4))))
              for _ in range(random.integers(3, 6))]
    return ([(3, 2, 2), *layers, (3, 2, 3)],)


ASKS = {"field_width": function(
    lambda layers: width_of(layers),
    cases=[([(3, 1, 1), (2, 2, 1), (3, 1, 1), (2, 2, 1), (3, 1, 1)],), ([(5, 1, 1)],),
           ([(3, 1, 1), (3, 1, 2), (3, 1, 4)],), ([(3, 2, 1)] * 4,)],
    draw=draw_network,
    misconceptions=[
        (lambda layers: width_of(layers, strided=False),
         "You added the kernels without the jump. After a stride of 2, a step of the window "
         "is two pixels wide."),
        (lambda layers: width_of(layers, late=False),
         "You let a layer's own stride widen its own window. The stride counts for the layers "
         "after it."),
        (lambda layers: width_of(layers, dilated=False),
         "You left out the dilation: the cells of a window stand that far apart."),
        (lambda layers: width_of(layers, whole=True),
         "A window of k cells has k - 1 steps from its first to its last."),
        (lambda layers: width_of(layers) - 1,
         "It is too small by one everywhere. How wide is the field of a pixel of the input?"),
        (last_layer, "You looked at the last layer alone."),
        (lambda layers: int(np.prod([kernel for kernel, _, _ in layers])),
         "The fields of layers are not multiplied: neighbouring windows overlap."),
    ])}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("def field_width(layers):\n    size = 1\n    for kernel_size, stride in layers:\n"
     "        size += kernel_size - 1\n    return size",
     "`for kernel_size, stride in layers:`. ValueError: too many values"),
)
