"""How sure a comparison is: two networks on the same examples, a share, a mean over seeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.arithmetic.arguments import is_whole, whole_number


@dataclass(frozen=True)
class PairedComparison:
    """Two networks that answered the same examples; `print` shows it in a line.

    both, first_only, second_only, neither: on how many examples both are right, only one of them,
        or none.
    difference: share of right answers of the first minus that of the second.
    standard_error: of the difference. Examples on which both are right, or both wrong, add nothing
        to it: that is the gain of asking both networks about the same examples.
    p_value: how often two networks that are equally good would differ by so much or more, in
        either direction, by chance.
    """

    both: int
    first_only: int
    second_only: int
    neither: int
    difference: float
    standard_error: float
    p_value: float

    def __str__(self) -> str:
        count = self.both + self.first_only + self.second_only + self.neither
        return (f"of {count:,}: both right {self.both:,}, only the first {self.first_only:,}, "
                f"only the second {self.second_only:,}, neither {self.neither:,}; difference "
                f"{self.difference:+.2%}, standard error {self.standard_error:.2%}, "
                f"p = {self.p_value:.2g}")


class Interval(NamedTuple):
    """The lower and the upper end of an interval."""

    low: float
    high: float


class MeanInterval(NamedTuple):
    """A mean, its standard error (not the spread of the values), and the ends of its interval."""

    mean: float
    standard_error: float
    low: float
    high: float


def paired_comparison(first_right: ArrayLike, second_right: ArrayLike) -> PairedComparison:
    """Compare two networks that answered the same examples, by those on which they disagree.

    first_right, second_right: boolean, shape (n,), one entry an example, in the same order: whether
        the network was right, such as `answers == labels`.
    If both are equally good, a disagreement falls to either side like a coin. So the p-value is the
    exact binomial one of `first_only` heads in as many tosses as there are disagreements, on two
    sides; without any disagreement it is 1. The standard error is that of a mean of n differences,
    each 1, 0 or -1.
    Raises ValueError for another shape, different lengths, entries that are not boolean, or none.
    Source: McNemar, "Note on the sampling error of the difference between correlated proportions or
    percentages", 1947. Further: Dietterich, "Approximate statistical tests for comparing supervised
    classification learning algorithms", 1998, on what such a test does not see: it compares two
    trained networks, not two recipes, for it knows nothing of other seeds.
    """
    from scipy import stats

    first, second = _right(first_right, "first_right"), _right(second_right, "second_right")
    if len(first) != len(second):
        raise ValueError("first_right and second_right must have one entry for each of the same "
                         f"examples; got {len(first):,} and {len(second):,}")
    both, neither = int(np.sum(first & second)), int(np.sum(~first & ~second))
    first_only, second_only = int(np.sum(first & ~second)), int(np.sum(~first & second))
    count, apart = len(first), first_only + second_only
    difference = (first_only - second_only) / count
    p_value = stats.binomtest(first_only, apart).pvalue if apart else 1.0
    return PairedComparison(both, first_only, second_only, neither, difference,
                            float(np.sqrt((apart / count - difference**2) / count)),
                            float(p_value))


def share_interval(successes: int, trials: int, level: float = 0.95) -> Interval:
    """Return the exact interval of a share, for "6 of 10": share_interval(6, 10) is 0.26 to 0.88.

    successes: a whole number from 0 to `trials`. level: the share of such intervals, over many
        repetitions, that hold the true share, at least; between 0 and 1.
    Raises ValueError for other numbers.
    Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case
    of the binomial", 1934.
    """
    from scipy import stats

    trials = whole_number(trials, "trials")
    if not is_whole(successes) or not 0 <= successes <= trials:
        raise ValueError(f"successes must be a whole number from 0 to the {trials} trials; "
                         f"got {successes!r}")
    found = stats.binomtest(int(successes), trials).proportion_ci(_level(level), method="exact")
    return Interval(float(found.low), float(found.high))


def mean_interval(values: ArrayLike, level: float = 0.95) -> MeanInterval:
    """Return the mean of a few measured values, its standard error, and its t interval.

    values: numbers, shape (n,), n at least 2: an accuracy for each seed, or, for two recipes that
        ran with the same seeds, the difference of each seed. The interval takes them as drawn
        independently from a bell curve; for 20 values and more that is seldom a worry.
    level: the share of such intervals, over many repetitions, that hold the true mean.
    Raises ValueError for another shape, one value alone, or entries that are no finite numbers.
    Source: Student, "The probable error of a mean", 1908.
    """
    from scipy import stats

    given = _array(values)
    if given.ndim != 1 or len(given) < 2:
        raise ValueError("values must have shape (n,) with n of at least 2, since one value says "
                         f"nothing of its own spread; got shape {given.shape}")
    if given.dtype.kind not in "iuf" or not np.all(np.isfinite(given)):
        raise ValueError("values must be finite numbers; for True and False, count them and take "
                         f"share_interval; got {given.dtype} {given[:3].tolist()} ...")
    mean, error = float(given.mean(dtype=float)), float(stats.sem(given.astype(float)))
    reach = float(stats.t.ppf((1 + _level(level)) / 2, len(given) - 1)) * error
    return MeanInterval(mean, error, mean - reach, mean + reach)


def _array(values: ArrayLike) -> np.ndarray:
    try:
        return np.asarray(values)
    except ValueError:  # rows of different lengths
        return np.asarray(None)


def _right(values: ArrayLike, name: str) -> np.ndarray:
    right = _array(values)
    if right.ndim != 1 or not len(right) or right.dtype != bool:
        raise ValueError(f"{name} must be True or False for each example, as answers == labels is: "
                         f"a boolean array of shape (n,), n at least 1; got {right.dtype} of shape "
                         f"{right.shape}")
    return right


def _level(level: object) -> float:
    if isinstance(level, (bool, str, complex)) or not np.isscalar(level) or not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, as 0.95 does; got {level!r}")
    return float(level)
