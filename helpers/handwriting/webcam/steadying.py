"""Join what several frames say, so that the answer does not flicker.

One frame can be blurred, or half out of the picture. What is shown follows a running mean over
eleven possibilities, ten digits and "no digit". An answer comes when its share of the mean is high
and goes when it has become low; between the two bounds, nothing changes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.handwriting import Box
from helpers.handwriting.webcam.finding import Sighting


class Reading(NamedTuple):
    """What is shown: the digit or None, its box or None, and the running mean, digits (10,).

    What the ten digits lack to 1 in sum is the share of "no digit".
    """

    digit: int | None
    box: Box | None
    probabilities: np.ndarray

    @property
    def probability(self) -> float:
        """The share of the digit that is shown; without one, the highest."""
        return float(self.probabilities.max() if self.digit is None
                     else self.probabilities[self.digit])


class Steady:
    """Turns sightings, frame after frame, into readings.

    memory: the weight of the past in the running mean; 0 forgets it at once. enter: the share at
    which a digit is shown. leave: the share below which it is no longer shown.
    Raises ValueError unless 0 <= memory < 1 and 0 <= leave <= enter <= 1.
    """

    def __init__(self, *, memory: float = 0.5, enter: float = 0.6, leave: float = 0.35) -> None:
        if not 0 <= memory < 1:
            raise ValueError(f"memory must be from 0 to below 1, got {memory}")
        if not 0 <= leave <= enter <= 1:
            raise ValueError("expected 0 <= leave <= enter <= 1, got "
                             f"leave {leave} and enter {enter}")
        self._memory, self._enter, self._leave = memory, enter, leave
        self._mean, self._digit, self._box = np.zeros(10), None, None

    def follow(self, sighting: Sighting) -> Reading:
        """Take in one frame and say what is to be shown."""
        seen = np.zeros(10) if sighting.box is None else np.asarray(sighting.probabilities, float)
        self._mean = self._memory * self._mean + (1 - self._memory) * seen
        best = int(self._mean.argmax())
        if self._digit is not None and self._mean[self._digit] < self._leave:
            self._digit = None
        if self._mean[best] >= self._enter:
            self._digit = best
        if sighting.box is not None:
            self._box = sighting.box
        elif self._digit is None:
            self._box = None
        return Reading(self._digit, self._box if self._digit is not None else None,
                       self._mean.copy())
