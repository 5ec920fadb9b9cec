"""A training that stands still: its loss, and the kernel or what the network answers."""

import numpy as np

from helpers.explorables.counted.training import SIDE, examples
from helpers.explorables.drawn.sheet import RESULT, WINDOW, Cell, Sheet, grey, shown, signed


def still(settings: dict, result: dict) -> Sheet:
    """Draw how the loss fell and where the training stands."""
    sheet, step = Sheet(), settings["step"]
    curves = [(result["losses"], RESULT, "")]
    if settings["task"] == "network":
        curves.append((result["validation_losses"], WINDOW, "7 4"))
    if step:
        sheet.curves(curves, step)
    rate = f"learning rate {settings['learning_rate']:g}"
    if settings["task"] == "kernel":
        draw_kernel(sheet, settings, result)
        sheet.line(f"One kernel, {rate}: after {step} steps the loss is {result['loss']:.3g}.")
        return sheet
    _, labels, inside = examples(settings["seed"])
    cells = [Cell({-1: "", 0: "−", 1: "+"}[label], *signed(2 * part - 1, 1),
                  WINDOW if label not in (-1, truth) else None)
             for part, label, truth in zip(result["probabilities"], labels, inside, strict=True)]
    sheet.grid("What the network answers",
               [cells[row * SIDE:(row + 1) * SIDE] for row in range(SIDE)])
    norm = "with" if settings["batch_normalization"] else "without"
    sheet.line(f"A small network, {rate}, dropout {settings['dropout']:g}, {norm} batch "
               f"normalisation: after {step} steps training loss {result['loss']:.2f} (whole "
               f"line), validation loss {result['validation_loss']:.2f} (broken line).")
    return sheet


def draw_kernel(sheet: Sheet, settings: dict, result: dict) -> None:
    """Draw the kernel as it is, the picture, and what the kernel answers to it."""
    image = np.array(settings["image"])
    kernel, output = np.array(result["kernel"]), np.array(result["output"])
    low, high = min(image.min(), 0), max(image.max(), 1)
    sheet.grid("Kernel", [[Cell(shown(one), *signed(one, abs(kernel).max())) for one in row]
                          for row in kernel])
    sheet.grid("Picture", [[Cell(shown(one), *grey(one, low, high)) for one in row]
                           for row in image])
    sheet.grid("Output", [[Cell(shown(one), *signed(one, abs(output).max())) for one in row]
                          for row in output])
