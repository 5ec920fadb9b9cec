"""Figures that answer, made from a chapter's own data: the explorables of the book in a notebook.

    figure = explorables.convolution(image, kernel)
    figure                       # change it by hand, and read
    figure.settings["kernel"]    # what you made of it
    figure.result["output"]      # and the numbers that it shows

Each function checks what it is given and returns a widget with `settings`, to be read and written,
and `result`, to be read. Where anywidget is not installed, what it returns answers in the page
and tells Python nothing. Paper, GitHub and the book's page without scripts show a still figure.

`name` is the id under which a page's address keeps what a reader changed: give one to the second
explorable of a kind. `ask` lets the reader guess first: {"question": "How many rows come out?",
"about": "size.0"}, with "choices" for a list of answers; `about` leads to a number of `result`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import IntOrPair, Padding, Pair
from helpers.explorables.network import network, recogniser
from helpers.explorables.settings import in_one_form
from helpers.explorables.still import Still, module

__all__ = ["convolution", "descent", "made", "network", "pooling", "receptive_field",
           "recogniser", "sizes"]


def convolution(image: ArrayLike, kernel: ArrayLike, *, bias: float = 0, strides: IntOrPair = 1,
                padding: Padding = "valid", dilation: IntOrPair = 1, flipped: bool = False,
                cell: Pair = (0, 0), name: str | None = None, ask: dict | None = None):
    """The window over an image, its products and their sum, and the output as it grows.

    image (rows, columns) or (rows, columns, channels), kernel alike, both to be changed by hand.
    `flipped` turns the kernel, as the convolution of mathematics does; `cell` is the output cell
    that is shown first. Raises ValueError for what Keras refuses.
    """
    return made("convolution", {
        "image": image, "kernel": kernel, "bias": bias, "strides": strides, "padding": padding,
        "dilation": dilation, "flipped": flipped, "cell": cell}, name=name, ask=ask)


def sizes(input: IntOrPair, kernel_size: IntOrPair = 3, *, strides: IntOrPair = 1,
          padding: Padding = "valid", dilation: IntOrPair = 1, transposed: bool = False,
          cell: Pair = (0, 0), name: str | None = None, ask: dict | None = None):
    """Where the zeros go, what each output cell sees, which cells no window reads; the formula.

    input and kernel_size are numbers of cells, one number or (rows, columns). Raises ValueError for
    what Keras refuses.
    """
    return made("sizes", {
        "input": input, "kernel_size": kernel_size, "strides": strides, "padding": padding,
        "dilation": dilation, "transposed": transposed, "cell": cell}, name=name, ask=ask)


def pooling(image: ArrayLike, pool_size: IntOrPair = 2, *, strides: IntOrPair | None = None,
            padding: str = "valid", kind: str = "max", kernel: ArrayLike | None = None,
            shift: Pair = (0, 0), cell: Pair = (0, 0), name: str | None = None,
            ask: dict | None = None):
    """The largest or the mean of each window of an image (rows, columns), which can be moved.

    Without `strides` the windows lie side by side, as in Keras. `kernel`, if given, is slid over
    the image first, with ReLU; `shift` (down, right) moves the image. Raises ValueError for what
    Keras refuses.
    """
    return made("pooling", {
        "image": image, "pool_size": pool_size, "strides": strides, "padding": padding,
        "kind": kind, "kernel": kernel, "shift": shift, "cell": cell}, name=name, ask=ask)


def receptive_field(layers: Sequence[dict], input: IntOrPair = 12, *,
                    cell: dict | None = None, name: str | None = None, ask: dict | None = None):
    """What a cell of a deep layer sees of the input; layers can be added, moved and removed.

    A layer is {"type": "conv" or "pool", "kernel_size", "strides", "padding", "dilation_rate",
    "filters"}, what is left out as in Keras. cell: {"layer", "row", "column"}, layers counted from
    1; without it the middle of the last one. Raises ValueError for what Keras refuses.
    """
    return made("receptive-field", {"layers": layers, "input": input, "cell": cell}, name=name,
                ask=ask)


def descent(image: ArrayLike | None = None, target: ArrayLike | None = None, *,
            kernel: ArrayLike | None = None, task: str = "kernel", learning_rate: float = 0.1,
            dropout: float = 0.0, batch_normalization: bool = False, seed: int = 0, step: int = 0,
            name: str | None = None, ask: dict | None = None):
    """Gradient descent, a step a frame, its loss drawn.

    task "kernel": `kernel`, zeros without it, learns to answer to `image` (rows, columns) what
    `target` does, Sobel's kernel without it. task "network": a small network learns which cells of
    a square lie in a disc; `dropout`, `batch_normalization` and `seed` are its. `step` is how far
    the training has gone. Raises ValueError for what cannot be trained.
    """
    given = {"task": task, "image": image, "target": target, "kernel": kernel,
             "learning_rate": learning_rate, "dropout": dropout,
             "batch_normalization": batch_normalization, "seed": seed, "step": step}
    if target is not None and kernel is None:
        given["kernel"] = np.zeros(np.shape(target))
    return made("descent", {key: value for key, value in given.items() if value is not None},
                name=name, ask=ask)


def made(kind: str, settings: dict, *, name: str | None = None, ask: dict | None = None,
         scripts: tuple = ((), ())):
    """Return the explorable `<course-KIND>` with these settings, as all functions here do.

    Settings of a kind that is not counted here must be such as JSON knows; the page checks them.
    scripts: what the element needs where no book lies around it, and what it needs in any case.
    """
    if counting := module("counted", kind):
        settings = in_one_form(kind, settings)
        counting.result(settings)  # says what is wrong before anything is shown
    try:
        from helpers.explorables.widget import Explorable
    except ImportError:  # without anywidget, as in a hosted notebook
        return Still(kind, settings, name=name, ask=ask, scripts=scripts)
    return Explorable(kind, settings, name=name, ask=ask, scripts=scripts)
