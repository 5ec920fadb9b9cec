"""Show each figure at the size it was designed for; where that is too wide, as wide as the text.

The page says how large a figure is before it has come, and asks for it when it is scrolled to.
"""

import posixpath
import re
from html import escape
from pathlib import Path
from urllib.parse import quote

from course_pictures import written
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

CSS_PIXELS_PER_INCH = 96
VIEW_BOX = re.compile(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')


def design_size(path: Path) -> tuple[int, int] | None:
    """Return the width and height of a PNG or SVG file in CSS pixels; None for anything else.

    The resolution of a PNG is the one that Matplotlib writes into the file (chunk pHYs).
    """
    if path.suffix == ".svg":
        box = VIEW_BOX.search(path.read_text(encoding="utf-8"))
        return box and (round(float(box[1])), round(float(box[2])))
    if path.suffix != ".png":
        return None
    with Image.open(path) as picture:
        dots = picture.info.get("dpi", (CSS_PIXELS_PER_INCH,))[0]
        return tuple(round(side / dots * CSS_PIXELS_PER_INCH) for side in picture.size)


def prepare_figures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give every figure its size in CSS pixels, and every stored PNG the form that pages show."""
    first = True
    for image in doctree.findall(nodes.image):
        path = Path(app.srcdir, image["uri"])
        size = design_size(path) if path.is_file() and "width" not in image else None
        if size is None:
            continue
        image["width"], image["height"] = (f"{side}px" for side in size)
        image["lazy"] = not first
        first = False
        if app.builder.format == "html" and path.suffix == ".png":
            stored, plot = written(path)
            image["classes"] += ["plot"] if plot else []
            image["uri"] = Path(image["uri"]).with_name(stored.name).as_posix()
            image["candidates"] = {"*": image["uri"]}
            app.env.images.add_file(docname, image["uri"])


def visit_image(translator: HTML5Translator, node: nodes.image) -> None:
    """Write a figure whose size is known; Sphinx writes the others."""
    builder = translator.builder
    if "lazy" not in node or node["uri"] not in builder.images:
        return HTML5Translator.visit_image(translator, node)
    source = posixpath.join(builder.imgpath, quote(builder.images[node["uri"]]))
    marks = {"alt": node.get("alt", ""), "src": source, "decoding": "async",
             "width": node["width"].removesuffix("px"), "height": node["height"].removesuffix("px")}
    if node["classes"]:
        marks["class"] = " ".join(node["classes"])
    if node["lazy"]:
        marks["loading"] = "lazy"
    translator.body.append(
        "<img " + " ".join(f'{name}="{escape(text)}"' for name, text in marks.items()) + " />")
    return None


def setup(app: Sphinx) -> dict:
    """Run once all references are resolved and the images are on disk."""
    app.connect("doctree-resolved", prepare_figures)
    app.add_node(nodes.image, override=True, html=(visit_image, HTML5Translator.depart_image))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
