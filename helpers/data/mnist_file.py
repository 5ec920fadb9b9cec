"""Reading a file mnist.npz, and refusing one that is not what it should be."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from helpers.data.archives import check_archive

KEYS = ("x_train", "y_train", "x_test", "y_test")


def read_npz(path: Path) -> dict[str, np.ndarray]:
    """Read and check the four arrays of an mnist.npz; pickled objects are never loaded."""
    try:
        check_archive(path)
        with np.load(path, allow_pickle=False) as stored:
            if missing := [key for key in KEYS if key not in stored]:
                found = ", ".join(stored.files) or "nothing"
                raise ValueError(f"expected the arrays {', '.join(KEYS)}, found {found}; "
                                 f"missing: {', '.join(missing)}")
            arrays = {key: stored[key] for key in KEYS}
        for part in ("train", "test"):
            check_part(part, arrays[f"x_{part}"], arrays[f"y_{part}"])
    except Exception as error:  # a damaged file fails in a dozen ways that share no base class
        # The reader needs one of them, on one line: which file, and what is wrong with it.
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ValueError(f"{path} is not a whole mnist.npz: {reason}") from error
    return arrays


def check_part(part: str, images: np.ndarray, labels: np.ndarray) -> None:
    """Raise ValueError unless images and labels have the shapes, types and range of MNIST."""
    if images.ndim != 3 or images.shape[1:] != (28, 28) or images.dtype != np.uint8:
        raise ValueError(f"expected x_{part} of shape (n, 28, 28) and type uint8, "
                         f"got {images.shape} and {images.dtype}")
    if labels.shape != images.shape[:1] or labels.dtype.kind not in "iu":
        raise ValueError(f"expected y_{part} of shape {images.shape[:1]} and an integer type, "
                         f"got {labels.shape} and {labels.dtype}")
    if len(labels) == 0 or labels.min() < 0 or labels.max() > 9:
        raise ValueError(f"expected labels from 0 to 9 in y_{part}, got "
                         f"{f'{labels.min()} to {labels.max()}' if len(labels) else 'none'}")
