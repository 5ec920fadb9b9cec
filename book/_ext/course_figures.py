"""Show each figure at the size it was designed for, and mark those too wide for a phone."""

import struct
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

CSS_PIXELS_PER_INCH = 96
PHONE = 480  # CSS pixels; a wider figure scrolls on a phone instead of shrinking further


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
    """Give every stored figure its design width in CSS pixels and the class `wide-figure`."""
    for image in doctree.findall(nodes.image):
        path = Path(app.srcdir, image["uri"])
        if "width" in image or not path.is_file():
            continue
        size = png_size(path)
        if size is None:
            continue
        width = round(size[0] / size[2] * CSS_PIXELS_PER_INCH)
        image["width"] = f"{width}px"
        if width > PHONE:
            image["classes"].append("wide-figure")


def setup(app: Sphinx) -> dict:
    """Run once all references are resolved and the images are on disk."""
    app.connect("doctree-resolved", size_figures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
