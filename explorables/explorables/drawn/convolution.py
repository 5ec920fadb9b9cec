"""A convolution that stands still: image, kernel, output, and one sum written out."""

import numpy as np

from helpers.explorables.counted.windows import deep, inside, taps, window_options
from helpers.explorables.drawn.sheet import (
    PADDING,
    PADDING_TEXT,
    RESULT,
    WINDOW,
    Cell,
    Sheet,
    grey,
    shown,
    signed,
)

MOST_TERMS = 30


def still(settings: dict, result: dict) -> Sheet:
    """Draw the window over the image, the kernel as it multiplies, and the whole output."""
    image, kernel = (deep(settings[name], name) for name in ("image", "kernel"))
    if settings["flipped"]:
        kernel = kernel[::-1, ::-1]
    output = np.array(result["output"])
    cell = inside(settings["cell"], output.shape)
    places = taps(image.shape[:2], kernel.shape[:2], cell, **window_options(settings))
    sheet = Sheet()
    for channel in range(image.shape[2]):
        name = "" if image.shape[2] == 1 else f", channel {channel}"
        sheet.grid("Image" + name, padded(image[..., channel], places, image))
        most = abs(kernel).max()
        sheet.grid("Kernel" + name, [[Cell(shown(one), *signed(one, most)) for one in row]
                                     for row in kernel[..., channel]])
    most = abs(output).max()
    sheet.grid(f"Output, {len(output)} by {output.shape[1]}", [
        [Cell(shown(one), *signed(one, most), RESULT if (r, c) == cell else None)
         for c, one in enumerate(row)] for r, row in enumerate(output)])
    sheet.line(f"Output row {cell[0]}, column {cell[1]}: {written_out(kernel, settings, result)}")
    return sheet


def padded(picture: np.ndarray, places: list[list[int]], image: np.ndarray) -> list[list[Cell]]:
    """Cells of one channel, with as much padding around it as the marked window reads."""
    rows, columns = ([*range(min(0, *at), max(length, max(at) + 1))]
                     for at, length in zip(places, picture.shape, strict=True))
    low, high = min(image.min(), 0), max(image.max(), 1)

    def cell(r: int, c: int) -> Cell:
        frame = WINDOW if r in places[0] and c in places[1] else None
        if not (0 <= r < len(picture) and 0 <= c < picture.shape[1]):
            return Cell("0", PADDING, PADDING_TEXT, frame)
        value = picture[r, c]
        look = signed(value, max(-low, high)) if low < 0 else grey(value, low, high)
        return Cell(shown(value), *look, frame)

    return [[cell(r, c) for c in columns] for r in rows]


def written_out(kernel: np.ndarray, settings: dict, result: dict) -> str:
    """The products of one window and their sum: "1·2 + 0·(−1) = 2"."""
    pairs = list(zip(np.ravel(result["window"]), np.ravel(kernel), strict=True))
    terms = [f"{shown(value)}·{bracketed(weight)}" for value, weight in pairs[:MOST_TERMS]]
    terms += [f"… ({len(pairs)} products)"] * (len(pairs) > MOST_TERMS)
    terms += [bracketed(settings["bias"])] * bool(settings["bias"])
    return f"{' + '.join(terms)} = {shown(result['sum'])}"


def bracketed(value: float) -> str:
    """A number, in brackets where it has a sign."""
    return f"({shown(value)})" if value < 0 else shown(value)
