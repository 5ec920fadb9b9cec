"""The sizes of a convolution or a transposed one, its zeros, and the cells that are never read."""

from helpers.arithmetic import output_size, padding_amounts
from helpers.explorables.counted.windows import sides, taps, window_options


def result(settings: dict) -> dict:
    """Return {size, padding, unread}; what a transposed convolution cuts off counts as padding."""
    size, kernel = settings["input"], settings["kernel_size"]
    if settings["transposed"]:
        return transposed(settings)
    options = window_options(settings)
    output = output_size(tuple(size), tuple(kernel), **options)
    (top, bottom), (left, right) = padding_amounts(tuple(size), tuple(kernel), **options)
    read = [{one for place in range(output[axis])
             for one in taps(size, kernel, (place, place), **options)[axis]} for axis in (0, 1)]
    return {"size": list(output), "padding": sides(top, bottom, left, right),
            "unread": [[row, column] for row in range(size[0]) for column in range(size[1])
                       if row not in read[0] or column not in read[1]]}


def transposed(settings: dict) -> dict:
    """Return what `sizes` does for a transposed convolution; nothing of its input is unread."""
    if settings["padding"] == "full":
        raise ValueError('a transposed convolution takes padding "valid" or "same"; got "full"')
    window_options(settings)
    found, cut = [], []
    for length, kernel, stride, dilation in zip(
            *(settings[name] for name in ("input", "kernel_size", "strides", "dilation")),
            strict=True):
        whole = length * stride + max(dilation * (kernel - 1) + 1 - stride, 0)
        found.append(length * stride if settings["padding"] == "same" else whole)
        before = (whole - found[-1]) // 2
        cut += [before, whole - found[-1] - before]
    return {"size": found, "padding": sides(*cut), "unread": []}
