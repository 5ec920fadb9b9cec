"""Whether the end of a video file is missing, by what the file says of its own length.

A count of frames tells little: where frames come at a variable rate, as phones and screen recorders
write them, it is a guess from the duration. But each container states how long its parts are, and
of a file that was cut off, the part with the pictures reaches past its end. Sources: ISO/IEC
14496-12 (MP4 and MOV), RFC 9559 (Matroska and WebM), Microsoft's AVI RIFF File Reference.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

EBML, SEGMENT, CLUSTER = b"\x1aE\xdf\xa3", b"\x18S\x80g", b"\x1fC\xb6u"
BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"styp", b"sidx"}
MOST = 1_000_000  # parts that are looked at


def is_cut(path: str | Path) -> bool | None:
    """Whether pictures are missing at the end of a file: True, False, or None if it does not tell.

    None for other forms than MP4, MOV, MKV, WebM and AVI, for one that was written to a stream,
    without lengths, and for one that ends between two parts.
    """
    path = Path(path)
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(12)
        file.seek(0)
        if start[:4] == EBML:
            return is_cut_matroska(file, size)
        if start[:4] == b"RIFF" and start[8:] == b"AVI ":
            return is_cut_avi(file, size)
        if start[4:8] in BOXES:
            return is_cut_mp4(file, size)
    return None


def is_cut_mp4(file: BinaryIO, size: int) -> bool | None:
    """Walk over the boxes: 4 bytes of length, 4 of type, and what 1 and 0 stand for as lengths."""
    place = 0
    for _ in range(MOST):
        if place == size:
            return False
        file.seek(place)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length == 0 and len(head) >= 8:
            return None  # to the end, wherever that is
        if len(head) < 8 or length < 8:
            return None
        if place + length > size:
            return True if kind in (b"mdat", b"moof") else None
        place += length
    return None


def is_cut_avi(file: BinaryIO, size: int) -> bool | None:
    """Walk over the RIFF chunks; of one that is too long, look at the list with the pictures."""
    place = 0
    for _ in range(MOST):
        if place >= size - 8:
            return False
        file.seek(place)
        head = file.read(12)
        length = int.from_bytes(head[4:8], "little")
        if head[:4] != b"RIFF" or not length:
            return None
        if place + 8 + length > size:
            place += 12
            break
        place += 8 + length + length % 2
    for _ in range(MOST):
        file.seek(place)
        head = file.read(12)
        length = int.from_bytes(head[4:8], "little")
        if len(head) < 12:
            return None
        if place + 8 + length > size:
            return True if (head[:4], head[8:]) == (b"LIST", b"movi") else None
        place += 8 + length + length % 2
    return None


def is_cut_matroska(file: BinaryIO, size: int) -> bool | None:
    """Walk over the parts of the segment until one reaches past the end of the file."""
    _, length = element(file)
    if length is None:
        return None
    file.seek(length, 1)
    kind, length = element(file)
    if kind != SEGMENT or length is None:
        return None
    if file.tell() + length <= size:
        return False
    for _ in range(MOST):
        kind, length = element(file)
        if length is None:
            return None
        if file.tell() + length > size:
            return True if kind == CLUSTER else None
        file.seek(length, 1)
    return None


def element(file: BinaryIO) -> tuple[bytes, int | None]:
    """Read the name and the length of an element; None for an unknown length or no element.

    The zeros at the start of a first byte tell how many bytes follow it.
    """
    first = file.read(1)
    if not first or not first[0]:
        return b"", None
    name = first + file.read(8 - first[0].bit_length())
    first = file.read(1)
    if not first or not first[0]:
        return name, None
    more = 8 - first[0].bit_length()
    length = int.from_bytes(first + file.read(more), "big") & ((1 << 7 * (more + 1)) - 1)
    return name, None if length == (1 << 7 * (more + 1)) - 1 else length
