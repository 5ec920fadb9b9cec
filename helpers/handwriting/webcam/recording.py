"""Write what the program shows into a video file, and what it read into a table."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import cv2

CODECS = {".mp4": "mp4v", ".m4v": "mp4v", ".mov": "mp4v", ".mkv": "mp4v", ".avi": "MJPG"}
RATES = (1.0, 120.0)  # frames a second that a file may state
MEASURED = 20  # pictures by whose arrival an unknown rate is measured
COUNTED = 3000  # frames that are read again, one by one, to check a file


class Recorder:
    """A video file that takes pictures (height, width, 3) uint8, blue first, all of one size.

    The ending chooses the form: MPEG-4 for .mp4, .m4v, .mov and .mkv, Motion JPEG for .avi.
    rate: frames a second; None measures how fast the first ones come.
    Used as a context, the file is whole when the context ends; without a picture there is none.
    Raises ValueError for another ending, and OSError where the file cannot be written.
    """

    def __init__(self, path: str | Path, *, rate: float | None) -> None:
        self.path, self.frames, self.rate = Path(path), 0, None if rate is None else bounded(rate)
        if self.path.suffix.lower() not in CODECS:
            raise ValueError(f"the name of a video must end in {', '.join(CODECS)}; "
                             f"got {self.path}")
        check_writable(self.path)
        self._writer: cv2.VideoWriter | None = None
        self._size: tuple[int, int] | None = None
        self._waiting: list[tuple[float, np.ndarray]] = []

    def write(self, picture: np.ndarray) -> None:
        """Add one picture."""
        size = picture.shape[1::-1]
        self._size = self._size or size
        if size != self._size:  # OpenCV would leave such a picture out without a word
            raise ValueError(f"every picture must be {self._size[0]}x{self._size[1]} pixels like "
                             f"the first, got {size[0]}x{size[1]}")
        self.frames += 1
        self._waiting.append((time.perf_counter(), picture))
        if self.rate is not None or len(self._waiting) == MEASURED:
            self._flush()

    def _flush(self) -> None:
        """Pass the waiting pictures on to the file, which is made first."""
        import cv2

        if self.rate is None:
            times = [arrival for arrival, _ in self._waiting]
            self.rate = bounded((len(times) - 1) / max(times[-1] - times[0], 1e-6))
        if self._writer is None:
            codec = cv2.VideoWriter_fourcc(*CODECS[self.path.suffix.lower()])
            self._writer = cv2.VideoWriter(str(self.path), codec, self.rate, self._size)
            if not self._writer.isOpened():
                self._waiting.clear()
                raise OSError(f"cannot write the video {self.path}: OpenCV has no encoder for it")
        for _, picture in self._waiting:
            self._writer.write(np.ascontiguousarray(picture))
        self._waiting.clear()

    def close(self) -> None:
        """Finish the file."""
        if self._waiting:
            self._flush()
        if self._writer is not None:
            self._writer.release()
            self._writer = None

    def check(self) -> None:
        """Open the finished file again; OSError unless its frames are all there."""
        import cv2

        capture, found = cv2.VideoCapture(str(self.path)), 0
        if self.frames > COUNTED:
            found = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
        else:
            while capture.grab():
                found += 1
        capture.release()
        if found != self.frames:
            raise OSError(f"{self.path} is not whole: {self.frames} frames were written and "
                          f"{found} can be read. Is the disk full?")

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_) -> None:
        self.close()


def bounded(rate: float) -> float:
    """A rate that players know: 30 for one that is none, and else from 1 to 120."""
    return float(np.clip(rate, *RATES)) if np.isfinite(rate) and rate > 0 else 30.0


class Log:
    """A table of comma-separated values, one row a frame: frame, digit, probability, seen.

    frame counts from 0. digit is what is shown, and probability its steadied probability; without
    a digit the highest one. seen is what this frame alone says. digit and seen are empty for none.
    Raises OSError like open.
    """

    def __init__(self, path: str | Path) -> None:
        check_writable(Path(path))
        self._file = open(path, "w", newline="", encoding="utf-8")  # noqa: SIM115 - closed below
        self._rows = csv.writer(self._file)
        self._frames = 0
        self._rows.writerow(["frame", "digit", "probability", "seen"])

    def write(self, digit: int | None, probability: float, seen: int | None) -> None:
        """Add the row of the next frame."""
        shown, alone = ("" if answer is None else answer for answer in (digit, seen))
        self._rows.writerow([self._frames, shown, f"{probability:.4f}", alone])
        self._frames += 1

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_) -> None:
        self._file.close()


def check_writable(path: Path) -> None:
    """Raise OSError, before any work is done, where a file cannot be written."""
    if path.is_dir():
        raise IsADirectoryError(f"cannot write {path}: it is a folder")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"cannot write {path}: there is no folder {path.parent}")
    existed = path.exists()
    try:
        with open(path, "ab"):
            pass
    except OSError as error:
        raise OSError(f"cannot write {path}: {error.strerror}") from error
    if not existed:
        path.unlink()
