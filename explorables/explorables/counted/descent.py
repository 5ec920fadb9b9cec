"""Gradient descent on one kernel, as chapter 4 has it, and a small training in NumPy."""

import numpy as np

from helpers import reference
from helpers.explorables.counted import training

MOST = {"kernel": 5000, "network": 1000}  # steps, as in course-descent.js
BOUND = 1e12


def result(settings: dict) -> dict:
    """Return {loss, losses, ...} after so many steps; ValueError if the loss leaves all bounds."""
    if settings["step"] > MOST[settings["task"]]:
        raise ValueError(f"this training has at most {MOST[settings['task']]} steps; "
                         f"got {settings['step']}")
    walk = kernel if settings["task"] == "kernel" else training.result
    with np.errstate(over="ignore", invalid="ignore"):
        found = walk(settings)
    every = 1 if settings["task"] == "kernel" else training.EVERY
    for place, loss in enumerate([*found["losses"], found["loss"]]):
        if not loss <= BOUND:
            raise ValueError(f"before step {min(place * every, settings['step'])} the loss leaves "
                             "all bounds: the learning rate is too high")
    return found


def kernel(settings: dict) -> dict:
    """Return {kernel, gradient, output, loss, losses}: half the mean squared error falls."""
    image, target, weights = (np.array(settings[name], float)
                              for name in ("image", "target", "kernel"))
    wanted, losses = slide(image, target), []
    if target.shape != weights.shape:
        raise ValueError(f"kernel must have the shape of target, {target.shape}; "
                         f"got {weights.shape}")
    for step in range(settings["step"] + 1):
        output = slide(image, weights)
        error = output - wanted
        losses.append(float(np.mean(error ** 2) / 2))
        gradient = slide(image, error) / error.size
        if step < settings["step"]:
            weights = weights - settings["learning_rate"] * gradient
    return {"kernel": weights.tolist(), "gradient": gradient.tolist(), "output": output.tolist(),
            "loss": losses[-1], "losses": losses}


def slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over an image, both (rows, columns)."""
    return reference.conv2d(image[..., np.newaxis], kernel[..., np.newaxis, np.newaxis])[..., 0]
