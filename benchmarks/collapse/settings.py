"""What is run: networks, rules, widths, rates and seeds, part by part."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")



HOPELESS = 1_000
BATCH = 32
SIXTEENTH = 1 / 16
RELU_HE = {"activation": "relu", "initializer": "he_normal"}
RATE, SILENT_RATE, LATE_RATE = 0.016, 0.002, 0.008
# One change at a time: what it does to the network, and to the optimiser.
CURES = {
    "as published": ({}, {}),
    "ReLU": ({"activation": "relu"}, {}),
    "He": ({"initializer": "he_normal"}, {}),
    "ReLU and He": (RELU_HE, {}),
    "an eighth of the rate": ({}, {"rate": RATE / 8}),
    "warm-up": ({}, {"warm_up": 150}),
    "clipping": ({}, {"clip": 1.0}),
    "batch normalisation": ({"normalise": True}, {}),
    "residual": ({"residual": True}, {}),
}
SILENT = {
    "ReLU and Glorot": ({"activation": "relu"}, {}),
    "He": (RELU_HE, {}),
    "no activation": ({}, {}),
    "an eighth of the rate": ({"activation": "relu"}, {"rate": SILENT_RATE / 8}),
    "warm-up": ({"activation": "relu"}, {"warm_up": 150}),
    "clipping": ({"activation": "relu"}, {"clip": 1.0}),
    "batch normalisation": ({"activation": "relu", "normalise": True}, {}),
    "residual": ({"activation": "relu", "residual": True}, {}),
}
LATE = {
    "as published": ({}, {}),
    "clipping": ({}, {"clip": 1.0}),
    "a quarter of the rate": ({}, {"rate": LATE_RATE / 4}),
    "batch normalisation": ({"normalise": True}, {}),
}
GRID_RATES = {1 / 16: (1, 2, 4, 8, 16, 32), 1 / 8: (1, 2, 4, 8, 16), 1 / 4: (0.5, 1, 2, 4, 8),
              1 / 2: (0.5, 1, 2, 4)}  # thousandths


def settings(part: str) -> Iterator[dict]:
    """The settings of a part: name, network, rule, width, size, seeds, digits, steps."""
    small = {"width": SIXTEENTH, "size": 16, "digits": 3_500}
    if part == "grid":
        for width, rates in GRID_RATES.items():
            for name, network in (("as published", {}), ("ReLU and He", RELU_HE)):
                for rate in rates:
                    yield {"name": name, "network": network, "rule": {"rate": rate / 1000},
                           "width": width, "size": 16, "digits": 3_500, "steps": 200,
                           "seeds": 3 if width < 1 / 4 else 1}
    elif part == "cures":
        for family, rate, table in (("loud", RATE, CURES), ("silent", SILENT_RATE, SILENT)):
            for name, (network, rule) in table.items():
                yield {**small, "family": family, "name": name, "network": network,
                       "rule": {"rate": rate, **rule}, "seeds": 5, "steps": 300}
    elif part == "late":
        for name, (network, rule) in LATE.items():
            yield {**small, "digits": 20_000, "name": name, "network": network,
                   "rule": {"rate": LATE_RATE, **rule}, "seeds": 5, "steps": 2_000}
    elif part == "anchor":
        for width, size, rate in ((1, 32, 0.001), (SIXTEENTH, 32, RATE), (SIXTEENTH, 16, RATE),
                                  (SIXTEENTH, 16, 0.001)):
            yield {"name": "as published", "network": {}, "rule": {"rate": rate}, "width": width,
                   "size": size, "digits": 3_500, "seeds": 1, "steps": 20}
    else:
        raise ValueError(f"part must be one of {', '.join(PARTS)}, got {part!r}")


PARTS = ("anchor", "cures", "late", "grid")


def seeds_missing(setting: dict, known: list[dict], most: int | None) -> list[int]:
    """The seeds of a setting that are not among the stored cells."""
    keys = ("family", "name", "width", "size", "rule")
    done = {cell["seed"] for cell in known
            if all(setting.get(key) == cell.get(key) for key in keys)}
    return [seed for seed in range(min(setting["seeds"], most or setting["seeds"]))
            if seed not in done]
