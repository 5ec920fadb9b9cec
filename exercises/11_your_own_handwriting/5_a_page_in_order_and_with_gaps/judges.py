"""Exercise 11.5, a page, in order and with gaps: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choice, function, number


def in_rows(boxes: np.ndarray) -> np.ndarray:
    """Return the numbers of boxes (n, 4) in reading order, on a page that is not tilted."""
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    order = np.argsort(middles)
    new_row = np.diff(middles[order]) > np.median(boxes[:, 2] - boxes[:, 0]) / 2
    row_of = np.empty(len(boxes), int)
    row_of[order] = np.concatenate([[0], np.cumsum(new_row)])
    return np.lexsort((boxes[:, 1], row_of))


def draw_boxes(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw the boxes of rows of digits, in any order."""
    boxes = []
    for row in range(int(random.integers(2, 5))):
        for column in range(int(random.integers(3, 6))):
            top = 100 + 120 * row + int(random.integers(-12, 13))
            left = 60 + 90 * column + int(random.integers(-15, 16))
            boxes.append((top, left, top + int(random.integers(48, 61)),
                          left + int(random.integers(20, 51))))
    return (random.permutation(np.array(boxes)),)


ASKS = {
    "in_reading_order": function(
        in_rows, cases=[(np.array([[20, 100, 70, 130], [10, 160, 62, 190], [30, 20, 80, 60],
                                   [140, 30, 190, 60], [130, 120, 182, 150]]),)],
        draw=draw_boxes, misconceptions=[
            (lambda boxes: np.argsort(boxes[:, 0], kind="stable"),
             "You sorted by the top. In one row the tops differ, so the digits of a row get "
             "mixed up."),
            (lambda boxes: np.argsort(boxes[:, 1], kind="stable"),
             "You sorted by the left side alone, as if the page were a single row."),
            (lambda boxes: np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable"),
             "You sorted by the middle. In one row the middles differ a little: first tell "
             "the rows."),
            (lambda boxes: in_rows(boxes[:, [1, 0, 3, 2]]),
             "You read by columns."),
            (lambda boxes: np.argsort(in_rows(boxes)),
             "You return the place of each box in the order. The numbers of the boxes are "
             "wanted, first that of the box that is read first."),
            (lambda boxes: boxes[in_rows(boxes)],
             "You return the boxes. Their numbers are wanted."),
            (lambda boxes: in_rows(boxes)[::-1], "You read from the end to the beginning."),
        ]),
    "gap_needed": number(9, within=1, misconceptions={
        0: "Hardly a gap is not enough: find_digits joins strokes that nearly meet. Measure "
           "it.",
        4: "Half of the stroke? Measure it.",
    }, otherwise="Try each gap from 0 on, and take the first with two boxes."),
    "gap_needed_at_size_3": number(25, within=3, misconceptions={
        9: "You gave the gap in the pixels of the small page, or found that it stays as it "
           "is. One gap of draw_pair is three pixels here.",
        3: "Larger, not smaller: all lengths on the page have grown.",
        75: "You multiplied by the size twice.",
    }, otherwise="Give the gap in the pixels of the large page."),
    "joined_because": choice("broken", {
        "blur": "Nothing is blurred here. The pixels between them are paper.",
        "rows": "Rows are found after the digits are.",
        "specks": "Then the one box would be as wide as a single digit. Draw it."}),
}
