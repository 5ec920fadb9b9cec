"""Read a picture from a file, upright and in eight bits, whatever a phone or a scanner wrote."""

from __future__ import annotations

import os
import struct
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from helpers.handwriting.pictures import lay_on_paper, to_bytes

MOST_PIXELS = 120_000_000  # above the 108 million of a phone; 360 MB in colour
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
HEIC = (". It is HEIC, as some phones write: save it as JPEG. On an iPhone choose Settings, "
        "Camera, Formats, Most Compatible before you take the photo; on an Android phone turn off "
        "high-efficiency pictures (HEIF) in the camera's settings; or open the photo in a program "
        "that shows it, and export it as JPEG")
DAMAGES = (OSError, SyntaxError, ValueError, IndexError, TypeError, EOFError, struct.error)


def read_image(path: str | os.PathLike) -> np.ndarray:
    """Read an image file as uint8: grey (h, w), or colour (h, w, 3) in the order red, green, blue.

    The picture is turned upright as its EXIF data say, transparency is laid on white,
    or on black where the strokes are light, 16 bits are reduced to 8, and of an animation the first
    picture is taken.
    Raises FileNotFoundError for a missing file, IsADirectoryError for a folder, and ValueError for
    an empty file, for what is no image or a damaged one, and for more than 120 million pixels,
    which are counted in the file's header, before any of them is read.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise ValueError(f"path must be the name of an image file, got a {type(path).__name__}")
    path = Path(path)
    if path.is_dir():
        raise IsADirectoryError(f"expected an image file, got the folder {path}")
    if not path.exists():
        raise FileNotFoundError(f"there is no file {path}")
    if path.stat().st_size == 0:
        raise ValueError(f"expected an image file, got an empty one (0 bytes): {path}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of sizes that are allowed here
        try:
            image = Image.open(path)
        except Image.DecompressionBombError as error:
            raise ValueError(f"expected at most {MOST_PIXELS:,} pixels, got more than that in "
                             f"{path}: {error}") from error
        except UnidentifiedImageError as error:
            raise ValueError(f"expected an image such as JPEG or PNG, got something else in {path}"
                             + hint(path)) from error
        except DAMAGES as error:
            raise ValueError(f"{path} cannot be read as an image: {error}") from error
        with image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError(f"expected at most {MOST_PIXELS:,} pixels, "
                                 f"got {image.width:,} x {image.height:,} in {path}")
            try:
                return decode(image)
            except DAMAGES as error:
                raise ValueError(f"{path} is damaged or cut short: {error}") from error


def decode(image: Image.Image) -> np.ndarray:
    """Turn an opened image into an array as `read_image` returns it."""
    image = ImageOps.exif_transpose(image)
    if image.mode[0] in "IF":  # more than eight bits
        return to_bytes(np.asarray(image))
    if image.has_transparency_data:
        grey = image.mode in ("LA", "La")
        return lay_on_paper(np.asarray(image.convert("LA" if grey else "RGBA")))
    return np.asarray(image.convert("L" if image.mode in ("1", "L") else "RGB")).copy()


def hint(path: Path) -> str:
    """Say what to do about the one format that phones write and Pillow does not read."""
    with path.open("rb") as file:
        start = file.read(12)
    heic = start[4:8] == b"ftyp" and start[8:12] in HEIC_BRANDS
    return HEIC if heic else ""
