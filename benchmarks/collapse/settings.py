"""What is run: networks, rules, widths, rates and seeds, part by part."""

from __future__ import annotations

import os
from collections.abc import Iterator

from benchmarks.collapse.changes import CURES, FALLS, RELU, RELU_HE, SILENT, SLIDES

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

HOPELESS = 1_000  # a loss above it ends a run, but where the whole run is followed
STEPS = 1_000  # one rule for all parts: it trains if 20 losses are below 1.5 on average by then
BATCH = 32
SIXTEENTH = 1 / 16
RATE, SILENT_RATE, LATE_RATE = 0.016, 0.002, 0.008
GRID_RATES = {1 / 16: (1, 2, 4, 8, 16, 32), 1 / 8: (1, 2, 4, 8, 16), 1 / 4: (0.5, 1, 2, 4, 8),
              1 / 2: (0.5, 1, 2, 4)}  # thousandths
# About the border of the published network finer steps and more seeds decide how it falls.
BORDER_RATES = {1 / 16: (4, 5.7, 8, 11, 16), 1 / 8: (2.8, 4, 5.7, 8), 1 / 4: (2, 2.8, 4),
                1 / 2: (1,)}
PARTS = ("silence", "cures", "late", "lesson", "grid", "anchor", "slides")


def settings(part: str) -> Iterator[dict]:
    """The settings of a part: name, network, rule, width, size, seeds, digits, steps, batch."""
    small = {"width": SIXTEENTH, "size": 16, "digits": 3_500, "steps": STEPS, "batch_size": BATCH}
    if part == "silence":
        for rate in (SILENT_RATE / 2, SILENT_RATE / 4, SILENT_RATE / 8):
            for name, network in (("ReLU and Glorot", RELU), ("ReLU and He", RELU_HE),
                                  ("no activation", {})):
                yield {**small, "name": name, "network": network, "rule": {"rate": rate},
                       "seeds": 5}
    elif part == "cures":
        for family, rate, table in (("loud", RATE, CURES), ("silent", SILENT_RATE, SILENT)):
            for name, (network, rule) in table.items():
                yield {**small, "family": family, "name": name, "network": network,
                       "rule": {"rate": rate, **rule}, "seeds": 5}
    elif part == "slides":
        for name, (network, rule) in SLIDES.items():
            yield {**small, "name": name, "network": network, "rule": {"rate": 0.001, **rule},
                   "seeds": 5, "width": 1, "size": 28, "batch_size": 20}
    elif part == "late":
        for name, (rule, seeds) in FALLS.items():
            yield {**small, "digits": 20_000, "name": name, "network": {},
                   "rule": {"rate": LATE_RATE, **rule}, "seeds": seeds, "steps": 1_500}
    elif part == "lesson":
        for rate in (4, 8, 16):
            yield {**small, "digits": 20_000, "name": "32x32, 100", "network": {}, "seeds": 5,
                   "rule": {"rate": rate / 1000}, "size": 32, "batch_size": 100}
    elif part == "grid":
        for width, rates in GRID_RATES.items():
            for name, network, border in (("as published", {}, BORDER_RATES[width]),
                                          ("ReLU and He", RELU_HE, ())):
                for rate in sorted({*rates, *border}):
                    yield {**small, "name": name, "network": network,
                           "rule": {"rate": rate / 1000}, "width": width,
                           "seeds": seeds_of(width, rate in border), "steps": 200}
    elif part == "anchor":
        for width, size, rate in ((1, 32, 0.001), (SIXTEENTH, 32, RATE), (SIXTEENTH, 16, RATE),
                                  (SIXTEENTH, 16, 0.001)):
            yield {**small, "name": "as published", "network": {}, "rule": {"rate": rate},
                   "width": width, "size": size, "seeds": 1, "steps": 20}
    else:
        raise ValueError(f"part must be one of {', '.join(PARTS)}, got {part!r}")


def seeds_of(width: float, at_the_border: bool) -> int:
    """How many seeds a point of the map gets: the wider the network, the longer a run."""
    if at_the_border:
        return 5 if width < 1 / 4 else 3
    return 3 if width < 1 / 4 else 1


def is_setting_of(cell: dict, setting: dict) -> bool:
    """Whether a stored cell is a run of a setting, of whatever seed and however long."""
    keys = ("family", "name", "width", "size", "rule")
    return (all(setting.get(key) == cell.get(key) for key in keys)
            and setting.get("batch_size", BATCH) == cell.get("batch_size", BATCH))


def is_decided(part: str, cell: dict, steps: int) -> bool:
    """Whether a run went on for `steps`, or was broken off because more would tell nothing."""
    if is_followed(part) and "blocks" not in cell:
        return False
    return (cell["steps"] >= steps or (cell["trains"] and breaks_off(part))
            or (gives_up(part) and cell["loss"][-1] > HOPELESS))


def breaks_off(part: str) -> bool:
    """Whether a run of this part ends once it trains."""
    return part != "anchor" and not is_followed(part)


def is_followed(part: str) -> bool:
    """Whether the steps of this part are kept along the whole run."""
    return part == "late"


def gives_up(part: str) -> bool:
    """Whether a run of this part ends once its loss is hopeless."""
    return part in ("cures", "grid", "lesson")


def seeds_missing(setting: dict, known: list[dict], most: int | None, part: str) -> list[int]:
    """The seeds of a setting that are not among the stored cells, or not decided there."""
    done = {cell["seed"] for cell in known if is_setting_of(cell, setting)
            and is_decided(part, cell, setting["steps"])}
    return [seed for seed in range(min(setting["seeds"], most or setting["seeds"]))
            if seed not in done]
