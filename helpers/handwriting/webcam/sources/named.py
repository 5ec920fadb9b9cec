"""What the name of a source means, and what is wrong with it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

DEVICE = re.compile(r"/dev/video(\d+)")


class SourceError(Exception):
    """There are no frames, or no more of them, for a reason that the message says."""


def parse_source(text: str) -> int | str:
    """Read "0", "1", ... and "/dev/video0" as a camera's number, and anything else as a name.

    Linux has links to its cameras, too, such as /dev/v4l/by-id/...: they count as what they name.
    "file:" before a path is taken off.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    place = os.path.realpath(text) if text.startswith("/dev/") else text
    if device := DEVICE.fullmatch(place):
        return int(device[1])
    return re.sub(r"^file:(//)?", "", text)


def check_file(path: Path, *, searched: bool = False) -> None:
    """Say what is wrong with a file where OpenCV would only fail to open it.

    searched: it is a folder or a pattern, and no picture was found by it.
    """
    if str(path) == "-":
        raise SourceError('"-", the standard input, is no source; name a file or an address')
    if re.fullmatch(r"-\d+", str(path)) and not path.exists():
        raise SourceError(f"there is no camera {path}; their numbers begin with 0")
    if path.is_dir():
        raise SourceError(f"{path} is a folder without pictures; expected a video file, or a "
                          "folder of frames")
    if searched:
        raise SourceError(f"no picture has a name like {path}")
    if not path.exists():
        raise SourceError(f"there is no file {path}")
    if not os.access(path, os.R_OK):
        raise SourceError(f"{path} may not be read by this user")
    if path.is_file() and not path.stat().st_size:
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
