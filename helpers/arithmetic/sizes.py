"""Say how many places a window has, and how many zeros each kind of padding adds.

Formulas: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016,
https://arxiv.org/abs/1603.07285. The split of "same" padding is that of TensorFlow and Keras.
"""

from collections.abc import Callable

from helpers.arithmetic.arguments import IntOrPair, Padding, Pair, is_pair, padding_rule, pair


def output_size(size: IntOrPair, kernel_size: IntOrPair, *, stride: IntOrPair = 1,
                padding: Padding = "valid", dilation: IntOrPair = 1) -> IntOrPair:
    """Count the places where the kernel can stand, which is the size of the output.

    `padding` is "valid" (none), "same" (ceil(size / stride) places), "full" (every place where
    kernel and input overlap) or a number of zeros on each side. Raises ValueError when the kernel
    does not fit in the padded input, or an argument is not a size.
    """
    padding = padding_rule(padding)

    def along_one_axis(size: int, kernel: int, stride: int, dilation: int) -> int:
        before, after = _amounts(padding, size, kernel, stride, dilation)
        padded, span = size + before + after, _span(kernel, dilation)
        if span > padded:
            spread = f" (kernel size {kernel}, dilation {dilation})" if dilation > 1 else ""
            zeros = f" and {before} + {after} of padding" if before + after else ""
            raise ValueError(
                f"the window must fit in the input: with padding {padding!r} it spans {span} "
                f"cells{spread}; got an input of {size}{zeros}"
            )
        return (padded - span) // stride + 1

    return _by_axis(along_one_axis, size, kernel_size, stride, dilation)


def same_padding(size: IntOrPair, kernel_size: IntOrPair, *, stride: IntOrPair = 1,
                 dilation: IntOrPair = 1) -> Pair | tuple[Pair, Pair]:
    """Count the zeros (before, after) that make the output ceil(size / stride) long.

    An odd number of zeros puts the extra one after (below and on the right), as TensorFlow does.
    For pairs: ((top, bottom), (left, right)).
    """
    return padding_amounts(size, kernel_size, stride=stride, padding="same", dilation=dilation)


def padding_amounts(size: IntOrPair, kernel_size: IntOrPair, *, stride: IntOrPair = 1,
                    padding: Padding = "valid",
                    dilation: IntOrPair = 1) -> Pair | tuple[Pair, Pair]:
    """Count the zeros (before, after) of any padding that `output_size` knows.

    For pairs: ((top, bottom), (left, right)), ready for numpy.pad.
    """
    padding = padding_rule(padding)
    return _by_axis(lambda *axis: _amounts(padding, *axis), size, kernel_size, stride, dilation)


def _amounts(padding: Padding, size: int, kernel: int, stride: int, dilation: int) -> Pair:
    span = _span(kernel, dilation)
    if padding == "valid":
        return 0, 0
    if padding == "full":
        return span - 1, span - 1
    if padding == "same":
        places = -(-size // stride)  # division rounded up
        total = max((places - 1) * stride + span - size, 0)
        return total // 2, total - total // 2
    return padding, padding


def _span(kernel: int, dilation: int) -> int:
    return dilation * (kernel - 1) + 1


def _by_axis(function: Callable, size: IntOrPair, kernel_size: IntOrPair, stride: IntOrPair,
             dilation: IntOrPair):
    given = {"size": size, "kernel_size": kernel_size, "stride": stride, "dilation": dilation}
    pairs = [pair(value, name) for name, value in given.items()]
    rows, columns = (function(*axis) for axis in zip(*pairs, strict=True))
    return (rows, columns) if any(map(is_pair, given.values())) else rows
