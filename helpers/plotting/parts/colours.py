"""Colours that mean the same in every figure, and the range of each colour scale."""

from __future__ import annotations

import numpy as np

# Okabe-Ito; orange-red and blue stay apart for every kind of colour vision
WINDOW = "#D55E00"
RESULT = "#0072B2"
PADDING = "#FCE8CC"
PADDING_TEXT = "#8A3B00"
LINE = "0.45"
FAINT_TEXT = "0.42"
LINES = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000")

SIGNED = "RdBu_r"  # the map of what has a sign, weights and responses: red above zero, blue below
# Any of these maps, whoever asks for it, is drawn with its middle at zero.
DIVERGING = {"RdBu", "RdBu_r", "coolwarm", "bwr", "PuOr", "PuOr_r", "BrBG", "BrBG_r"}


def symmetric_limits(*arrays: np.ndarray) -> tuple[float, float]:
    """Return (-limit, limit), the smallest range about zero that holds all arrays.

    Zeros alone give (-1, 1), so that a map of zeros is drawn in the middle colour.
    """
    limit = max(float(np.max(np.abs(array.astype(float)))) for array in arrays)
    return (-limit, limit) if limit > 0 else (-1.0, 1.0)


def image_limits(*arrays: np.ndarray, cmap: str = "gray") -> tuple[float, float]:
    """Return (lowest, highest) value of one colour scale for all arrays.

    A diverging map is symmetric about zero. uint8 in gray is 0 to 255, and floats that lie in
    [0, 1] are 0 to 1 in gray, so that a dark image stays dark. Everything else runs from zero, or
    from the smallest value when it is negative, to the largest.
    """
    low = min(float(array.min()) for array in arrays)
    high = max(float(array.max()) for array in arrays)
    if cmap in DIVERGING:
        return symmetric_limits(*arrays)
    if str(cmap).startswith("gray") and low >= 0:
        if all(array.dtype == np.uint8 for array in arrays) and high > 1:
            return 0.0, 255.0
        if high <= 1:
            return 0.0, 1.0
    low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high > low else (0.0, 1.0)


def readable_on(rgba: np.ndarray) -> str:
    """Return "black" or "white", whichever has the larger contrast on the colour `rgba`.

    Relative luminance as WCAG 2 defines it; the contrast is at least 4.5 on any colour.
    """
    channels = np.asarray(rgba[:3], dtype=float)
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return "black" if luminance > 0.179 else "white"
