"""Draw a kept figure anew, as it is or in a language."""

from __future__ import annotations

import io
import pickle

from matplotlib import pyplot, rc_file
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from helpers import ROOT
from helpers.plotting.parts import language as figures

SETTINGS = ROOT / "notebooks" / "matplotlibrc"


def prepare(language: str) -> None:
    """Let Matplotlib draw as in the notebooks, and in a language; LookupError without a font."""
    pyplot.switch_backend("agg")
    rc_file(SETTINGS)
    figures.font(language)
    if not figures.speak(language):
        raise LookupError(f"no catalogue of figures for the language {language!r}")


def loaded(data: bytes) -> Figure:
    """Return a kept figure, which is none of those that pyplot holds."""
    figure = pickle.loads(data)
    pyplot.close("all")
    return figure


def texts(figure: Figure) -> list[str]:
    """Return what a figure says, each text once, in the order in which its artists stand."""
    return list(dict.fromkeys(one.get_text() for one in figure.findobj(Text)
                              if one.get_visible() and one.get_text().strip()))


def translate(figure: Figure, language: str) -> None:
    """Put what stands in a figure into a language; `prepare` must have been called for it."""
    family = figures.font(language)
    for one in figure.findobj(Text):
        one.set_fontfamily([*one.get_fontfamily(), family])
        one.set_text(one.get_text())  # which looks it up


def picture(figure: Figure, frame: Bbox | str = "tight") -> Image.Image:
    """Return what a notebook would show of a figure; frame: the part of the paper, in inches."""
    from IPython.core.pylabtools import print_figure

    return Image.open(io.BytesIO(print_figure(figure, bbox_inches=frame))).convert("RGB")
