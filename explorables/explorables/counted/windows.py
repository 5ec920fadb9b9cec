"""Windows on a map: where they stand, and what lies under them."""

import numpy as np

from helpers.arithmetic import padding_amounts


def window_options(settings: dict) -> dict:
    """Return stride, padding and dilation for the helpers; ValueError for what Keras refuses."""
    if max(settings["strides"]) > 1 and max(settings["dilation"]) > 1:
        raise ValueError("Keras takes no stride above 1 together with a dilation above 1; got "
                         f"strides {settings['strides']} and dilation {settings['dilation']}")
    return {"stride": tuple(settings["strides"]), "dilation": tuple(settings["dilation"]),
            "padding": settings["padding"]}


def taps(size, kernel, cell, *, stride, padding, dilation) -> list[list[int]]:
    """Return the rows and the columns under the window of a cell, negative in the padding."""
    before = padding_amounts(tuple(size), tuple(kernel), stride=stride, padding=padding,
                             dilation=dilation)
    return [[cell[axis] * stride[axis] - before[axis][0] + tap * dilation[axis]
             for tap in range(kernel[axis])] for axis in (0, 1)]


def at_places(image: np.ndarray, places) -> np.ndarray:
    """Return the pixels in these rows and columns, 0 outside: (rows, columns, channels)."""
    rows, columns = (np.asarray(one) for one in places)
    real = np.logical_and.outer((rows >= 0) & (rows < len(image)),
                                (columns >= 0) & (columns < image.shape[1]))
    picked = image[np.ix_(rows.clip(0, len(image) - 1), columns.clip(0, image.shape[1] - 1))]
    return np.where(real[..., np.newaxis], picked, 0)


def deep(table, name: str) -> np.ndarray:
    """Return a table as (rows, columns, channels)."""
    array = np.asarray(table, float)
    return array[..., np.newaxis] if array.ndim == 2 else array


def inside(cell, shape) -> tuple[int, int]:
    """Return a cell that lies in a map, whatever was asked for."""
    return tuple(min(max(place, 0), length - 1) for place, length in zip(cell, shape, strict=True))


def sides(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    """Return four amounts by the names of their sides."""
    return {"top": top, "bottom": bottom, "left": left, "right": right}
