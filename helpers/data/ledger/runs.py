"""The ledger of reproductions: measured runs of the published networks, as JSON files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np

from helpers import ROOT

RESULTS = ROOT / "book" / "results"
GROUPS = {"race": "races", "candidate": "races", "ablation": "races",
          "collapse": "collapse", "order": "order", "raw": "L4"}


def file_of(name: str, folder: Path = RESULTS) -> Path:
    """Return the file of an entry; in the ledger itself each lesson and each bench has a folder."""
    if Path(folder).resolve() != RESULTS:
        return Path(folder) / f"{name}.json"
    kind = name.split("-")[0]
    group = GROUPS.get(kind, kind if re.fullmatch(r"L\d", kind) else "")
    return RESULTS / group / f"{name}.json"


def row_names(folder: Path = RESULTS) -> list[str]:
    """Name the rows that have been measured."""
    return sorted(path.stem for path in Path(folder).rglob("L*.json"))


def load_row(name: str, folder: Path = RESULTS) -> dict:
    """Load one row: what was claimed, the recipe, and the runs, a dict for each seed.

    Raises FileNotFoundError that lists the rows there are.
    """
    path = file_of(name, folder)
    if not path.is_file():
        have = ", ".join(row_names(folder)) or "none"
        raise FileNotFoundError(f"no row {name!r} in the ledger; the rows measured so far: {have}")
    return json.loads(path.read_text(encoding="utf-8"))


def values(row: dict, *keys: str) -> np.ndarray:
    """Gather one measured number from every run: values(row, "test", "accuracy") has shape (runs,).

    Raises KeyError that says which keys there are.
    """
    gathered = []
    for run in row["runs"]:
        found = run
        for key in keys:
            if not isinstance(found, dict) or key not in found:
                have = ", ".join(found) if isinstance(found, dict) else "none below it"
                raise KeyError(f"seed {run.get('seed')} has no {key!r}; there are: {have}")
            found = found[key]
        gathered.append(found)
    return np.asarray(gathered)


def is_measured(name: str, folder: Path = RESULTS) -> bool:
    """Whether the ledger holds at least one run of a row."""
    return name in row_names(folder) and bool(load_row(name, folder)["runs"])


def final(row: dict, key: str) -> np.ndarray:
    """One number of every run, as a claim names it, shape (runs,).

    key: "test_accuracy" or "test_loss", or a key of the history, which means its last epoch. What
        was not finite is NaN.
    """
    if key.startswith("test_"):
        return values(row, "test", key.removeprefix("test_")).astype(float)
    return np.array([history[key][-1] for history in histories(row)], dtype=float)


def one_answer(row: dict) -> np.ndarray:
    """Which runs give one answer to more than 99 % of the test digits, shape (runs,) bool."""
    counts = values(row, "test_answers")  # (runs, 10)
    return counts.max(axis=1) > 0.99 * counts.sum(axis=1)


def histories(row: dict) -> list[dict[str, list[float]]]:
    """The training curves of every run, as plot_training_curves takes them."""
    return [run["history"] for run in row["runs"]]
