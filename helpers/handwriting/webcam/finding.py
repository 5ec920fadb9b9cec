"""Find the digit in one frame and read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from helpers.handwriting import Box, find_digits, to_mnist

SEARCHED = 320  # the longer side, in pixels, of the small copy that is searched
SMALLEST = 0.06  # of the frame's shorter side: smaller marks are not held before a camera
MOST = 4  # marks that are read in one frame, the largest ones
# A single frame may be less sure than a picture that stands alone: the frames after it are asked,
# too. Chosen on twelve composed videos of validation digits: the record's threshold refused 2.3 %
# of the frames with a digit, this one 1.3 %, and neither took paper or noise for a digit.
LEAST = 0.7
CROWD = 40  # so many marks are a texture or noise, not writing


class Sighting(NamedTuple):
    """What one frame shows: where the digit is, or None, and the probabilities (10,) read there.

    Without a digit, the probabilities are those of the mark that came nearest to one, else None.
    left_out: how many marks were not taken for a digit, by the reason: those of `find_digits`, and
    "small" for what is smaller than the largest or than a digit before a camera, "crowd", "no ink",
    and "unsure" for what the network refused.
    """

    box: Box | None
    probabilities: np.ndarray | None
    left_out: Mapping[str, int] = MappingProxyType({})

    @property
    def digit(self) -> int | None:
        """The digit that this frame alone shows, or None."""
        return None if self.box is None else int(self.probabilities.argmax())


class Finder:
    """Finds and reads the digit in a frame (height, width, 3) uint8.

    read: takes digits (MOST, 28, 28, 1) and gives probabilities (MOST, 10); None for the network of
    helpers.networks.recogniser. threshold: the least probability that counts as a digit.
    guide: look only in the square in the middle whose side is this share of the frame's shorter
    side; None looks everywhere. Paper that fills the square hides the room behind it, where edges
    and shadows can look like a 1 or a 7.
    Raises ValueError for a guide outside 0 to 1.
    """

    def __init__(self, *, read: Callable[[np.ndarray], np.ndarray] | None = None,
                 threshold: float = LEAST,
                 guide: float | None = None) -> None:
        if guide is not None and not 0 < guide <= 1:
            raise ValueError(f"guide must be above 0 and at most 1, got {guide}")
        from helpers.networks import recogniser  # here, because Keras takes seconds to start

        self._read = compiled(recogniser.load_recogniser()) if read is None else read
        self._threshold, self._guide = threshold, guide
        self._decide, self._none = recogniser.decide, recogniser.NO_DIGIT

    def look(self, picture: np.ndarray) -> Sighting:
        """Look for the digit: of all marks that are read as one, the largest."""
        import cv2

        place = self.place(picture)
        grey = cv2.cvtColor(place.cut(picture), cv2.COLOR_BGR2GRAY)  # a third of the work
        boxes, digits, left_out = [], np.zeros((MOST, 28, 28, 1), np.float32), Counter()
        for box in marks(grey, left_out):
            try:
                digits[len(boxes), ..., 0] = to_mnist(box.cut(grey))
            except ValueError:  # no ink in it after all
                left_out["no ink"] += 1
                continue
            boxes.append(box)
        if not boxes:
            return Sighting(None, None, +left_out)
        probabilities = self._read(digits)[:len(boxes)]
        answers = self._decide(probabilities, threshold=self._threshold)
        left_out.update({"unsure": int(np.sum(answers == self._none))})
        left_out = +left_out  # without zeros
        for box, probability, answer in zip(boxes, probabilities, answers, strict=True):
            if answer != self._none:
                rows, columns = place.top, place.left
                return Sighting(Box(box.top + rows, box.left + columns, box.bottom + rows,
                                    box.right + columns), probability, left_out)
        return Sighting(None, probabilities[probabilities.max(axis=1).argmax()], left_out)

    def place(self, picture: np.ndarray) -> Box:
        """The part of a frame in which the digit is looked for."""
        height, width = picture.shape[:2]
        if self._guide is None:
            return Box(0, 0, height, width)
        side = max(1, round(self._guide * min(height, width)))
        top, left = (height - side) // 2, (width - side) // 2
        return Box(top, left, top + side, left + side)


def marks(picture: np.ndarray, left_out: Counter | None = None) -> list[Box]:
    """The boxes of the largest marks in a frame (height, width), the largest first.

    They are searched for on a small copy, which takes less time and is less noisy. None of a crowd.
    left_out: counts the other marks, by the reason.
    """
    import cv2

    left_out = Counter() if left_out is None else left_out
    height, width = picture.shape[:2]
    factor = min(1.0, SEARCHED / max(height, width))
    small = cv2.resize(picture, (max(1, round(width * factor)), max(1, round(height * factor))),
                       interpolation=cv2.INTER_AREA)
    found = find_digits(small)
    left_out.update(mark.reason for mark in getattr(found, "left_out", ()))
    if len(found) > CROWD:
        left_out["crowd"] += len(found)
        return []
    boxes = [box.scaled(1 / factor) for box in found]
    boxes = [box for box in boxes if longer(box) >= SMALLEST * min(height, width)]
    boxes = sorted(boxes, key=longer, reverse=True)[:MOST]
    left_out.update({"small": len(found) - len(boxes)})
    return boxes


def longer(box: Box) -> int:
    """The longer side of a box, in pixels."""
    return max(box.bottom - box.top, box.right - box.left)


def compiled(model) -> Callable[[np.ndarray], np.ndarray]:
    """A network as a compiled function of MOST digits, without what `predict` adds to it."""
    import tensorflow as tf

    function = tf.function(lambda digits: model(digits, training=False), input_signature=[
        tf.TensorSpec((MOST, 28, 28, 1), tf.float32)])
    return lambda digits: function(tf.constant(digits)).numpy()
