"""Read the arrays in a file of weights that PyTorch wrote, without PyTorch.

What `torch.save` wrote before its release 1.6: four pickles (a mark, a version, the machine, and a
dictionary in which each array names where its numbers lie), one with the names of those stores, and
then the stores themselves, each its length and its numbers, little end first. A pickle may name any
function to be called; here it may name only those that such a file needs, so nothing in it is run.
Source: torch/serialization.py, `_legacy_save`.
"""

from __future__ import annotations

import io
import math
import pickle
import pickletools
import struct
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

MARK, VERSION = 0x1950A86A20F9469CFC6C, 1001
TYPES = {"FloatStorage": "<f4", "LongStorage": "<i8"}

# What such pickles consist of. Others can ask for memory by a few bytes, as BYTEARRAY8 does.
NEEDED = frozenset({
    "PROTO", "STOP", "MARK", "NONE", "NEWTRUE", "NEWFALSE", "BININT", "BININT1", "BININT2", "LONG1",
    "BINFLOAT", "BINUNICODE", "EMPTY_DICT", "EMPTY_LIST", "EMPTY_TUPLE", "TUPLE", "TUPLE1",
    "TUPLE2", "TUPLE3", "APPEND", "APPENDS", "SETITEM", "SETITEMS", "GLOBAL", "REDUCE", "BUILD",
    "BINPERSID", "BINPUT", "LONG_BINPUT", "BINGET", "LONG_BINGET"})


class Store(NamedTuple):
    """Where the numbers of an array lie: the name of the store, and the type of its numbers."""

    name: str
    kind: np.dtype


class Placed(NamedTuple):
    """An array before its numbers are read; offset and strides are counted in numbers."""

    store: Store
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def _placed(store: Store, offset: int, shape: tuple, strides: tuple, *_: object) -> Placed:
    return Placed(store, offset, tuple(shape), tuple(strides))


class _Reader(pickle.Unpickler):
    """Unpickles dictionaries of arrays, and refuses all else."""

    def find_class(self, module: str, name: str) -> Callable | np.dtype:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _placed
        if module == "torch" and name in TYPES:
            return np.dtype(TYPES[name])
        raise ValueError(f"it names {module}.{name}, which no plain file of weights needs")

    def persistent_load(self, named: Any) -> Store:
        _, kind, name, *_ = named  # "storage", type, name, device, length, view
        return Store(name, kind)


def read_torch_file(path: str | Path) -> dict[str, np.ndarray]:
    """Return the arrays by their names, float32 or int64, in the order of the file.

    Raises OSError if it cannot be read, and ValueError for what is no such file: another format,
    one that is cut short, or one that holds more than arrays.
    """
    file = io.BytesIO(Path(path).read_bytes())
    try:
        if (_next(file), _next(file)) != (MARK, VERSION):
            raise ValueError("it does not begin as PyTorch's files of weights did before 1.6")
        _next(file)  # the machine's sizes of numbers, which nothing depends on
        arrays, names = _next(file), _next(file)
        kinds = {one.store.name: one.store.kind for one in arrays.values()}
        stores = {name: _numbers(file, kinds[name]) for name in names}
        return {name: _array(stores[one.store.name], one) for name, one in arrays.items()}
    except (pickle.UnpicklingError, struct.error, ArithmeticError, AttributeError, EOFError,
            LookupError, MemoryError, TypeError, ValueError) as error:
        raise ValueError(f"it is damaged, or of another kind: {error}") from error


def _next(file: io.BytesIO) -> Any:
    """Return what the next pickle holds; ValueError for one that is not made of what is needed."""
    start, size = file.tell(), len(file.getbuffer())
    for step, argument, _ in pickletools.genops(file):
        # Python makes room for as many things to remember as the highest number says.
        if step.name not in NEEDED or (step.name == "LONG_BINPUT" and argument > size):
            raise ValueError(f"it holds a step {step.name} that no plain file of weights needs")
    file.seek(start)
    return _Reader(file).load()


def _numbers(file: BinaryIO, kind: np.dtype) -> np.ndarray:
    length, = struct.unpack("<q", file.read(8))
    content = file.read(length * kind.itemsize) if length >= 0 else b""
    if length < 0 or len(content) != length * kind.itemsize:
        raise ValueError(f"expected {length} numbers more, and it ends after {len(content)} bytes")
    return np.frombuffer(content, kind)


def _array(store: np.ndarray, placed: Placed) -> np.ndarray:
    last = placed.offset + sum((size - 1) * stride for size, stride
                               in zip(placed.shape, placed.strides, strict=True))
    least = min((0, placed.offset, *placed.shape, *placed.strides))
    if least < 0 or math.prod(placed.shape) > len(store) or (
            0 not in placed.shape and last >= len(store)):
        raise ValueError(f"an array of shape {placed.shape} reaches beyond its {len(store)} "
                         "numbers")
    steps = [stride * store.itemsize for stride in placed.strides]
    return np.lib.stride_tricks.as_strided(store[placed.offset:], placed.shape, steps).copy()
