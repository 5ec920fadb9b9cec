"""Read training histories in every form a chapter may have them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Curves = dict[str, np.ndarray]


def read_runs(history: Any, metrics: Sequence[str]) -> dict[str, Curves]:
    """Return {name: {key: array (seeds, epochs)}} for the metrics and their "val_" partners.

    One run without a name is called "". Raises ValueError when a metric is missing in a run, when
    a value is NaN or infinite, and when the seeds of a run have different numbers of epochs.
    """
    if not metrics:
        raise ValueError("metrics must name at least one metric, got none")
    runs = history if _is_named(history) else {"": history}
    if not runs:
        raise ValueError("history must hold at least one run, got none")
    return {str(name): _read_run(run, metrics, str(name)) for name, run in runs.items()}


def _metrics_of(history: Any) -> Mapping[str, Sequence[float]]:
    """Return the dict inside a Keras History, or the dict itself."""
    values = getattr(history, "history", history)
    if not isinstance(values, Mapping):
        raise ValueError(
            "history must be a Keras History, a dict {metric: values}, a dict {name: history} or a "
            f"list of histories, got {type(history).__name__}"
        )
    return values


def _is_named(history: Any) -> bool:
    """Tell {name: history} from {metric: values}: a metric's values are numbers."""
    if not isinstance(history, Mapping):
        return False
    return not any(_is_curve(values) for values in history.values())


def _is_curve(values: Any) -> bool:
    if not isinstance(values, (list, tuple, np.ndarray)):
        return False
    return all(isinstance(value, (int, float, np.number, np.ndarray)) for value in values)


def _read_run(run: Any, metrics: Sequence[str], name: str) -> Curves:
    seeds = list(run) if isinstance(run, (list, tuple)) else [run]
    if not seeds:
        raise ValueError(f"{_called(name)} must hold at least one history, got none")
    tables = [_metrics_of(seed) for seed in seeds]
    curves: Curves = {}
    for metric in metrics:
        without = next((table for table in tables if metric not in table), None)
        if without is not None:
            there = ", ".join(sorted(without)) or "nothing"
            raise ValueError(f"{_called(name)} must hold {metric!r}, got {there}")
        for key in (metric, f"val_{metric}"):
            if all(key in table for table in tables):
                curves[key] = _stack([table[key] for table in tables], f"{key} of {_called(name)}")
    return curves


def _stack(values: Sequence[Sequence[float]], name: str) -> np.ndarray:
    lengths = sorted({len(seed) for seed in values})
    if len(lengths) > 1:
        raise ValueError(f"{name}: all seeds must have as many epochs, got {lengths}")
    if lengths == [0]:
        raise ValueError(f"{name} must hold at least one epoch, got none")
    table = np.array(values, dtype=float)
    if not np.isfinite(table).all():
        epoch = int(np.argwhere(~np.isfinite(table))[0, 1]) + 1
        raise ValueError(f"{name} must be finite, got NaN or infinity at epoch {epoch}")
    return table


def _called(name: str) -> str:
    return f"history {name!r}" if name else "history"
