"""Frames from a camera, a video file, an address or still pictures, and a clear word where none."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from helpers.handwriting.webcam.sources.address import is_address, no_connection, no_video, shown
from helpers.handwriting.webcam.sources.containers import is_cut
from helpers.handwriting.webcam.sources.named import SourceError, check_file, no_camera
from helpers.handwriting.webcam.sources.stills import Stills, stills_of

WARM_UP = 10  # reads that a camera may fail at first
TOLERANCE = 0.01  # of the frames that a file announces; some forms only estimate their number
EARLY = 0.9  # of the duration; what ends before that has lost its end
PATIENCE = 5.0  # seconds that an address may take to answer, and for each picture


class Source:
    """The frames of a camera (a whole number), or of a file, an address or pictures (their name).

    rate: frames a second as the source states it, 30 where it does not. count: the frames that a
    file announces, which is an estimate where their rate varies, else None. is_live: pictures come
    when they come. Iterating gives pictures (height, width, 3) uint8, blue first, all of the size
    of the first.
    open_capture: what opens it; None stands for cv2.VideoCapture.
    Raises SourceError where it cannot be opened, and while iterating where a video breaks off or a
    camera falls silent.
    """

    def __init__(self, name: int | str | Path, *,
                 open_capture: Callable | None = None) -> None:
        import cv2

        self.is_camera, self._path = isinstance(name, int), None
        self.name = f"camera {name}" if self.is_camera else shown(str(name))
        self._capture = self._open(name, open_capture or cv2.VideoCapture)
        if not self._capture.isOpened():
            self.close()
            raise SourceError(
                no_camera(name) if self.is_camera else
                no_video(str(name), PATIENCE) if is_address(str(name)) else
                f"{self.name} cannot be read as a video: it is another kind of file, or damaged, "
                "or its end is missing")
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        self.rate = rate if np.isfinite(rate) and 0 < rate <= 1000 else 30.0
        count = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self.count = int(count) if not self.is_camera and 0 < count < 1e9 else None
        self.is_live = self.is_camera or (self._path is None and self.count is None)
        self.frames, self._size, self._times = 0, None, []

    def _open(self, name: int | str | Path, open_capture: Callable):
        """Open the source; its path is kept if it is a video file."""
        import cv2

        if self.is_camera:
            return open_capture(name)
        if is_address(str(name)):
            if trouble := no_connection(str(name), PATIENCE):
                raise SourceError(trouble)
            return open_capture(str(name), cv2.CAP_FFMPEG, [
                cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(1000 * PATIENCE),
                cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(1000 * PATIENCE)])
        stills = stills_of(str(name))
        if stills:
            return Stills(stills)
        check_file(Path(name), searched=stills is not None)
        self._path = Path(name)
        return open_capture(str(name))

    def __iter__(self) -> Iterator[np.ndarray]:
        while True:
            begun = time.monotonic()
            picture = self._read()
            if picture is None:
                break
            self.frames += 1
            picture = as_colour(picture)
            self._size = self._size or picture.shape[1::-1]
            yield fitted(picture, self._size)
        if self.is_camera:
            raise SourceError(f"{self.name} sends no more pictures; is it still plugged in?"
                              if self.frames else
                              f"{self.name} opens but sends no picture; another program may be "
                              "using it")
        if self.is_live and time.monotonic() - begun >= 0.9 * PATIENCE:
            raise SourceError(f"{self.name} has sent nothing for {PATIENCE:.0f} seconds, after "
                              f"{self.frames} frames")
        if not self.frames:
            raise SourceError(f"{self.name} holds no frame that can be read")
        if self._breaks_off():
            raise SourceError(f"{self.name} breaks off after frame {self.frames}" + self._of())

    def _read(self) -> np.ndarray | None:
        """The next picture, or None at the end; a camera may need a few tries at first."""
        import cv2

        tries = WARM_UP if self.is_camera and not self.frames else 1
        for _ in range(tries):
            there, picture = self._capture.read()
            if there and picture is not None and picture.size:
                if not self.is_camera:
                    self._times.append(self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
                return picture
        return None

    def _breaks_off(self) -> bool:
        """Whether the end is missing: as the file says, else by its frames and its duration."""
        cut = is_cut(self._path) if self._path is not None else None
        if cut is not None:
            return cut
        if not self.count or self.count - self.frames <= max(2, TOLERANCE * self.count):
            return False
        # Frames lack; but where their rate varies, the count was a guess, and the time tells.
        gap = max(np.diff(self._times), default=0)
        return self._times[-1] + gap < EARLY * self.count / self.rate

    def _of(self) -> str:
        """What the whole would have been, for a message."""
        if not self.count or self.count <= self.frames:
            return ""
        if abs(self._times[-1] * self.rate - self.frames) <= max(2, 0.1 * self.frames):
            return f" of {self.count}"
        return f", at {self._times[-1]:.1f} of {self.count / self.rate:.1f} seconds"

    def close(self) -> None:
        """Let the camera go."""
        self._capture.release()

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_) -> None:
        self.close()


def as_colour(picture: np.ndarray) -> np.ndarray:
    """Grey pictures as colour ones, (height, width, 3)."""
    import cv2

    if picture.ndim == 2 or picture.shape[2] == 1:
        return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    return picture


def fitted(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Bring a picture to a width and height without distorting it, with black beside it."""
    import cv2

    if picture.shape[1::-1] == size:
        return picture
    factor = min(size[0] / picture.shape[1], size[1] / picture.shape[0])
    width, height = (max(1, min(most, round(side * factor)))
                     for side, most in zip(picture.shape[1::-1], size, strict=True))
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    whole = np.zeros((size[1], size[0], 3), np.uint8)
    whole[top:top + height, left:left + width] = cv2.resize(
        picture, (width, height), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
    return whole
