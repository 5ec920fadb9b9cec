"""Count what a convolution makes and what it costs: sizes, padding, receptive field, weights.

Pure Python. A size, kernel, stride or dilation is one number or a pair (height, width). Where any
of them is a pair, the answer is a pair too.
"""

from helpers.arithmetic.costs import conv2d_multiplications, conv2d_parameters, dense_parameters
from helpers.arithmetic.receptive import ReceptiveField, receptive_field
from helpers.arithmetic.sizes import output_size, padding_amounts, same_padding

__all__ = [
    "ReceptiveField",
    "conv2d_multiplications",
    "conv2d_parameters",
    "dense_parameters",
    "output_size",
    "padding_amounts",
    "receptive_field",
    "same_padding",
]
