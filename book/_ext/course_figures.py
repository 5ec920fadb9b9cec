"""Show each figure at the size it was designed for; where that is too wide, as wide as the text."""

import struct
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

CSS_PIXELS_PER_INCH = 96


def png_size(path: Path) -> tuple[int, int, float] | None:
    """Read width, height and dots per inch from a PNG file; None for anything else.

    The resolution is the one that Matplotlib writes into the file (chunk pHYs).
    """
    data = path.read_bytes()
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        return None
    width, height = struct.unpack(">II", data[16:24])
    start = data.find(b"pHYs", 0, data.find(b"IDAT"))
    if start < 0:
        return width, height, CSS_PIXELS_PER_INCH
    per_metre = struct.unpack(">I", data[start + 4 : start + 8])[0]
    return width, height, per_metre * 0.0254


def size_figures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give every stored figure its design width in CSS pixels."""
    for image in doctree.findall(nodes.image):
        path = Path(app.srcdir, image["uri"])
        if "width" in image or not path.is_file():
            continue
        size = png_size(path)
        if size is None:
            continue
        image["width"] = f"{round(size[0] / size[2] * CSS_PIXELS_PER_INCH)}px"


def setup(app: Sphinx) -> dict:
    """Run once all references are resolved and the images are on disk."""
    app.connect("doctree-resolved", size_figures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
