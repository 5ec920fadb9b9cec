"""A convolution: its output, what stands under one window, and the products."""

import numpy as np

from helpers import reference
from helpers.explorables.counted.windows import at_places, deep, inside, taps, window_options


def result(settings: dict) -> dict:
    """Return {output, window, products, sum}; see the README of the explorables."""
    image, kernel = (deep(settings[name], name) for name in ("image", "kernel"))
    if settings["flipped"]:
        kernel = kernel[::-1, ::-1]
    if image.shape[2] != kernel.shape[2]:
        raise ValueError(f"the kernel must have as many channels as the image, {image.shape[2]}; "
                         f"got {kernel.shape[2]}")
    options = window_options(settings)
    output = reference.conv2d(image, kernel[..., np.newaxis], bias=[settings["bias"]],
                              **options)[..., 0]
    places = taps(image.shape[:2], kernel.shape[:2], inside(settings["cell"], output.shape),
                  **options)
    window = at_places(image, places)  # (rows, columns, channels)
    products = window * kernel
    return {"output": output.tolist(), "window": window.tolist(), "products": products.tolist(),
            "sum": float(products.sum() + settings["bias"])}
