"""Draw the boxes of what was found in a picture, with what was read in each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from helpers.plotting.parts import cells
from helpers.plotting.parts.checks import as_image
from helpers.plotting.parts.colours import WINDOW
from helpers.plotting.parts.images import plot_image

OUTLINE = WINDOW  # seen on paper and on a board


def plot_boxes(
    image: ArrayLike,
    boxes: Sequence[tuple[int, int, int, int]],
    texts: Sequence[object] | None = None,
    *,
    ax: Axes | None = None,
    colour: str = OUTLINE,
    **imshow_kwargs,
) -> Axes:
    """Draw a picture with a frame for each box and, at its upper left corner, a text.

    `image` is (H, W) or (H, W, 3). A box is (top, left, bottom, right) in pixels, the last row and
    column not in it, as `find_digits` gives them. `texts` has one for each box, such as the digit
    that was read; without them the boxes are numbered from 1, in the order given.
    Raises ValueError for another shape, or when boxes and texts differ in number.
    """
    image = as_image(image)
    corners = np.asarray(boxes, float).reshape(-1, 4) if len(boxes) == 0 else np.asarray(boxes)
    if corners.ndim != 2 or corners.shape[1] != 4:
        raise ValueError("boxes must have shape (n, 4): top, left, bottom, right; "
                         f"got {corners.shape}")
    texts = range(1, len(corners) + 1) if texts is None else list(texts)
    if len(texts) != len(corners):
        raise ValueError(f"expected {len(corners)} texts, one for each box, got {len(texts)}")
    ax = plot_image(image, numbers=False, ax=ax, **imshow_kwargs)
    for (top, left, bottom, right), text in zip(corners, texts, strict=True):
        ax.add_patch(Rectangle((left - 0.5, top - 0.5), right - left, bottom - top, fill=False,
                               edgecolor=colour, linewidth=1.2))
        ax.annotate(str(text), (left, top), xytext=(0, 1), textcoords="offset points",
                    fontsize=cells.font_size(), color="white", ha="left", va="bottom",
                    annotation_clip=False,
                    bbox={"boxstyle": "square,pad=0.15", "facecolor": colour, "linewidth": 0})
    return ax
