"""Frames from a camera or a video file, and a clear word where there are none."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np

WARM_UP = 10  # reads that a camera may fail at first
TOLERANCE = 0.01  # of the frames that a file announces; some forms only estimate their number


class SourceError(Exception):
    """There are no frames, or no more of them, for a reason that the message says."""


class Source:
    """The frames of a camera (a whole number) or of a video file (its path).

    rate: frames a second as the source states it, 30 where it does not. count: the frames that a
    file announces, else None. Iterating gives pictures (height, width, 3) uint8, blue first.
    open_capture: what opens it, cv2.VideoCapture or a stand-in.
    Raises SourceError where it cannot be opened, and while iterating where a video breaks off or a
    camera falls silent.
    """

    def __init__(self, name: int | str | Path, *,
                 open_capture: Callable = cv2.VideoCapture) -> None:
        self.is_camera = isinstance(name, int)
        self.name = f"camera {name}" if self.is_camera else str(name)
        if not self.is_camera:
            check_file(Path(name))
        self._capture = open_capture(name if self.is_camera else str(name))
        if not self._capture.isOpened():
            self.close()
            raise SourceError(no_camera(name) if self.is_camera else
                              f"{name} cannot be read as a video: it is another kind of file, or "
                              "damaged, or its end is missing")
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        self.rate = rate if np.isfinite(rate) and 0 < rate <= 1000 else 30.0
        count = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self.count = int(count) if not self.is_camera and 0 < count < 1e9 else None
        self.frames = 0

    def __iter__(self) -> Iterator[np.ndarray]:
        while True:
            picture = self._read()
            if picture is None:
                break
            self.frames += 1
            yield as_colour(picture)
        if self.is_camera:
            raise SourceError(f"{self.name} sends no more pictures; is it still plugged in?"
                              if self.frames else
                              f"{self.name} opens but sends no picture; another program may be "
                              "using it")
        if not self.frames:
            raise SourceError(f"{self.name} holds no frame that can be read")
        if self.count and self.count - self.frames > max(2, TOLERANCE * self.count):
            raise SourceError(f"{self.name} breaks off after frame {self.frames} of {self.count}")

    def _read(self) -> np.ndarray | None:
        """The next picture, or None at the end; a camera may need a few tries at first."""
        tries = WARM_UP if self.is_camera and not self.frames else 1
        for _ in range(tries):
            there, picture = self._capture.read()
            if there and picture is not None and picture.size:
                return picture
        return None

    def close(self) -> None:
        """Let the camera go."""
        self._capture.release()

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_) -> None:
        self.close()


def parse_source(text: str) -> int | str:
    """Read "0", "1", ... as the number of a camera and anything else as the name of a file."""
    return int(text) if text.isascii() and text.isdigit() else text


def check_file(path: Path) -> None:
    """Say what is wrong with a file where OpenCV would only fail to open it."""
    if not path.exists():
        raise SourceError(f"there is no file {path}")
    if path.is_dir():
        raise SourceError(f"{path} is a folder; expected a video file")
    if not os.access(path, os.R_OK):
        raise SourceError(f"{path} may not be read by this user")
    if not path.stat().st_size:
        raise SourceError(f"{path} is empty (0 bytes); expected a video file")


def no_camera(number: int) -> str:
    """Why camera `number` does not open, as far as the system tells."""
    other = "Another camera: --source 1. A video file instead: --source FILE"
    device = Path(f"/dev/video{number}")
    if sys.platform.startswith("linux"):
        if not device.exists():
            return f"there is no camera {number} ({device} is missing). {other}"
        if not os.access(device, os.R_OK | os.W_OK):
            return f"camera {number} may not be used by this user ({device}). {other}"
    return (f"camera {number} does not open: it is missing, another program is using it, or this "
            f"program may not use it. {other}")


def as_colour(picture: np.ndarray) -> np.ndarray:
    """Grey pictures as colour ones, (height, width, 3)."""
    if picture.ndim == 2 or picture.shape[2] == 1:
        return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    return picture
