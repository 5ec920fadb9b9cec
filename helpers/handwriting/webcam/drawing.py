"""Draw onto a frame what was read: a box around the digit, its name, ten bars."""

from __future__ import annotations

import numpy as np

from helpers.handwriting import Box
from helpers.handwriting.webcam.steadying import Reading

# Okabe-Ito's colours, blue first. Marked and unmarked also differ in brightness.
ORANGE, SKY, WHITE, PANEL = (0, 159, 230), (233, 180, 86), (255, 255, 255), (40, 40, 40)


def draw(picture: np.ndarray, reading: Reading, *, guide: Box | None = None) -> np.ndarray:
    """Return a copy of a picture (height, width, 3) with the reading drawn onto it.

    At the left a panel with ten bars, one a digit, as long as its steadied probability; the digit
    that is shown is orange. Around it in the picture a box with the digit above, or the words
    "no digit" in the panel. guide: where the paper is to be held, a thin blue box.
    """
    import cv2

    shown = picture.copy()
    unit = max(0.5, min(shown.shape[:2]) / 480)  # all sizes below are for a height of 480
    if guide is not None:
        cv2.rectangle(shown, (guide.left, guide.top), (guide.right - 1, guide.bottom - 1), SKY,
                      max(1, round(unit)))
    panel(shown, reading, unit)
    if reading.box is not None:
        frame_box(shown, reading, unit)
    return shown


def frame_box(shown: np.ndarray, reading: Reading, unit: float) -> None:
    """Draw the box, and the digit above it, or inside where there is no room above."""
    import cv2

    top, left, bottom, right = reading.box
    cv2.rectangle(shown, (left, top), (right - 1, bottom - 1), ORANGE, max(1, round(3 * unit)))
    side = round(40 * unit)  # of the dark field on which the digit stands
    above = top - side if top >= side else top
    field = shown[above:above + side, left:left + round(0.8 * side)]
    field[:] = PANEL
    write(shown, str(reading.digit), (left + round(4 * unit), above + round(33 * unit)),
          1.2 * unit, ORANGE)


def panel(shown: np.ndarray, reading: Reading, unit: float) -> None:
    """Draw the ten bars on a darkened strip at the left."""
    import cv2

    size = round(126 * unit), round(232 * unit)
    strip = shown[:size[1], :size[0]]
    strip[:] = cv2.addWeighted(strip, 0.25, np.full_like(strip, PANEL), 0.75, 0)
    for digit, probability in enumerate(reading.probabilities):
        colour = ORANGE if digit == reading.digit else SKY
        row = round((8 + 19 * digit) * unit)
        write(shown, str(digit), (round(6 * unit), row + round(13 * unit)), 0.5 * unit,
              ORANGE if digit == reading.digit else WHITE)
        full = round(95 * unit)
        cv2.rectangle(shown, (round(24 * unit), row),
                      (round(24 * unit) + max(1, round(full * probability)),
                       row + round(13 * unit)), colour, -1)
    words = "no digit" if reading.digit is None else \
        f"{reading.digit}: {100 * reading.probability:.0f} %"
    write(shown, words, (round(6 * unit), round(222 * unit)), 0.6 * unit,
          WHITE if reading.digit is None else ORANGE)


def write(shown: np.ndarray, words: str, place: tuple[int, int], scale: float, colour) -> None:
    """Write words; place is the column and the row of their lower left end."""
    import cv2

    cv2.putText(shown, words, place, cv2.FONT_HERSHEY_SIMPLEX, scale, colour,
                max(1, round(2 * scale)), cv2.LINE_AA)
