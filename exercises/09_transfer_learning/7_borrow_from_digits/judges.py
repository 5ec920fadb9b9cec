"""Exercise 9.7, borrow from digits: what is asked, and which mistakes are known."""

from __future__ import annotations

import functools
import tempfile

import numpy as np

from helpers.exercises.checks import Wrong, choice, rule


@functools.cache
def measured(layer: str, per_class: int) -> float:
    """Return the mean accuracy over ten draws; layer "" stands for raw pixels."""
    import keras
    from sklearn.linear_model import RidgeClassifierCV

    from helpers.data.photos import load_photos, write_faces
    from helpers.networks.reader import load_reader
    with tempfile.TemporaryDirectory() as folder:
        photos = load_photos(write_faces(folder), size=28)
    seen = photos.images[..., :1].astype("float32") / 255
    if layer:
        reader = load_reader()
        part = keras.Model(reader.input, reader.get_layer(layer).output)
        seen = keras.ops.convert_to_numpy(part(seen))
    seen, labels, right = seen.reshape(len(seen), -1), photos.labels, []
    for draw in range(10):
        shuffled = np.random.default_rng(draw).permutation(len(labels))
        chosen = np.concatenate([shuffled[labels[shuffled] == label][:per_class]
                                 for label in range(2)])
        others = np.setdiff1d(shuffled, chosen)
        strengths = seen[chosen].var(axis=0).sum() * np.logspace(-3, 1, 9)
        head = RidgeClassifierCV(strengths).fit(seen[chosen], labels[chosen])
        right.append(head.score(seen[others], labels[others]))
    return float(np.mean(right))


def ten(answer: object) -> np.ndarray:
    """Return ten accuracies; Wrong if there are none."""
    try:
        values = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        raise Wrong("Ten accuracies are wanted, one for each draw.") from None
    if values.shape != (10,) or not np.isfinite(values).all():
        raise Wrong("Ten accuracies are wanted, one for each draw.")
    if values.min() < 0 or values.max() > 1:
        raise Wrong("Accuracies between 0 and 1 are wanted.")
    if np.ptp(values) == 0:
        raise Wrong("All ten are equal. Does each draw choose other photographs?")
    return values


def near(values: np.ndarray, layer: str, per_class: int) -> bool:
    """Return whether the mean is the one that is measured here, up to rounding in the heads."""
    return abs(values.mean() - measured(layer, per_class)) < 0.006


def judge_from_digits(answer: object) -> None:
    """Refuse accuracies that are not those of the reader's features."""
    values = ten(answer)
    if near(values, "flat", 5):
        return
    if near(values, "", 5):
        raise Wrong("That is what raw pixels give.")
    if near(values, "parts_pooled", 5):
        raise Wrong("You cut one convolution too early.")
    if near(values, "lines_pooled", 5):
        raise Wrong("You cut two convolutions too early.")
    if near(values, "flat", 2):
        raise Wrong("That is with two photographs of each kind.")
    if near(values, "flat", 10):
        raise Wrong("That is with ten photographs of each kind.")
    raise Wrong("These are not the accuracies on features of the trained reader. Does it get "
                "pixels from 0 to 1, and do the draws go from 0 to 9?")


def judge_from_random(answer: object) -> None:
    """Refuse accuracies that features of the untrained reader do not have, whatever the seed."""
    values = ten(answer)  # means over ten draws with the seeds 0 to 4: 0.865 to 0.884
    if near(values, "", 5):
        raise Wrong("That is what raw pixels give.")
    if values.mean() > 0.92:
        raise Wrong("Better than random features are. Did you count photographs that the head was "
                    "trained on?")
    if values.mean() < 0.82:
        raise Wrong("Worse than random features are. Are there five labels of each kind, and "
                    "pixels from 0 to 1?")


def judge_from_pixels(answer: object) -> None:
    """Refuse accuracies that are not those of raw pixels."""
    values = ten(answer)
    if near(values, "", 5):
        return
    if near(values, "flat", 5):
        raise Wrong("That is what the reader's features give.")
    if near(values, "", 2):
        raise Wrong("That is with two photographs of each kind.")
    raise Wrong("These are not the accuracies on the pixels of the small photographs. Use them as "
                "they are, with the same draws.")


def around(mean: float) -> np.ndarray:
    """Return ten accuracies with a mean."""
    return mean + np.tile([-0.02, 0.02], 5)


ASKS = {
    "from_digits": rule(judge_from_digits, wrong=[
        ("all of them", "one for each draw"),
        (0.86, "one for each draw"),
        (around(86.0), "between 0 and 1"),
        (np.full(10, 0.86), "All ten are equal"),
        (around(0.5), "not the accuracies on features of the trained reader"),
    ], draw=lambda random: around(0.9 * random.random() * 0.8)),
    "from_random": rule(judge_from_random, wrong=[
        (around(0.97), "trained on"),
        (around(0.55), "five labels of each kind"),
    ], draw=lambda random: around(0.05 + 0.7 * random.random())),
    "from_pixels": rule(judge_from_pixels, wrong=[
        (around(0.6), "not the accuracies on the pixels"),
    ], draw=lambda random: around(0.05 + 0.6 * random.random())),
    "what_you_found": choice("none seen", {
        "gain": "Subtract draw by draw. Does the interval of the mean gain leave out 0?",
        "loss": "Subtract draw by draw. Does the interval of the mean loss leave out 0?"}),
    "conclusion": choice("origin", {
        "layers": "You have just measured borrowed layers that are not.",
        "depth": "That may be, but nothing here shows it: no deeper network that was trained "
                 "on digits was tried. What have you shown?"}),
}
