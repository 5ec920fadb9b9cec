"""Exercise 11.2, ink in uneven light: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function


def shares_in(line: np.ndarray, width: int = 5, mode: str = "edge") -> np.ndarray:
    """Return each pixel of a line (n,) as a share of the median of its neighbours."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(line, width // 2, mode=mode), width)
    return line / np.maximum(np.median(windows, axis=1), 1)


def mean_shares_in(line: np.ndarray) -> np.ndarray:
    """The same with the mean."""
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(line, 2, mode="edge"), 5)
    return line / windows.mean(axis=1)


def draw_line(random: np.random.Generator) -> tuple[np.ndarray]:
    """Draw the brightness of pixels in falling or rising light, some of them ink."""
    count = int(random.integers(14, 22))
    paper = np.linspace(*random.permutation([random.uniform(200, 240), random.uniform(80, 100)]),
                        count)
    reflected = random.uniform(0.97, 1.03, count)
    place = 1
    while place < count - 3:
        reflected[place:place + int(random.integers(1, 3))] *= 0.4
        place += int(random.integers(5, 8))
    return (np.round(paper * reflected),)


ASKS = {"ink_in_line": function(
    lambda line: shares_in(line) < 0.5,
    # The second line ends in ink, and has one pixel of exactly half its paper.
    cases=[(np.array([220.0, 84, 82, 190, 180, 170, 160, 68, 140, 130, 48, 44, 100, 90]),),
           (np.array([80.0, 200, 200, 200, 200, 100, 200, 200, 200, 200, 200, 90]),)],
    draw=draw_line,
    misconceptions=[
        (lambda line: line < 0.5 * np.median(line),
         "You took one paper for the whole line. Where it is dim, paper is then taken for "
         "ink."),
        (lambda line: line < 0.5 * line.max(),
         "You took the brightest pixel of the line for the paper everywhere. The light "
         "changes along the line."),
        (lambda line: mean_shares_in(line) < 0.5,
         "You took the mean of the five pixels. Ink pulls the mean down, but the median stays "
         "with the paper."),
        (lambda line: shares_in(line, width=3) < 0.5,
         "Your window has three pixels. Two pixels of ink are then more than half of it, and "
         "the median is ink."),
        (lambda line: shares_in(line, mode="reflect") < 0.5,
         "At the ends you mirrored the line. Repeat its first and its last pixel, as "
         "`mode=\"edge\"` does."),
        (lambda line: shares_in(line) <= 0.5,
         "Half of the paper's brightness counts as ink with you. Only what has less does."),
        (lambda line: shares_in(line, mode="constant") < 0.5,
         "At the ends you put zeros beside the line. They count as something very dark."),
        (lambda line: shares_in(line) >= 0.5, "You marked the paper, not the ink."),
        (shares_in, "You return the shares. Say for each whether it is ink."),
        (lambda line: np.flatnonzero(shares_in(line) < 0.5),
         "You return the places of the ink. A truth value for each pixel is wanted."),
    ])}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("def ink_in_line(line):\n    paper = np.median(line, axis=1)\n    return line < paper",
     "line 2 of its cell"),
    ("def ink_in_line(line):\n    line /= line.max()\n    return line < 0.4",
     "changes the array"),
)
