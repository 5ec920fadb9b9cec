"""A row's entry of the ledger: read, and written in one step."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.ledger.rows import ROWS, Row
from helpers.data.ledger.runs import file_of
from helpers.data.whole_files import write_whole

STOPPED = 3  # the exit status of a call that left something to do
UNFINISHED = ".unfinished"  # the folder of what was broken off, in that of the results


def read_ledger(path: Path, row: Row) -> dict:
    """What the ledger holds of a row, with its claim and recipe as they stand now."""
    known = json.loads(path.read_text(encoding="utf-8"))["runs"] if path.is_file() else []
    return {"row": row.name, "lesson": row.lesson, "about": row.about, "claim": row.claim,
            "recipe": row.recipe(), "runs": known}


def write_ledger(path: Path, entry: dict) -> None:
    """Replace a row's file in one step, so that a stop leaves the old one or the new one."""
    write_whole(path, json.dumps(entry, indent=1) + "\n")


def add(row: Row, measured: dict, output: Path) -> None:
    """Write a run into a row's file, in the place of one of the same seed, and say it."""
    path = file_of(row.name, output)
    entry = read_ledger(path, row)  # again: another process may have added a seed meanwhile
    others = [done for done in entry["runs"] if done["seed"] != measured["seed"]]
    entry["runs"] = sorted([*others, measured], key=lambda done: done["seed"])
    write_ledger(path, entry)
    print(f"{row.name}, seed {measured['seed']}: test accuracy "
          f"{measured['test']['accuracy']:.4f}, {measured['seconds']:.0f} s", flush=True)


def trained_with_twin(row: Row, seed: int, output: Path) -> dict | None:
    """The training of a row's twin with this row's test, if the ledger holds it."""
    path = file_of(row.twin, output)
    known = read_ledger(path, ROWS[row.twin])["runs"] if row.twin else []
    for done in known:
        if done["seed"] == seed and "twin" in done:
            return {key: value for key, value in done.items() if key != "twin"} | done["twin"]
    return None
