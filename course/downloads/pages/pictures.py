"""Pictures in the forms that every reader and printer knows: PNG, JPEG and SVG.

The site has WebP, which older readers of books do not show.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from urllib.parse import unquote_to_bytes

from bs4 import Tag
from PIL import Image

QUALITY = 88
COLOURS = 256  # of a PNG with a palette
WORTH_IT = 0.6  # of the bytes: for less no pixel is given up
SVG = "data:image/svg+xml"


class Pictures:
    """The pictures of a book, each written once into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str | Path, str] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, picture: Tag, source: str | Path) -> None:
        """Write the picture that an element shows, and let the element name the file alone.

        source: the file, or an address that holds an SVG drawing itself.
        FileNotFoundError and ValueError say what is missing or not understood.
        """
        if source not in self.names:
            self.names[source] = self.write(source)
        picture["src"] = f"pictures/{self.names[source]}"

    def write(self, source: str | Path) -> str:
        """Write one picture; its name."""
        if isinstance(source, str):
            head, _, drawing = source.partition(",")
            if not head.startswith(SVG) or "base64" in head:
                raise ValueError(f"expected a picture in the form {SVG},... in a page, not {head}")
            data, suffix = unquote_to_bytes(drawing), ".svg"
        elif source.suffix == ".svg":
            data, suffix = source.read_bytes(), ".svg"
        else:
            data, suffix = encoded(source)
        name = hashlib.sha256(data).hexdigest()[:20] + suffix
        (self.folder / name).write_bytes(data)
        return name


def encoded(path: Path) -> tuple[bytes, str]:
    """Return a picture as PNG without loss or, where that is much smaller, as JPEG."""
    with Image.open(path) as stored:
        picture = stored.convert("RGB")
    exact, close = io.BytesIO(), io.BytesIO()
    few = picture.getcolors(COLOURS)
    drawn = picture.quantize(COLOURS, dither=Image.Dither.NONE) if few else picture
    if few and drawn.convert("RGB").tobytes() != picture.tobytes():
        drawn = picture  # two colours that the palette holds as one
    drawn.save(exact, "PNG")
    picture.save(close, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
    smaller = len(close.getvalue()) < WORTH_IT * len(exact.getvalue())
    return (close.getvalue(), ".jpg") if smaller else (exact.getvalue(), ".png")
