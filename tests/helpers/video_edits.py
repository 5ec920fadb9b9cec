"""Change video files that OpenCV wrote: the times of their frames, and what they state."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

SEGMENT, INFO, CLUSTER = b"\x18\x53\x80\x67", b"\x15\x49\xa9\x66", b"\x1f\x43\xb6\x75"
DURATION, BLOCK, TIME = b"\x44\x89", b"\xa3", b"\xe7"


def elements(data: bytes, start: int, end: int):
    """Walk over Matroska's elements: yields the name, and where its contents begin and end."""
    while start < end:
        length = 9 - data[start].bit_length()
        name, start = data[start:start + length], start + length
        length = 9 - data[start].bit_length()
        size = int.from_bytes(data[start:start + length], "big") & ((1 << 7 * length) - 1)
        start += length
        yield name, start, start + size
        start += size


def set_times(path: Path, times: Sequence[int]) -> None:
    """Give the frames of a Matroska file other times, in milliseconds; it ends 33 ms after them.

    So a camera or a screen recorder writes frames at a variable rate.
    """
    data, left = bytearray(path.read_bytes()), list(times)
    (segment,) = [span for name, *span in elements(data, 0, len(data)) if name == SEGMENT]
    for name, start, end in elements(data, *segment):
        if name == INFO:
            (place,) = [at for kind, at, _ in elements(data, start, end) if kind == DURATION]
            data[place:place + 8] = struct.pack(">d", times[-1] + 33)
        elif name == CLUSTER:
            inside = list(elements(data, start, end))
            (begun,) = [int.from_bytes(data[at:till], "big") for kind, at, till in inside
                        if kind == TIME]
            for kind, at, _ in inside:
                if kind == BLOCK:  # the number of the track, then two bytes of time
                    data[at + 1:at + 3] = struct.pack(">h", left.pop(0) - begun)
    assert not left
    path.write_bytes(data)


def announce(path: Path, frames: int) -> None:
    """Let the head of an AVI file announce another number of frames than it holds."""
    data = bytearray(path.read_bytes())
    for name, offset in ((b"avih", 8 + 16), (b"strh", 8 + 32)):
        place = data.index(name) + offset
        data[place:place + 4] = struct.pack("<I", frames)
    path.write_bytes(data)


def turn(path: Path) -> None:
    """Mark the pictures of an MP4 file as to be shown a quarter turn to the right."""
    def matrix(numbers: Sequence[int]) -> bytes:
        return struct.pack(">9i", *(number * (1 << 30 if place % 3 == 2 else 1 << 16)
                                    for place, number in enumerate(numbers)))

    data, upright = path.read_bytes(), matrix((1, 0, 0, 0, 1, 0, 0, 0, 1))
    place = data.index(upright, data.index(b"tkhd"))  # the track's; the film has one, too
    path.write_bytes(data[:place] + matrix((0, 1, 0, -1, 0, 0, 0, 0, 1))
                     + data[place + len(upright):])
