"""Count the weights of a layer and the multiplications that it needs."""

from helpers.arithmetic.arguments import IntOrPair, Padding, pair, whole_number, yes_or_no
from helpers.arithmetic.sizes import output_size


def conv2d_parameters(kernel_size: IntOrPair, in_channels: int, filters: int, *,
                      use_bias: bool = True) -> int:
    """Count the weights of a 2D convolution; an int `kernel_size` means a square kernel.

    Each filter has a weight for each kernel cell and input channel, and one bias.
    """
    kernel_height, kernel_width = pair(kernel_size, "kernel_size")
    in_channels = whole_number(in_channels, "in_channels")
    filters = whole_number(filters, "filters")
    biases = yes_or_no(use_bias, "use_bias")
    return (kernel_height * kernel_width * in_channels + biases) * filters


def conv2d_multiplications(input_size: IntOrPair, kernel_size: IntOrPair, in_channels: int,
                           filters: int, *, stride: IntOrPair = 1, padding: Padding = "valid",
                           dilation: IntOrPair = 1) -> int:
    """Count the multiplications of a 2D convolution of one image; an int size means a square.

    Output cells x kernel cells x input channels x filters. Multiplications by the zeros of the
    padding are counted too; the additions are not.
    """
    rows, columns = output_size(pair(input_size, "input_size"), pair(kernel_size, "kernel_size"),
                                stride=stride, padding=padding, dilation=dilation)
    weights = conv2d_parameters(kernel_size, in_channels, filters, use_bias=False)
    return rows * columns * weights


def dense_parameters(inputs: int, units: int, *, use_bias: bool = True) -> int:
    """Count the weights of a dense layer: one for each input and one bias, for each unit."""
    inputs, units = whole_number(inputs, "inputs"), whole_number(units, "units")
    return (inputs + yes_or_no(use_bias, "use_bias")) * units
