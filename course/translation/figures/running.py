"""Run a notebook in English, and keep its figures: each with the picture that it stands for."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course.notebooks import CELL_SECONDS, read
from course.translation.figures.kernel import FOLDER, KEY
from helpers import ROOT

KEPT = ROOT / "_build" / "figures"
PNG = "image/png"
INDEX = "index.json"


@dataclass
class Kept:
    """A figure of a run: the file that holds it, and its picture's place and hashes."""

    cell: str
    number: int
    file: str
    stored: str  # of the picture in the notebook
    drawn: str  # of that of the run


def pictures(cell: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the outputs of a cell that are pictures, in order."""
    return [one for one in cell.get("outputs", []) if PNG in one.get("data", {})]


def hash_of(output: nbformat.NotebookNode) -> str:
    """Return the hash of an output's picture, however its letters are broken into lines."""
    return hashlib.sha256("".join(output["data"][PNG].split()).encode()).hexdigest()[:16]


def kept(name: str) -> list[Kept]:
    """Return the figures that a notebook's last run has left; none without one."""
    index = KEPT / name / INDEX
    return [Kept(**one) for one in json.loads(index.read_text())] if index.is_file() else []


def run(path: Path) -> list[Kept]:
    """Run a notebook, keep its figures and return them; its file stays as it is."""
    notebook, folder = read(path), KEPT / path.stem
    stored = {cell.id: [hash_of(one) for one in pictures(cell)] for cell in notebook.cells}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, FOLDER: str(folder), "PYTHONPATH": os.pathsep.join(paths)}
    environment.pop("COURSE_LANGUAGE", None)  # what the run shows is compared with the stored
    # Pictures may be drawn beside other work; only their content counts, not how long it took.
    client = NotebookClient(notebook, timeout=6 * CELL_SECONDS, kernel_name="python3",
                            resources={"metadata": {"path": str(path.parent)}},
                            extra_arguments=["--ext", "course.translation.figures.kernel"])
    client.execute(env=environment)
    found = []
    for cell in notebook.cells:
        for number, (output, hashed) in enumerate(zip(pictures(cell), stored[cell.id],
                                                      strict=True)):
            about = output.get("metadata", {}).get(PNG, {})
            if KEY in about:
                found.append(Kept(cell.id, number, about[KEY], hashed, hash_of(output)))
                (folder / f"{about[KEY]}.png.b64").write_text(output["data"][PNG])
    (folder / INDEX).write_text(json.dumps([asdict(one) for one in found], indent=1))
    return found
