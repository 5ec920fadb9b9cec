"""What a call uses of its input for some cells of its output: exactly, and as a plain window.

Cells are counted without the batch axis. Exactly: a mask over the output gives a mask over the
input. As a window: intervals along the axes, which run on over the border into the padding, so
that every cell of a layer has a window of one size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np

Interval: TypeAlias = tuple[int, int]  # first and last, both inside
Box: TypeAlias = tuple[Interval, ...]  # an interval along each axis
Shape: TypeAlias = tuple[int | None, ...]


class Window(NamedTuple):
    """Place o of the output uses o * stride - before + dilation * (0, 1, ..., size - 1)."""

    size: int = 1
    stride: int = 1
    before: int = 0
    dilation: int = 1

    def over(self, interval: Interval) -> Interval:
        """Return the first and last place that an interval uses, padding counted on."""
        first, last = (place * self.stride - self.before for place in interval)
        return first, last + self.dilation * (self.size - 1)

    def table(self, outputs: int, inputs: int) -> np.ndarray:
        """Return (outputs, inputs), True where a place of the output uses one of the input."""
        used = (np.arange(outputs)[:, np.newaxis] * self.stride - self.before
                + self.dilation * np.arange(self.size))
        rows = np.broadcast_to(np.arange(outputs)[:, np.newaxis], used.shape)
        there = (used >= 0) & (used < inputs)
        table = np.zeros((outputs, inputs), bool)
        table[rows[there], used[there]] = True
        return table


SAME = Window()
Rule: TypeAlias = Window | np.ndarray  # a table where there is no plain window


class Use(Protocol):
    """What one input is used for."""

    def mask(self, wanted: np.ndarray) -> np.ndarray:
        """Return a mask over the input; an axis of length 1 stands for one that is all alike."""

    def window(self, box: Box) -> Box | None:
        """Return the intervals of the input; None where there are none."""


@dataclass(frozen=True)
class Axes:
    """Axis by axis. along: for each axis of the input the axis of the output and the rule that
    bind it; None where all of it is used."""

    outputs: Shape
    inputs: Shape
    along: tuple[tuple[int, Rule] | None, ...]

    def mask(self, wanted: np.ndarray) -> np.ndarray:
        bound = [entry[0] for entry in self.along if entry]
        free = tuple(axis for axis in range(len(self.outputs)) if axis not in bound)
        wanted = wanted.any(axis=free)
        wanted = wanted.transpose([sorted(bound).index(axis) for axis in bound])
        for axis, entry in enumerate(self.along):
            if entry is None:
                wanted = np.expand_dims(wanted, axis)
            elif entry[1] is not SAME or self.outputs[entry[0]] != self.inputs[axis]:
                table = _table(entry[1], self.outputs[entry[0]], self.inputs[axis])
                if wanted.shape[axis] != len(table):  # all alike
                    table = table.any(axis=0, keepdims=True)
                used = np.tensordot(wanted.astype(np.float32), table.astype(np.float32),
                                    (axis, 0)) > 0
                wanted = np.moveaxis(used, -1, axis)
        return wanted

    def window(self, box: Box) -> Box | None:
        intervals = []
        for entry, length in zip(self.along, self.inputs, strict=True):
            if entry is None:
                intervals.append((0, known(length) - 1))
            elif isinstance(entry[1], Window):
                intervals.append(entry[1].over(box[entry[0]]))
            else:
                first, last = box[entry[0]]
                used = np.flatnonzero(entry[1][max(first, 0):max(last + 1, 0)].any(axis=0))
                if not used.size:
                    return None
                intervals.append((int(used[0]), int(used[-1])))
        return tuple(intervals)


@dataclass(frozen=True)
class Moved:
    """The same numbers in another shape."""

    outputs: Shape
    inputs: Shape

    def mask(self, wanted: np.ndarray) -> np.ndarray:
        return np.broadcast_to(wanted, self.outputs).reshape(self.inputs)

    def window(self, box: Box) -> Box | None:
        longer = [axis for axis, length in enumerate(self.outputs) if length != 1]
        if [self.outputs[axis] for axis in longer] == [one for one in self.inputs if one != 1]:
            kept = (box[axis] for axis in longer)
            return tuple((0, 0) if length == 1 else next(kept) for length in self.inputs)
        wanted = np.zeros([known(length) for length in self.outputs], bool)
        wanted[tuple(slice(max(first, 0), max(last + 1, 0)) for first, last in box)] = True
        return hull(wanted.reshape([known(length) for length in self.inputs]))


@dataclass(frozen=True)
class Chained:
    """Two steps of one call: the last one is followed back first."""

    last: Use
    first: Use

    def mask(self, wanted: np.ndarray) -> np.ndarray:
        return self.first.mask(self.last.mask(wanted))

    def window(self, box: Box) -> Box | None:
        between = self.last.window(box)
        return between and self.first.window(between)


def hull(mask: np.ndarray) -> Box | None:
    """Return the smallest box around what is True; None around nothing."""
    places = [np.flatnonzero(mask.any(axis=tuple(set(range(mask.ndim)) - {axis})))
              for axis in range(mask.ndim)]
    return tuple((int(one[0]), int(one[-1])) for one in places) if mask.any() else None


def known(length: int | None) -> int:
    """Return a length, if the model fixes it."""
    if length is None:
        raise ValueError("what a cell sees depends on the size of the image here: build the model "
                         "with an input of fixed size")
    return length


def _table(rule: Rule, outputs: int, inputs: int) -> np.ndarray:
    return rule.table(outputs, inputs) if isinstance(rule, Window) else rule
