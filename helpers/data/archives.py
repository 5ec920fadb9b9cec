"""Refuse an archive of NumPy whose arrays promise more numbers than such a file can hold.

NumPy takes the memory for an array before it reads its numbers, as much as a few bytes ask for.
"""

from __future__ import annotations

import math
import os
import struct
import zipfile
import zlib
from pathlib import Path

from numpy.lib import format as headers

# To how many bytes one byte of a file can be unpacked: https://zlib.net/zlib_tech.html.
TIMES = 1032
READERS = {(1, 0): headers.read_array_header_1_0, (2, 0): headers.read_array_header_2_0}
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What goes wrong inside zipfile and NumPy when a file is cut short, altered or of another kind.
DAMAGES = (ValueError, OSError, EOFError, LookupError, TypeError, ArithmeticError, RuntimeError,
           MemoryError, SyntaxError, zipfile.BadZipFile, zlib.error, struct.error)


def check_archive(path: Path) -> None:
    """Raise ValueError, naming the array, or one of DAMAGES for what is no archive of arrays."""
    size = os.path.getsize(path)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.compress_type not in PACKED:
                raise ValueError(f"{info.filename} is packed in a way that NumPy does not write")
            with archive.open(info) as file:
                read = READERS.get(headers.read_magic(file))
                if read is None:
                    raise ValueError(f"{info.filename} is of a version that is not known here")
                shape, _, kind = read(file)
            promised = math.prod(shape) * kind.itemsize
            if promised > min(info.file_size, TIMES * size) or min(shape, default=0) < 0:
                raise ValueError(f"{info.filename} has the shape {shape} and the type {kind}, "
                                 f"which is {promised:,} bytes, and the file cannot hold so many")
