"""Exercise 2.3, what a stride never reads: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choices, function


def unread(size: int, kernel_size: int, stride: int) -> int:
    """Return how many rows no window covers, with valid padding."""
    covered: set[int] = set()
    for start in range(0, size - kernel_size + 1, stride):
        covered |= set(range(start, start + kernel_size))
    return size - len(covered)


def draw_layer(random: np.random.Generator) -> tuple[int, int, int]:
    """Draw a size, a kernel that fits on it, and a stride."""
    return int(random.integers(9, 40)), int(random.integers(1, 7)), int(random.integers(1, 8))


def windows(size: int, kernel_size: int, stride: int) -> int:
    """Return in how many places a window stands, with valid padding."""
    return (size - kernel_size) // stride + 1


ASKS = {
    "whole_kernels": choices(
        missing={
            2: "One size is missing. With which windows side by side is nothing left over?",
            4: "One size is missing. Windows may overlap.",
            6: "One size is missing. Try the larger ones, too.",
        },
        wrong={
            1: "A window of 1 that moves by 2 leaves gaps.",
            3: "28 - 3 is 25. What remains when 2 divides it?",
            5: "28 - 5 is odd, so the last window ends before the last row.",
            7: "28 - 7 is odd, so the last window ends before the last row.",
        }),
    "unread_rows": function(
        unread, cases=[(28, 3, 2), (6, 3, 2), (5, 1, 2), (20, 2, 5)], draw=draw_layer,
        misconceptions=[
            (lambda size, kernel_size, stride: (size - kernel_size) % stride,
             "You count what is left over at the edge. If the stride is larger than the "
             "kernel, there are rows between the windows, too."),
            (lambda size, kernel_size, stride:
                (windows(size, kernel_size, stride) - 1) * max(0, stride - kernel_size),
             "You count the rows between the windows, but not those after the last one."),
            (lambda size, kernel_size, stride: size % stride,
             "You divide the size by the stride. The first window takes k rows, so it is n - k "
             "that is divided."),
            (lambda size, kernel_size, stride:
                size - windows(size, kernel_size, stride) * kernel_size,
             "You take k rows for each window. Where windows overlap, you count rows twice."),
            (lambda size, kernel_size, stride:
                size - kernel_size + 1 - windows(size, kernel_size, stride),
             "You count the places that the stride skips. A row that no window starts in can "
             "still lie under one."),
            (lambda size, kernel_size, stride: windows(size, kernel_size, stride),
             "That is the size of the output."),
            (lambda size, kernel_size, stride:
                size - windows(size, kernel_size, stride),
             "You took the output's size from the input's. Rows are read by more than the "
             "window that starts there."),
        ]),
    "shifted_sizes": choices(
        missing={
            14: "One size is missing. How many zeros does it need with stride 2, and where do "
                "they stand?",
            28: "One size is missing. How many zeros does it need with stride 2, and where do "
                "they stand?",
        },
        wrong={
            7: "Four windows with stride 2 need 9 rows: one zero on each side, as with stride "
               "1.",
            27: "Fourteen windows with stride 2 need 29 rows: one zero on each side, as with "
                "stride 1.",
        }),
}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("whole_kernels = [8]\ndef unread_rows(size, kernel_size):\n    return 0\n"
     "shifted_sizes = [14, 28]", "could not be called"),
)
