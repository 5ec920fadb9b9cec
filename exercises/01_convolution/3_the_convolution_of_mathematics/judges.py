"""Exercise 1.3, the convolution of mathematics: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import function

from ..shared import full, slide, turn


def draw_image_and_kernel(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw an image and a smaller kernel, neither of them square."""
    rows, columns = random.integers(1, 4, size=2)
    size = max(rows, columns) + random.integers(1, 4, size=2)
    image = random.integers(-9, 10, size=size)
    return image.astype(float), random.normal(size=(rows, columns)).round(2)


ASKS = {"turn_and_slide": function(
    lambda image, kernel: slide(image, turn(kernel)),
    cases=[(np.arange(12.0).reshape(3, 4), np.array([[1.0, 2.0], [3.0, 4.0], [0.0, 5.0]]))],
    draw=draw_image_and_kernel,
    misconceptions=[
        (slide, "You slid the kernel as it stands. That is cross-correlation: convolution "
                "turns it first."),
        (lambda image, kernel: slide(image, kernel[::-1]),
         "You turned the rows of the kernel, but not its columns."),
        (lambda image, kernel: slide(image, kernel[:, ::-1]),
         "You turned the columns of the kernel, but not its rows."),
        (lambda image, kernel: slide(image, turn(kernel).T),
         "You exchanged the kernel's rows and columns."),
        (lambda image, kernel: full(image, turn(kernel)),
         "Your kernel hangs over the border. It must lie wholly inside the image."),
        (lambda image, kernel: turn(slide(image, kernel)),
         "You turned the result. Turn the kernel, then slide it."),
        (lambda image, kernel: slide(image, turn(kernel))[:-1, :-1],
         "The last row and the last column are missing. In how many places does a window "
         "fit?"),
    ])}

# Wrong cells, each with a part of what the check says of it.
WRONG = (
    ("def turn_and_slide(image, kernel):\n    kernel[:] = kernel[::-1, ::-1]\n"
     "    return slide(image, kernel)", "changes the array"),
    ("def turn_and_slide(image, kernel):\n    slide(image, kernel[::-1, ::-1])",
     "returns nothing"),
    ("def turn_and_slide(image, kernel):\n    rows = len(image)\n    return image[rows]",
     "line 3 of its cell, `return image[rows]`. IndexError"),
    ("def turn_and_slide(image):\n    return image", "could not be called"),
    ("turn_and_slide = slide(photo, kernel)", "A function is wanted"),
    ("def turn_and_slide(image, kernel):\n    row = 0\n    while row < 5:\n"
     "        try:\n            row = 0\n        except:\n            pass", "never ends"),
)
