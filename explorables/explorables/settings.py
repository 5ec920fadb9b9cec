"""Settings of the explorables, in Keras' words: read from Python or from a page, in one form."""

import json
from collections.abc import Callable
from math import isfinite

import numpy as np

from helpers.arithmetic.arguments import NAMED_PADDINGS, pair, whole_number, yes_or_no

MOST = 256  # rows or columns that a page can show; explorables/arithmetic/sizes.js


def a_pair(value: object, name: str) -> list[int]:
    """Return [rows, columns]; one number stands for both."""
    return list(pair(value, name))


def a_place(value: object, name: str) -> list[int]:
    """Return two whole numbers of any sign; None stands for [0, 0]."""
    numbers = [0, 0] if value is None else list(np.ravel(value).tolist())
    if len(numbers) != 2 or not all(isinstance(one, int) for one in numbers):
        raise ValueError(f"{name} must be two whole numbers; got {value!r}")
    return numbers


def a_table(value: object, name: str) -> list:
    """Return an array (rows, columns) or (rows, columns, channels) of numbers as lists."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must have rows of equal length; got {value!r}") from None
    if array.ndim not in (2, 3) or not array.size or array.dtype.kind not in "iufb":
        raise ValueError(f"{name} must hold numbers in the shape (rows, columns) or (rows, "
                         f"columns, channels); got shape {array.shape} of {array.dtype}")
    if max(array.shape[:2]) > MOST or array.size > MOST * MOST:
        raise ValueError(f"{name} must have at most {MOST} rows and columns to be shown; "
                         f"got shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers")
    if array.dtype == np.float32:  # 0.1, not the 0.10000000149011612 that it is as a float64
        return np.array([float(str(one)) for one in array.flat]).reshape(array.shape).tolist()
    return (array * 1 if array.dtype.kind == "b" else array).tolist()


def a_matrix(value: object, name: str) -> list:
    """Return a table of one channel as (rows, columns)."""
    table = np.asarray(a_table(value, name))
    if table.ndim == 3 and table.shape[2] != 1:
        raise ValueError(f"{name} must have one channel; got shape {table.shape}")
    return table.reshape(table.shape[:2]).tolist()


def a_number(value: object, name: str) -> float:
    """Return a finite number."""
    try:
        if not isinstance(value, (str, bytes)) and isfinite(value):
            return float(value) if float(value) % 1 else int(value)
    except (TypeError, ValueError):
        pass
    raise ValueError(f"{name} must be a number; got {value!r}")


def one_of(*names: str) -> Callable:
    """Return what reads one of these names."""
    def read(value: object, name: str) -> str:
        if value not in names:
            raise ValueError(f"{name} must be {' or '.join(map(repr, names))}; got {value!r}")
        return value
    return read


def or_none(read: Callable) -> Callable:
    """Return what reads None, or what `read` does."""
    return lambda value, name: None if value is None else read(value, name)


def a_deep_cell(value: object, name: str) -> dict:
    """Return {layer, row, column}, each a whole number or left out."""
    if not isinstance(value, dict) or set(value) - {"layer", "row", "column"}:
        raise ValueError(f"{name} must be a dict of layer, row and column; got {value!r}")
    return {key: whole_number(one, f"{key} of {name}", minimum=0) for key, one in value.items()
            if one is not None}


def layers(value: object, name: str) -> list[dict]:
    """Return layers {type, kernel_size, strides, padding, dilation_rate, filters}, each whole."""
    if not isinstance(value, (list, tuple)) or not 1 <= len(value) <= 8 or not all(
            isinstance(one, dict) for one in value):
        raise ValueError(f"{name} must be a list of 1 to 8 layers, each a dict; got {value!r}")
    return [a_layer(one, f"of layer {number}") for number, one in enumerate(value, start=1)]


def a_layer(given: dict, which: str) -> dict:
    """Return one layer with all that Keras would take for it."""
    kind = one_of("conv", "pool")(given.get("type", "conv"), f"type {which}")
    pools = kind == "pool"
    kernel = a_pair(given.get("kernel_size") or (2 if pools else 3), f"kernel_size {which}")
    made = {"type": kind, "kernel_size": kernel,
            "strides": a_pair(given.get("strides") or (kernel if pools else 1), f"strides {which}"),
            "padding": one_of("valid", "same")(given.get("padding", "valid"), f"padding {which}")}
    if not pools:
        made["dilation_rate"] = a_pair(given.get("dilation_rate") or 1, f"dilation_rate {which}")
        made["filters"] = whole_number(given.get("filters", 1), f"filters {which}")
    return made


def between(low: float, high: float, *, whole: bool = False) -> Callable:
    """Return what reads a number from low to high, a whole one if it must be."""
    def read(value: object, name: str) -> float:
        if whole:
            whole_number(value, name, minimum=low)
        if not low <= a_number(value, name) <= high:
            raise ValueError(f"{name} must lie between {low} and {high}; got {value!r}")
        return a_number(value, name)
    return read


WINDOW = {"strides": (1, a_pair), "padding": ("valid", one_of(*NAMED_PADDINGS)),
          "dilation": (1, a_pair), "cell": (None, a_place)}
FORMS = {  # each setting with its default and what reads it
    "convolution": {"image": ([[1, 2, 0, 1], [0, 1, 3, 2], [2, 0, 1, 1], [1, 3, 2, 0]], a_table),
                    "kernel": ([[1, 0], [0, -1]], a_table), "bias": (0, a_number), **WINDOW,
                    "flipped": (False, yes_or_no)},
    "sizes": {"input": (5, a_pair), "kernel_size": (3, a_pair), **WINDOW,
              "transposed": (False, yes_or_no)},
    "pooling": {"image": ([[1, 3, 2, 1], [4, 6, 5, 0], [7, 2, 9, 8], [0, 1, 4, 3]], a_matrix),
                "pool_size": (2, a_pair), "strides": (2, or_none(a_pair)),
                "padding": ("valid", one_of("valid", "same")),
                "kind": ("max", one_of("max", "mean")),
                "kernel": (None, or_none(a_matrix)), "shift": (None, a_place),
                "cell": (None, a_place)},
    "receptive-field": {"layers": ([{"type": "conv"}] * 3, layers), "input": (12, a_pair),
                        "cell": (None, or_none(a_deep_cell))},
    "descent": {"task": ("kernel", one_of("kernel", "network")),
                "image": ([[1, 2, 0, 1], [0, 1, 3, 2], [2, 0, 1, 0], [1, 1, 2, 0]], a_matrix),
                "target": ([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], a_matrix),
                "kernel": ([[0, 0, 0], [0, 0, 0], [0, 0, 0]], a_matrix),
                "learning_rate": (0.1, between(0, 100)), "dropout": (0, between(0, 0.9)),
                "batch_normalization": (False, yes_or_no),
                "seed": (0, between(0, 9999, whole=True)),
                "step": (0, between(0, 5000, whole=True))},
}


def in_one_form(kind: str, given: dict) -> dict:
    """Return all settings of a kind of explorable; ValueError names the one that cannot be."""
    form = FORMS[kind]
    if unknown := sorted(set(given) - set(form) - {"guess"}):
        raise ValueError(f"{kind} has no settings {unknown}; it has {list(form)}")
    return {name: read(given.get(name, default), name) for name, (default, read) in form.items()}


def written(settings: dict) -> str:
    """Return settings as an attribute of HTML holds them."""
    return json.dumps(settings, ensure_ascii=True).replace("&", "&amp;").replace("'", "&#39;")
