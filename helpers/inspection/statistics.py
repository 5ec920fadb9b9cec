"""Statistics of what the layers of a model put out: zeros, mean, spread and dead filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import whole_number
from helpers.inspection.model.inputs import as_batch, batches
from helpers.inspection.model.recording import run, to_numpy

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class LayerStatistics:
    """One layer's output over many images; `print` shows it in a line.

    name, shape: the layer, and its output for one image.
    zeros: the share of values that are exactly zero.
    mean, spread: mean and standard deviation of all values.
    dead: the filters (of a dense layer: units) that are at zero or below on every image and place.
        Behind a ReLU these never speak, on these images. Where there is no ReLU, a filter may be
        below zero and useful.
    units: how many filters or units there are, the length of the last axis.
    """

    name: str
    shape: tuple[int, ...]
    zeros: float
    mean: float
    spread: float
    dead: tuple[int, ...]
    units: int

    def __str__(self) -> str:
        shape = "x".join(map(str, self.shape))
        return (f"{self.name:24} {shape:>12}  zeros {self.zeros:6.1%}  mean {self.mean:9.3g}  "
                f"spread {self.spread:9.3g}  dead {len(self.dead)} of {self.units}")


def activation_statistics(model: keras.Model, images: ArrayLike, *,
                          batch_size: int = 32) -> dict[str, LayerStatistics]:
    """Return layer name -> statistics of its output, in the order in which the model works.

    Every layer that is called and puts out a tensor with a last axis is there, also dense ones;
    a layer with an activation is measured after it. The images go through in batches, and only
    sums are kept.
    """
    batch, _ = as_batch(model, images)
    batch_size = whole_number(batch_size, "batch_size")
    sums: dict[str, _Sums] = {}
    for some in batches(batch, batch_size):
        for name, output in run(model, some).items():
            if len(output.shape) >= 2:
                sums.setdefault(name, _Sums()).add(to_numpy(output))
    return {name: total.result(name) for name, total in sums.items()}


class _Sums:
    """Count, mean and squared distances, merged batch by batch.

    Merging: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing
    sample variances", 1979. A plain sum of squares loses digits when the spread is small.
    """

    def __init__(self) -> None:
        self.count, self.zeros, self.mean, self.squares = 0, 0, 0.0, 0.0
        self.highest, self.shape = None, ()

    def add(self, values: np.ndarray) -> None:
        self.shape = values.shape[1:]
        highest = values.max(axis=tuple(range(values.ndim - 1)))
        self.highest = highest if self.highest is None else np.maximum(self.highest, highest)
        self.zeros += int(np.count_nonzero(values == 0))
        count, mean = values.size, float(values.mean(dtype=np.float64))
        squares = float(np.square(values - mean, dtype=np.float64).sum())
        total, distance = self.count + count, mean - self.mean
        self.squares += squares + distance**2 * self.count * count / total
        self.mean += distance * count / total
        self.count = total

    def result(self, name: str) -> LayerStatistics:
        dead = tuple(int(unit) for unit in np.flatnonzero(~(self.highest > 0)))
        return LayerStatistics(name, tuple(self.shape), self.zeros / self.count, self.mean,
                               (self.squares / self.count) ** 0.5, dead, len(self.highest))
