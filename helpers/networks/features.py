"""What a layer says about images, computed once and kept in files.

A frozen base says the same about an image every time. So its features are computed in one pass, and
a head is trained on them in seconds. They are kept in the folder that the environment variable
COURSE_CACHE names, else in the user's cache folder; it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import warnings
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from tqdm import tqdm

from helpers.arithmetic.arguments import whole_number
from helpers.data.whole_files import whole_file
from helpers.inspection.model.names import find_layer

if TYPE_CHECKING:
    import keras

# What goes wrong inside numpy.load when a file is cut short, altered or of another kind.
DAMAGES = (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile)


def features(model: keras.Model, inputs: ArrayLike, layers: str | Iterable[str], *,
             folder: str | Path | None = None, batch_size: int = 64,
             progress: str | None = None) -> np.ndarray | dict[str, np.ndarray]:
    """Return what layers put out for images: an array for one name, else {name: array}.

    inputs: (n, rows, columns, channels) as the model takes them, that is, preprocessed.
    layers: names of layers. All that are not kept yet are computed in one pass.
    folder: where they are kept; None means `cache_folder()`.
    progress: names a progress bar, which is drawn only when something is computed.
    The key is everything that the features depend on: the layers up to this one with their weights,
    and the inputs with their shape and type. A file that is damaged is computed anew; where nothing
    can be written, nothing is kept. Raises ValueError for an unknown layer or another input shape.
    """
    import keras

    inputs, batch_size = np.asarray(inputs), whole_number(batch_size, "batch_size")
    names = [layers] if isinstance(layers, str) else list(layers)
    outputs = {name: find_layer(model, name).output for name in names}
    expected = tuple(model.input_shape)[1:]  # None stands for any size
    fits = inputs.ndim == 1 + len(expected) and all(
        size in (None, got) for size, got in zip(expected, inputs.shape[1:], strict=True))
    if not fits or not len(inputs):
        raise ValueError(f"expected inputs of shape (n, {', '.join(map(str, expected))}) and at "
                         f"least one, got {inputs.shape}")
    folder = cache_folder() if folder is None else Path(folder)
    images = _digest([inputs])
    paths = {name: folder / f"{fingerprint(model, name)}-{images}.npz" for name in names}
    known = {name: _read(path) for name, path in paths.items()}
    missing = [name for name in names if known[name] is None]
    if missing:
        part = keras.Model(model.inputs[0], [outputs[name] for name in missing])
        computed = _run(part, inputs, batch_size, progress)
        for name, array in zip(missing, computed, strict=True):
            known[name] = array
            _write(paths[name], array)
    return known[names[0]] if isinstance(layers, str) else known


def cache_folder() -> Path:
    """The folder in COURSE_CACHE, else a folder of the course in the user's cache."""
    chosen = os.environ.get("COURSE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "convnet-course" / "features"


def fingerprint(model: keras.Model, layer: str) -> str:
    """Name what a layer computes: its digest changes with any layer or weight up to this one."""
    import keras

    part = keras.Model(model.inputs[0], find_layer(model, layer).output)
    plan = json.dumps(part.get_config()["layers"], sort_keys=True, default=str)
    for number, inner in enumerate(part.layers):  # "input_layer_3" depends on what was built before
        plan = plan.replace(json.dumps(inner.name), f'"{number}"')
    return _digest([np.frombuffer(plan.encode(), np.uint8), *part.get_weights()])


def _digest(arrays: Iterable[np.ndarray]) -> str:
    total = hashlib.blake2b(digest_size=16)
    for array in arrays:
        total.update(f"{array.shape}{array.dtype.str}".encode())
        total.update(np.ascontiguousarray(array).data)
    return total.hexdigest()


def _run(part: keras.Model, inputs: np.ndarray, batch_size: int,
         progress: str | None) -> list[np.ndarray]:
    import keras

    pieces: list[list[np.ndarray]] = [[] for _ in part.outputs]
    with tqdm(total=len(inputs), desc=progress, disable=progress is None) as bar:
        for start in range(0, len(inputs), batch_size):
            batch = inputs[start:start + batch_size]
            said = part(batch, training=False)
            for piece, array in zip(pieces, said if isinstance(said, list | tuple) else [said],
                                    strict=True):
                piece.append(keras.ops.convert_to_numpy(array))
            bar.update(len(batch))
    return [np.concatenate(piece) for piece in pieces]


def _read(path: Path) -> np.ndarray | None:
    """The array in a file; None where there is no file or it is damaged (its checksums tell)."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return stored["features"]
    except FileNotFoundError:
        return None
    except DAMAGES:
        return None


def _write(path: Path, array: np.ndarray) -> None:
    """Write in one step, so that a stop leaves the whole file or none."""
    try:
        with whole_file(path) as file:
            np.savez(file, features=array)
    except OSError as error:
        warnings.warn(f"the features could not be kept: {error}", stacklevel=3)
