"""Make a network's probabilities as often right as they say, and choose where it refuses.

C. Guo and others, "On Calibration of Modern Neural Networks", 2017.
"""

from __future__ import annotations

import numpy as np

from helpers.networks.recogniser import NO_DIGIT, decide

TEMPERATURES = np.geomspace(0.3, 2.5, 49)
MOST_REFUSED = 0.02  # of the digits, whatever it would win


def logits(probabilities: np.ndarray) -> np.ndarray:
    """The logarithms, which are the network's logits but for a constant in each row."""
    return np.log(np.clip(probabilities, 1e-30, None))


def softened(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """The probabilities with the logits divided by the temperature."""
    powers = np.exp(logits(probabilities) / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def best_temperature(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """The temperature under which the labels are the most likely."""
    losses = [-logits(softened(probabilities, temperature))[np.arange(len(labels)), labels].mean()
              for temperature in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def best_threshold(probabilities: np.ndarray, labels: np.ndarray, strange: np.ndarray) -> float:
    """The threshold with the most right answers, digits and pictures of no digit counted alike.

    Among those that refuse 2 % of the digits at most, or among all where none does.
    """
    thresholds = np.linspace(0.2, 0.99, 80)
    most = probabilities.max(axis=1)
    allowed = np.array([np.mean(most < threshold) <= MOST_REFUSED for threshold in thresholds])
    thresholds = thresholds[allowed] if allowed.any() else thresholds
    scores = [np.mean(decide(probabilities, threshold=threshold) == labels)
              + np.mean(decide(strange, threshold=threshold) == NO_DIGIT)
              for threshold in thresholds]
    return round(float(thresholds[int(np.argmax(scores))]), 2)


def calibration_error(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error: how far the confidence is from the accuracy, in 15 bins."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bins = np.minimum((15 * confidence).astype(int), 14)
    return float(sum(abs(confidence[bins == which].mean() - right[bins == which].mean())
                     * np.mean(bins == which) for which in np.unique(bins)))
