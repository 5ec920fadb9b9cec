"""What the stored runs say, with its uncertainty over the seeds."""

from __future__ import annotations

import numpy as np

from helpers.data.ledger.runs import values
from helpers.inspection.comparison import MeanInterval, mean_interval


def conclusion(row: dict) -> str:
    """Say in one line what the runs of a part amount to; two seeds are the least."""
    seeds = len(row["runs"])
    if seeds < 2:
        return f"{row['part']}: {seeds} of the two seeds that an uncertainty needs"
    if row["part"] == "slices":
        slices, tenths = (100 * values(row, key) for key in ("slice_errors", "test_tenth_errors"))
        halves = tenths.reshape(seeds, 2, 5).mean(axis=(0, 2))
        means = " ".join(f"{error:.2f}" for error in slices.mean(axis=0))
        return (f"slices, {seeds} seeds: errors in % {means}; the others more than the last by "
                f"{told(mean_interval(slices[:, :-1].mean(axis=1) - slices[:, -1]))}; test digits "
                f"{tenths.mean():.2f}, first half {halves[0]:.2f}, second {halves[1]:.2f}")
    count = values(row, "data", "test")
    one, new = (100 * values(row, "wrong", name) / count for name in ("one_order", "new_orders"))
    return (f"{row['part']}, {seeds} seeds: test errors {one.mean():.2f} % with one order, "
            f"{new.mean():.2f} % with new orders; new orders gain "
            f"{told(mean_interval(one - new))}, in {np.sum(new < one)} of {seeds} seeds")


def told(found: MeanInterval) -> str:
    """A mean in percentage points, with its error and its interval."""
    return (f"{found.mean:.2f} points (standard error {found.standard_error:.2f}, "
            f"95 % interval {found.low:.2f} to {found.high:.2f})")
