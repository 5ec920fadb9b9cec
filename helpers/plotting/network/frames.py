"""Draw all steps of the sliding window as numbered frames."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from helpers.arithmetic.arguments import whole_number
from helpers.plotting.arithmetic.padding import draw_padded
from helpers.plotting.arithmetic.sliding import draw_output, outline_window, without_round_off
from helpers.plotting.parts import cells
from helpers.plotting.parts.colours import RESULT, image_limits
from helpers.reference.sliding import WindowStep

MOST_FRAMES = 36


def plot_window_frames(
    steps: Sequence[WindowStep],
    *,
    columns: int | None = None,
    figsize: tuple[float, float] | None = None,
) -> tuple[Figure, np.ndarray]:
    """Draw all steps as numbered frames: the window on the image, the output filled so far.

    `steps` comes from `helpers.reference.sliding.window_steps`. Each title holds the frame's number
    and its sum; the cells hold their numbers too where they are wide enough. Returns the figure
    and an array of axes (frames, 2): image and output of each frame.
    Raises ValueError for no steps and for more than 36.
    """
    steps = list(steps)
    if not 1 <= len(steps) <= MOST_FRAMES:
        raise ValueError(f"steps must hold 1 to {MOST_FRAMES} steps, got {len(steps)}")
    columns = (2 if len(steps) <= 4 else 3) if columns is None else columns
    columns = min(whole_number(columns, "columns"), len(steps))
    rows = -(-len(steps) // columns)
    widths = [steps[0].padded.shape[1], steps[0].output.shape[1]]
    tall = max(steps[0].padded.shape[0], steps[0].output.shape[0])
    cell = min((6.0 / columns - 0.45) / sum(widths), 0.4)
    if figsize is None:
        each = max(cell * sum(widths) + 0.45, 1.4)
        figsize = (max(each * columns, 3.6), rows * (cell * tall + 0.45) + 0.45)
    sums = without_round_off(steps[0])
    texts = cells.number_texts(sums)
    font = cells.fitting_font(texts, cell)
    image_fits = cells.fitting_font(cells.number_texts(steps[0].image), cell) is not None
    filled = np.full(sums.shape, np.nan)
    fig = plt.figure(figsize=figsize, layout="constrained")
    boxes = fig.subfigures(rows, columns, squeeze=False).ravel()
    axes = []
    for number, (step, box) in enumerate(zip(steps, boxes, strict=False), start=1):
        filled[step.row, step.col] = sums[step.row, step.col]
        left, right = box.subplots(1, 2, width_ratios=widths)
        draw_padded(left, step.image, step.padding, numbers=image_fits)
        outline_window(left, step, linewidth=2.5)
        left.set_title(f"{number}: sum {texts[step.row, step.col]}", loc="left")
        draw_output(right, filled.copy(), like=sums, numbers=font is not None, fontsize=font)
        cells.outline(right, step.row, step.col, color=RESULT, linewidth=2)
        axes.append((left, right))
    low, high = cells.number_texts(image_limits(steps[0].image))
    fig.supxlabel(
        f"One grey scale for all images ({low} to {high}). One scale for all\n"
        "outputs: red above 0, blue below; flat grey is not made yet.",
        fontsize=cells.font_size(),
    )
    return fig, np.array(axes)
