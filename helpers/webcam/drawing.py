"""Draw onto a frame what was read: a box around the digit, its name, ten bars."""

from __future__ import annotations

import cv2
import numpy as np

from helpers.webcam.steadying import Reading

# Okabe-Ito's colours, blue first. Marked and unmarked also differ in brightness.
ORANGE, SKY, WHITE, PANEL = (0, 159, 230), (233, 180, 86), (255, 255, 255), (40, 40, 40)
FONT = cv2.FONT_HERSHEY_SIMPLEX


def draw(picture: np.ndarray, reading: Reading) -> np.ndarray:
    """Return a copy of a picture (height, width, 3) with the reading drawn onto it.

    At the left a panel with ten bars, one a digit, as long as its steadied probability; the digit
    that is shown is orange. Around it in the picture a box with the digit above, or the words
    "no digit" in the panel.
    """
    shown = picture.copy()
    unit = max(0.5, min(shown.shape[:2]) / 480)  # all sizes below are for a height of 480
    panel(shown, reading, unit)
    if reading.box is not None:
        frame_box(shown, reading, unit)
    return shown


def frame_box(shown: np.ndarray, reading: Reading, unit: float) -> None:
    """Draw the box, and the digit above it, or inside where there is no room above."""
    top, left, bottom, right = reading.box
    cv2.rectangle(shown, (left, top), (right - 1, bottom - 1), ORANGE, max(1, round(3 * unit)))
    row = top - round(8 * unit)
    row = row if row > 32 * unit else top + round(36 * unit)
    write(shown, str(reading.digit), (left, row), 1.3 * unit, ORANGE)


def panel(shown: np.ndarray, reading: Reading, unit: float) -> None:
    """Draw the ten bars on a darkened strip at the left."""
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
    """Write words with a dark edge, so that they can be read on any paper."""
    for shade, width in ((PANEL, 5), (colour, 2)):
        cv2.putText(shown, words, place, FONT, scale, shade,
                    max(1, round(width * min(scale, 1))), cv2.LINE_AA)
