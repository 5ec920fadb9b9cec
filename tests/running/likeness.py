"""Whether two pictures show the same, where another release of the drawing library drew one.

Letters and lines then lie a pixel further, and the edges of a picture move with them; a tenth of
all pixels is another. So the pictures are held against each other in small squares, and a square
may be anything that lies around its place in the other picture.
"""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image
from scipy import ndimage

SQUARE = 4  # pixels a side
REACH = 2  # squares to each side that may show the same
LEVEL = 24  # of 255: by how much a colour must leave what lies around its place
# Of all squares. Between matplotlib 3.10.9 and 3.11.2 at most 0.9 % of a figure of the course
# stray; between two figures of one size and style at least 4.5 %, with another legend 1.05 %.
STRAYED = 0.01
SAME_SIZE, SAME_KIND = 0.03, 0.15  # by how much the sides may differ


def decoded(png: str) -> Image.Image:
    """Return the picture of an output on white paper, in colours."""
    drawn = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA")
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    return paper


def difference(one: Image.Image, other: Image.Image, *, closely: bool = True) -> str | None:
    """Return how two pictures differ, in words; None if they show the same.

    closely: otherwise they are only held to be about equally large, for what a training drew.
    """
    most = SAME_SIZE if closely else SAME_KIND
    if any(abs(side - wanted) > most * wanted for side, wanted in
           zip(other.size, one.size, strict=True)):
        return f"{other.width}x{other.height} pixels, stored are {one.width}x{one.height}"
    if not closely:
        return None
    share = strayed(one, other)
    if share > STRAYED:
        return f"{share:.1%} of it shows something else; at most {STRAYED:.1%} may"
    return None


def strayed(one: Image.Image, other: Image.Image) -> float:
    """Return the share of squares of two pictures that are not found around their place."""
    shape = tuple(max(1, side // SQUARE) for side in one.size)
    first, second = (np.asarray(picture.resize(shape, Image.Resampling.BOX), float)
                     for picture in (one, other))
    return float(np.mean((beyond(first, second) > LEVEL) | (beyond(second, first) > LEVEL)))


def beyond(squares: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return by how much each square leaves the range of those around it: (rows, columns)."""
    around = (2 * REACH + 1, 2 * REACH + 1, 1)
    below = ndimage.minimum_filter(others, around) - squares
    above = squares - ndimage.maximum_filter(others, around)
    return np.maximum(below, above).max(axis=2)
