"""Serve MathJax from the book itself, so that equations need no other host."""

import shutil
from importlib import metadata
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

PACKAGE = "sphinx-mathjax-offline"
SCRIPT = "tex-svg-full.js"  # one file with every TeX extension: nothing is fetched later


def mathjax_script() -> Path:
    """Find MathJax in the installed package, whose folder name cannot be imported."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == SCRIPT:
            return Path(file.locate())
    raise ExtensionError(f"{SCRIPT} not found: install the package {PACKAGE}")


def copy_mathjax(app: Sphinx) -> None:
    """Copy the script before pages are written, since they carry its checksum."""
    if app.builder.format != "html":
        return
    source = mathjax_script()
    target = Path(app.outdir, "_static", "mathjax", SCRIPT)
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def setup(app: Sphinx) -> dict:
    """Connect the copy; the path and the options of MathJax stand in _config.yml."""
    app.connect("builder-inited", copy_mathjax)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
