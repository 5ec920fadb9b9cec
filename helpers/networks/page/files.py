"""Write a network for a page: whole, as an archive of NumPy, or rounded, as a small script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from helpers.data.whole_files import whole_file
from helpers.networks.page.plan import arrays_of, plan_of

if TYPE_CHECKING:
    import keras

# A script holds one printable character for each weight, or two where there is room: all of ASCII
# from " " to "~" but the quotation mark and the backslash, which JSON writes as two.
CHARACTERS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')
STEPS = len(CHARACTERS) // 2  # a weight is a whole number from -46 to 46, times a scale
FINE_STEPS = len(CHARACTERS) ** 2 // 2  # or, of two characters, from -4324 to 4324
ROOM = 105_000  # characters for all weights
DIGITS = 7  # decimal digits that a float32 holds


def export(model: keras.Model, path: str | Path, *, labels: list[str] | None = None) -> Path:
    """Write a model for `<course-network>` as an archive of NumPy, which can be dropped on it.

    path: ends in .npz. labels: a name for each output, such as ["cat", "dog"]; None counts from 0.
    The archive holds the weights as float32 and, under "plan", the layers as JSON in bytes.
    Returns the path. Raises ValueError for another ending, for labels of another number, and, with
    the layer's name, for a model that `plan_of` refuses.
    """
    path = Path(path)
    if path.suffix != ".npz":
        raise ValueError(f"expected a path that ends in .npz, got {path}")
    plan = labelled(plan_of(model), labels, model.output_shape[-1])
    written = np.frombuffer(json.dumps(plan).encode(), np.uint8)
    with whole_file(path) as file:
        np.savez_compressed(file, plan=written, **arrays_of(model))
    return path


def labelled(plan: dict, labels: list[str] | None, outputs: int) -> dict:
    """The plan with a name for each output, if there are names."""
    if labels is None:
        return plan
    if len(labels) != outputs:
        raise ValueError(f"expected {outputs} labels, one for each output, got {len(labels)}")
    return {**plan, "labels": [str(one) for one in labels]}


def script(plan: dict, arrays: dict[str, np.ndarray], name: str) -> str:
    """Return the network as a script for a page, which registers it under `name`.

    Kernels are rounded to steps for each filter, 8,649 or 93; all other numbers keep 7 digits.
    """
    weights, levels, fine = [], [], fine_ones(arrays)
    for key, array in arrays.items():
        if not key.endswith("/kernel"):
            numbers = [float(f"{one:.{DIGITS}g}") for one in array.ravel()]
            weights.append({"name": key, "numbers": numbers})
            continue
        most = FINE_STEPS if key in fine else STEPS
        steps, scales = rounded(array, most)
        for one in (steps.ravel() + most).tolist():
            high, low = divmod(one, len(CHARACTERS))
            levels.append((CHARACTERS[high] if key in fine else "") + CHARACTERS[low])
        weights.append({"name": key, "length": int(array.size), "fine": key in fine,
                        "scales": [float(f"{one:.{DIGITS}g}") for one in scales]})
    stored = json.dumps({**plan, "weights": weights, "levels": "".join(levels)},
                        separators=(",", ":"))
    return f"(globalThis.courseNetworks ??= {{}})[{json.dumps(name)}] = {stored};\n"


def fine_ones(arrays: dict[str, np.ndarray]) -> set[str]:
    """The kernels that get two characters a weight: the first ones, as long as there is room."""
    kernels = {key: array.size for key, array in arrays.items() if key.endswith("/kernel")}
    left, fine = ROOM - sum(kernels.values()), set()
    for key, size in kernels.items():
        if size > left:
            break
        fine.add(key)
        left -= size
    return fine


def rounded(kernel: np.ndarray, most: int = STEPS) -> tuple[np.ndarray, np.ndarray]:
    """Round a kernel (..., filters) to steps (..., filters) from -most to most, and scales.

    The scale of each filter is, of some that cut off its largest weights, the one with the least
    squared error.
    """
    flat = kernel.reshape(-1, kernel.shape[-1]).astype(np.float64)
    largest = np.maximum(np.abs(flat).max(axis=0), 1e-12)
    best, scales = np.full(flat.shape[1], np.inf), largest / most
    for share in np.linspace(0.7, 1, 31):
        tried = share * largest / most
        error = ((np.clip(np.round(flat / tried), -most, most) * tried - flat) ** 2).sum(axis=0)
        scales = np.where(error < best, tried, scales)
        best = np.minimum(error, best)
    steps = np.clip(np.round(flat / scales), -most, most).astype(int)
    return steps.reshape(kernel.shape), scales


def as_stored(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights as a page reads them back from `script`, float32."""
    stored, fine = dict(arrays), fine_ones(arrays)
    for key, array in arrays.items():
        if key.endswith("/kernel"):
            steps, scales = rounded(array, FINE_STEPS if key in fine else STEPS)
            stored[key] = (steps * scales).astype(np.float32)
    return stored
