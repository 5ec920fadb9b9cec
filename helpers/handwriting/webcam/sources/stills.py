"""Still pictures as a source of frames: one picture, a folder of them, or those of a pattern."""

from __future__ import annotations

import errno
import glob
import os
import re
from pathlib import Path

import numpy as np

from helpers.handwriting import read_image
from helpers.handwriting.webcam.sources.named import SourceError

ENDINGS = {".png", ".jpg", ".jpeg", ".jpe", ".bmp", ".tif", ".tiff", ".webp", ".ppm", ".pgm",
           ".pbm", ".avif", ".heic", ".heif"}
NUMBERED = re.compile(r"%0?(\d*)d")  # as in frame_%04d.png


class Stills:
    """Reads picture after picture, with the methods of cv2.VideoCapture that Source calls.

    A picture that cannot be read raises ValueError, which says why.
    """

    def __init__(self, paths: list[Path]) -> None:
        self._paths, self._next = paths, 0

    def isOpened(self) -> bool:
        return bool(self._paths)

    def read(self) -> tuple[bool, np.ndarray | None]:
        import cv2

        if self._next == len(self._paths):
            return False, None
        self._next += 1
        picture = read_image(self._paths[self._next - 1])
        return True, picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)

    def get(self, what: int) -> float:
        import cv2

        return float(len(self._paths)) if what == cv2.CAP_PROP_FRAME_COUNT else 0.0

    def release(self) -> None:
        self._paths = []


def stills_of(name: str) -> list[Path] | None:
    """The pictures that a name stands for, in their order; None where it is no such name.

    Raises SourceError for what no file can be called.

    A name is a picture, a folder, or a pattern: frame_%04d.png as OpenCV and FFmpeg have it, or
    frames/*.png as a shell has it. Numbers count as numbers: 2 comes before 10.
    """
    path = Path(name)
    try:
        os.stat(path)
    except (OSError, ValueError) as error:  # too long, or with a zero in it, as no file is called
        if getattr(error, "errno", None) not in (errno.ENOENT, errno.ENOTDIR, errno.EACCES):
            raise SourceError(f"{name[:60]!r} cannot be the name of a file or folder: "
                              f"{getattr(error, 'strerror', None) or error}") from None
    if path.is_dir():
        return in_order(path.iterdir())
    if path.exists():
        return [path] if path.suffix.lower() in ENDINGS else None
    if NUMBERED.search(path.name):
        start, end = NUMBERED.split(path.name, maxsplit=1)[::2]
        pattern = re.compile(re.escape(start) + r"\d+" + re.escape(end))
        there = path.parent.iterdir() if path.parent.is_dir() else []
        return in_order(one for one in there if pattern.fullmatch(one.name))
    if glob.has_magic(name):
        return in_order(map(Path, glob.glob(name)))
    return None


def in_order(paths) -> list[Path]:
    """The pictures among paths, by name, with numbers in it as numbers."""
    def key(path: Path) -> list:
        return [(0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part)
                for part in re.split(r"([0-9]+)", path.name)]

    return sorted((path for path in paths if path.suffix.lower() in ENDINGS), key=key)
