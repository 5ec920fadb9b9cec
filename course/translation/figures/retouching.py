"""Put the words of a figure into a language in a picture of the same figure from another run.

A clock, or a training on another processor, draws other data, and the text of the page speaks of
the stored ones. Its words stand at the same places, so only they are taken from the run's figure.
"""

from __future__ import annotations

import base64
import io

import nbformat
import numpy as np
from matplotlib import rcParams
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image
from scipy import ndimage

from course.translation.figures.drawing import picture, translate
from course.translation.figures.running import PNG
from helpers.plotting.parts.language import silent

AROUND = 2  # pixels about a word that are taken with it


def retouched(figure: Figure, language: str, stored: Image.Image) -> Image.Image | None:
    """Return a stored picture with the words of the figure in a language.

    None if it differs from the run's picture where words stand, or if they do not fit in.
    """
    figure.set_layout_engine("none")  # everything stays where it was drawn
    with silent():
        frame = around(figure)
        english = picture(figure, frame)
    translate(figure, language)
    other = picture(figure, frame)
    if english.size != stored.size or not within(around(figure), frame):
        return None
    old, new, kept = (np.asarray(one) for one in (english, other, stored))
    words = ndimage.binary_dilation((old != new).any(axis=2), iterations=AROUND)
    if (old != kept)[words].any():
        return None
    return Image.fromarray(np.where(words[..., None], new, kept))


def stored(output: nbformat.NotebookNode) -> Image.Image:
    """Return the picture of an output."""
    return Image.open(io.BytesIO(base64.b64decode(output["data"][PNG]))).convert("RGB")


def around(figure: Figure) -> Bbox:
    """Return the part of the paper that a notebook shows of a figure, in inches."""
    figure.draw_without_rendering()
    return figure.get_tightbbox().padded(rcParams["savefig.pad_inches"])


def within(inner: Bbox, outer: Bbox) -> bool:
    """Return whether a box lies in another, or stands out by less than the margin of both."""
    margin = rcParams["savefig.pad_inches"]
    outer = outer.padded(margin / 2)
    return (inner.x0 >= outer.x0 and inner.y0 >= outer.y0
            and inner.x1 <= outer.x1 and inner.y1 <= outer.y1)
