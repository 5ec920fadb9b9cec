"""What was found on a page: boxes of digits, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

# Why a mark is no digit: singular and plural for a sentence.
REASONS = {"speck": ("speck", "specks"), "dot": ("dot or short stroke", "dots or short strokes"),
           "dash": ("lying stroke", "lying strokes"), "edge": ("edge of the paper or the picture",
                                                              "edges of the paper or the picture"),
           "line": ("line of the paper", "lines of the paper"), "frame": ("frame", "frames"),
           "blob": ("solid patch", "solid patches"),
           "pale": ("pale mark", "pale marks"),
           "crowd": ("mark beyond the 500 largest", "marks beyond the 500 largest")}


class Box(NamedTuple):
    """Where a digit is: rows top to bottom - 1 and columns left to right - 1 of the picture.

    A rim of paper belongs to it, so that what is cut out shows what is paper and what is ink.
    """

    top: int
    left: int
    bottom: int
    right: int

    def cut(self, image: np.ndarray) -> np.ndarray:
        """Return the part of an image (h, w) or (h, w, channels) that lies in the box.

        image: the page that the box was found on, in colour or grey. Where `find_digits` took a
        line or a frame off, a copy shows paper in its place.
        """
        return image[self.top:self.bottom, self.left:self.right]

    def scaled(self, factor: float) -> Box:
        """Return the box on a copy of the page whose sides are `factor` times as long."""
        return Box(*(round(edge * factor) for edge in self))


class CleanedBox(Box):
    """A box through which lines or a frame ran. cleaned: uint8 (h, w) or (h, w, 3), the part of
    the page without them, at any scale; taken: (h, w) bool, where it differs from the page."""

    cleaned: np.ndarray
    taken: np.ndarray

    def scaled(self, factor: float) -> CleanedBox:
        box = CleanedBox(*super().scaled(factor))
        box.cleaned, box.taken = self.cleaned, self.taken
        return box

    def cut(self, image: np.ndarray) -> np.ndarray:
        import cv2

        part = super().cut(image)
        if not part.size:
            return part
        size = part.shape[1::-1]
        taken = cv2.resize(self.taken.astype(np.uint8), size, interpolation=cv2.INTER_LINEAR) > 0
        cleaned = in_the_form_of(part, cv2.resize(self.cleaned, size))
        return np.where(taken.reshape(taken.shape + (1,) * (part.ndim - 2)), cleaned, part)


def in_the_form_of(part: np.ndarray, cleaned: np.ndarray) -> np.ndarray:
    """Return uint8 (h, w) or (h, w, 3) with the channels and the range of numbers of `part`."""
    channels = 1 if part.ndim == 2 else part.shape[2]
    planes = cleaned.reshape(*cleaned.shape[:2], -1).astype(np.float32)
    opaque = np.full((*planes.shape[:2], 1), 255, np.float32)
    if channels <= 2 and planes.shape[2] == 3:
        planes = planes @ np.array([[0.299], [0.587], [0.114]], np.float32)
    elif channels >= 3 and planes.shape[2] == 1:
        planes = np.repeat(planes, 3, 2)
    if channels in (2, 4):
        planes = np.concatenate([planes, opaque], 2)
    if part.dtype == bool:
        planes = planes > 127
    elif part.dtype.kind == "f":
        planes = planes / 255
    else:
        planes = np.round(planes * (257 if part.dtype == np.uint16 else 1))
    return planes.astype(part.dtype).reshape(part.shape)


class LeftOut(NamedTuple):
    """A mark that was not taken for a digit: where it is, and why, a key of REASONS."""

    box: Box
    reason: str


class Found(list):
    """The boxes of the digits on a page, a list in reading order, and what was left out.

    left_out: a LeftOut for each mark that was not taken for a digit. paper: what is printed all
    over the page, such as "a grid covers this page", or None.
    """

    def __init__(self, boxes: Iterable[Box] = (), left_out: Iterable[LeftOut] = (),
                 paper: str | None = None) -> None:
        super().__init__(boxes)
        self.left_out = list(left_out)
        self.paper = paper

    @property
    def counts(self) -> dict[str, int]:
        """How many marks were left out, by reason, the commonest first."""
        return dict(Counter(mark.reason for mark in self.left_out).most_common())

    def summary(self) -> str:
        """Say in a line how many marks were found, how many were left out and why."""
        said = f"{len(self)} {'mark' if len(self) == 1 else 'marks'} that may be digits"
        if self.left_out:
            kinds = [f"{count} {REASONS[reason][count != 1]}"
                     for reason, count in self.counts.items()]
            said += f"; left out: {', '.join(kinds)}"
        return f"{said}; {self.paper}" if self.paper else said
