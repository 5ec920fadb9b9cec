"""Exercise 4.6, labels without meaning: what is asked, and which mistakes are known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from helpers.exercises.checks import Wrong, choice, rule

NEEDED = ("loss", "accuracy", "val_loss", "val_accuracy")


def read_curves(answer: object) -> dict[str, np.ndarray]:
    """Return the four curves of a training, (epochs,) each; Wrong says what is not there."""
    history = getattr(answer, "history", answer)
    if not isinstance(history, Mapping):
        raise Wrong("The four curves are wanted: the history of what fit returns. That is a "
                    "{type}.", type=type(answer).__name__)
    for key in NEEDED:
        if key not in history:
            raise Wrong("It has no {key}. Compile with metrics=['accuracy'], and give fit the "
                        "validation_data.", key=key)
    try:
        curves = {key: np.array(history[key], dtype=float).reshape(-1) for key in NEEDED}
    except (TypeError, ValueError):
        raise Wrong("Each curve is a list of numbers, one for each epoch.") from None
    if len({len(curve) for curve in curves.values()}) > 1 or not len(curves["loss"]) or not all(
            np.isfinite(curve).all() for curve in curves.values()):
        raise Wrong("Each curve is a list of numbers, one for each epoch.")
    return curves


def judge_curves(answer: object) -> None:
    """Refuse the history of a network that has not learned meaningless labels by heart."""
    curves = read_curves(answer)
    by_heart, held_out = curves["accuracy"][-1], curves["val_accuracy"][-1]
    if held_out > 0.25:
        raise Wrong("It reads validation digits, so its labels mean something. Did you shuffle "
                    "them before the training?")
    if by_heart < 0.3:
        raise Wrong("At the end it hardly knows its training digits. With labels without meaning "
                    "it takes longer: train for more epochs.")
    if by_heart < 0.8:
        raise Wrong("It has begun to learn them by heart. Give it more epochs.")
    if curves["val_loss"][-1] < 3:
        raise Wrong("A network that is so sure of what means nothing has a validation loss far "
                    "above a guess. Are the validation labels the true ones?")


def history(accuracy: float, val_accuracy: float, val_loss: float, epochs: int = 3) -> dict:
    """Make a history that ends with these numbers."""
    last = {"accuracy": (0.1, accuracy), "val_accuracy": (0.1, val_accuracy),
            "loss": (2.4, 0.05), "val_loss": (2.4, val_loss)}
    return {key: np.linspace(*ends, epochs).tolist() for key, ends in last.items()}


def draw_history(random: np.random.Generator) -> dict:
    """Draw a history of a network that has not yet learned its digits by heart."""
    return history(random.uniform(0, 0.79), random.uniform(0, 1), random.uniform(0, 9))


ASKS = {
    "curves": rule(judge_curves, draw=draw_history, wrong=[
        (0.998, "That is a float"),
        ({"loss": [2.3], "accuracy": [0.1]}, "It has no val_loss"),
        ({**history(0.99, 0.1, 5), "loss": "falls"}, "one for each epoch"),
        ({**history(0.99, 0.1, 5), "loss": [0.1]}, "one for each epoch"),
        (history(0.99, 0.88, 0.4), "Did you shuffle"),
        (history(0.15, 0.1, 2.3), "hardly knows"),
        (history(0.55, 0.1, 2.6), "more epochs"),
        (history(0.99, 0.1, 2.4), "far above a guess"),
    ]),
    "telling_curve": choice("validation loss", {
        "training loss": "It falls, as it should. From it alone you would think that the "
                         "network learns.",
        "training accuracy": "It rises, as it should. From it alone you would think that the "
                             "network learns.",
    }),
}
